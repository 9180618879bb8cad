"""Proposals: rows to domain objects and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.statements.proposals import Proposal, ProposalState
from app.store.access.contributors import contributor_name, contributor_of
from app.store.statements.contribution_tables import proposals
from app.store.tables import findings, narratives, statements


class ProposalRows:
    """SQL implementation of `app.services.statements.ports.Proposals`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, proposal: Proposal) -> None:
        about = {
            f"{name}_key": select(table.c.key).where(table.c.id == public_id).scalar_subquery()
            for name, table, public_id in (
                ("statement", statements, proposal.statement),
                ("narrative", narratives, proposal.narrative),
                ("finding", findings, proposal.finding),
            )
            if public_id
        }
        values = {
            "id": proposal.id,
            "organisation_key": proposal.organisation.key,
            "by_id": proposal.by.id,
            "by_name": proposal.by.name,
            "created_at": proposal.created_at,
            "contributor_key": proposal.contributor.key if proposal.contributor else None,
            "changes": dict(proposal.changes),
            "reason": proposal.reason,
            "state": proposal.state,
        }
        self._connection.execute(insert(proposals).values(**values, **about))

    def open_of(self, organisation: Organisation) -> int:
        own = (proposals.c.organisation_key == organisation.key, proposals.c.state == "open")
        return int(self._connection.scalar(select(func.count()).select_from(proposals).where(*own)) or 0)

    def by_id(self, proposal_id: str) -> Proposal | None:
        row = self._connection.execute(_proposals().where(proposals.c.id == proposal_id)).first()
        return _proposal_of(row) if row else None

    def find(
        self,
        viewer: Organisation,
        state: ProposalState | None,
        before: int | None,
        limit: int,
        *,
        keeps_archive: bool,
    ) -> list[tuple[int, Proposal]]:
        listed = _proposals()
        if not viewer.operator:
            own = [proposals.c.organisation_key == viewer.key, proposals.c.contributor_key == viewer.key]
            listed = listed.where(or_(*own, *([proposals.c.contributor_key.is_(None)] if keeps_archive else [])))
        if state:
            listed = listed.where(proposals.c.state == state)
        if before is not None:
            listed = listed.where(proposals.c.key < before)
        rows = self._connection.execute(listed.order_by(proposals.c.key.desc()).limit(limit))
        return [(row.key, _proposal_of(row)) for row in rows]

    def decide(self, proposal_id: str, state: ProposalState, at: datetime, by: Actor, reason: str | None) -> bool:
        still_open = (proposals.c.id == proposal_id, proposals.c.state == "open")
        values = {
            "state": state,
            "decided_at": at,
            "decided_by_id": by.id,
            "decided_by_name": by.name,
            "decision_reason": reason,
        }
        decided = update(proposals).where(*still_open).values(**values).returning(proposals.c.key)
        return self._connection.scalar(decided) is not None


def _proposals() -> Select[Any]:
    return (
        select(
            proposals,
            statements.c.id.label("statement_id"),
            narratives.c.id.label("narrative_id"),
            findings.c.id.label("finding_id"),
            contributor_name(proposals.c.organisation_key).label("organisation_name"),
            contributor_name(proposals.c.contributor_key).label("contributor_name"),
        )
        .outerjoin(statements, statements.c.key == proposals.c.statement_key)
        .outerjoin(narratives, narratives.c.key == proposals.c.narrative_key)
        .outerjoin(findings, findings.c.key == proposals.c.finding_key)
    )


def _proposal_of(row: Row[Any]) -> Proposal:
    return Proposal(
        id=row.id,
        organisation=Contributor(row.organisation_key, row.organisation_name),
        by=Actor(row.by_id, row.by_name),
        created_at=row.created_at,
        changes=row.changes,
        reason=row.reason,
        statement=row.statement_id,
        narrative=row.narrative_id,
        finding=row.finding_id,
        contributor=contributor_of(row),
        state=row.state,
        decided_at=row.decided_at,
        decided_by=Actor(row.decided_by_id, row.decided_by_name) if row.decided_by_id else None,
        decision_reason=row.decision_reason,
    )
