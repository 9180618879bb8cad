"""Proposals of changes, as they are sent and answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field, JsonValue, model_validator

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import FieldError, InvalidInput
from app.domain.statements.proposals import Proposal, ProposalDecision, ProposalState
from app.domain.statements.statements import Statement
from app.schemas.contributors import AuthorOut, ContributorOut
from app.schemas.faults import Schema, validated
from app.schemas.fields import Prose, Shown, Strict, example
from app.schemas.narratives import NarrativePatch
from app.schemas.statements import StatementPatch

_CHANGES: list[JsonValue] = [
    {"$ref": "#/components/schemas/StatementPatch"},
    {"$ref": "#/components/schemas/NarrativePatch"},
    {"type": "object", "properties": {"withdrawn": {"const": True}}, "required": ["withdrawn"]},
]


class ProposalIn(Strict):
    """A change of what another organisation brought, and why. It is about one statement, narrative or finding."""

    model_config = example(
        statement_id="5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11",
        changes={"said_at": "2021-04-24"},
        reason="The archived page has the date.",
    )

    statement_id: str | None = Field(None, max_length=100)
    narrative_id: str | None = Field(None, max_length=100)
    finding_id: str | None = Field(None, max_length=100)
    changes: dict[str, Any] = Field(
        min_length=1,
        description='As the body of a PATCH of it; of a finding {"withdrawn": true}.',
        json_schema_extra={"anyOf": _CHANGES},
    )
    reason: Prose | None = None

    @model_validator(mode="after")
    def _about_one(self) -> "ProposalIn":
        if sum(one is not None for one in (self.statement_id, self.narrative_id, self.finding_id)) != 1:
            raise ValueError("say what is to change: one of statement_id, narrative_id and finding_id")
        return self

    def drafted(self, organisation: Organisation, by: Actor, now: datetime) -> Proposal:
        """The proposal, to be recorded."""
        return Proposal(
            id="",
            organisation=Contributor(organisation.key, organisation.name),
            by=by,
            created_at=now,
            changes=self.changes,
            reason=self.reason,
            statement=self.statement_id,
            narrative=self.narrative_id,
            finding=self.finding_id,
        )


class ProposalDecisionIn(Strict):
    """The decision on a proposal; what is accepted is changed at once."""

    model_config = example(decision="accepted")

    decision: ProposalDecision
    reason: Prose | None = None


class ProposalOut(Shown):
    """A proposed change, and what became of it."""

    id: str
    state: ProposalState
    statement_id: str | None
    narrative_id: str | None
    finding_id: str | None
    changes: dict[str, Any]
    reason: str | None
    proposed_by: AuthorOut
    contributor: ContributorOut | None = Field(description="Who decides beside the operator; null: the operator alone.")
    created_at: datetime
    decided_at: datetime | None
    decision_reason: str | None

    @classmethod
    def shown(cls, proposal: Proposal, viewer: Organisation) -> "ProposalOut":
        """The proposal as `viewer` sees it: names of keys and accounts are for their own organisation."""
        name = proposal.by.name if proposal.organisation.key == viewer.key else None
        contributor = proposal.contributor
        return cls(
            id=proposal.id,
            state=proposal.state,
            statement_id=proposal.statement,
            narrative_id=proposal.narrative,
            finding_id=proposal.finding,
            changes=dict(proposal.changes),
            reason=proposal.reason,
            proposed_by=AuthorOut(organisation=proposal.organisation.name, name=name),
            contributor=ContributorOut(organisation=contributor.name) if contributor else None,
            created_at=proposal.created_at,
            decided_at=proposal.decided_at,
            decision_reason=proposal.decision_reason,
        )


class ProposalList(Shown):
    """A page of proposals, the newest first."""

    items: Sequence[ProposalOut]
    next_cursor: str | None


def statement_changes(
    raw: Mapping[str, Any], known: Statement, now: datetime
) -> tuple[Mapping[str, Any], Sequence[str] | None]:
    """Changes of a statement by field, and its narratives where they change. Raises `InvalidInput`."""
    patch = _read(StatementPatch, raw)
    return patch.changes(known, now), patch.narratives


def narrative_changes(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Changes of a narrative by field. Raises `InvalidInput`."""
    patch = _read(NarrativePatch, raw)
    return {name: getattr(patch, name) for name in patch.model_fields_set}


def _read(schema: type[Schema], raw: Mapping[str, Any]) -> Schema:
    try:
        return validated(schema, dict(raw))
    except InvalidInput as error:
        faults = [FieldError(f"/changes{fault.pointer or ''}", fault.detail) for fault in error.errors]
        raise InvalidInput(faults) from error
