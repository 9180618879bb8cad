"""Proposals: an organisation proposes a change of what another brought, and its owner or the operator decides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.domain.access.contributors import Contributor, is_curator
from app.domain.access.keys import Key, Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import Conflict, InvalidInput, MissingScope, NotFound
from app.domain.statements.proposals import OPEN_AT_ONCE, Proposal, ProposalDecision, ProposalState
from app.domain.statements.statements import Finding, Narrative, Statement
from app.services.access.contributions import may_change
from app.services.narratives.edit_narrative import EditFinding, EditNarrative
from app.services.ports import Clock, Store, Transaction
from app.services.statements.edit_statement import EditStatement

ReadStatementChanges = Callable[
    [Mapping[str, Any], Statement, datetime], tuple[Mapping[str, Any], Sequence[str] | None]
]
"""Changes of a statement by field, and its narratives where they change, of the body of a PATCH. Raises
`InvalidInput`."""
ReadNarrativeChanges = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Changes of a narrative by field, of the body of a PATCH. Raises `InvalidInput`."""


@dataclass(frozen=True, slots=True)
class ProposeChanges:
    """Records, lists and decides proposals. What is accepted goes through the use case that changes such a thing, and
    the history of a statement names who proposed it and who accepted it."""

    store: Store
    clock: Clock
    statements: EditStatement
    narratives: EditNarrative
    findings: EditFinding
    read_statement: ReadStatementChanges
    read_narrative: ReadNarrativeChanges

    def propose(self, draft: Proposal, viewer: Organisation) -> Proposal:
        """Records a proposal. Raises `InvalidInput` for what it cannot be about, and `Conflict` where the organisation
        has too many open ones."""
        with self.store.writing() as tx:
            pointer, subject = _subject(tx, draft)
            if subject is None:
                raise InvalidInput.at(pointer, "names nothing in the shared archive: send the id of what is to change")
            if tx.proposals.open_of(viewer) >= OPEN_AT_ONCE:
                raise Conflict(f"your organisation has {OPEN_AT_ONCE} open proposals: wait until some are decided")
            proposal = replace(
                draft, id=str(uuid4()), created_at=self.clock(), contributor=subject.contributor, state="open"
            )
            self._read(proposal, subject)
            tx.proposals.add(proposal)
            return proposal

    def find(
        self, viewer: Organisation, state: ProposalState | None, before: int | None, limit: int
    ) -> list[tuple[int, Proposal]]:
        """Proposals that the organisation made or may decide, the newest first; all of them for the operator's."""
        with self.store.reading() as tx:
            keeps = tx.access.keeps_archive(viewer.key)
            return tx.proposals.find(viewer, state, before, limit, keeps_archive=keeps)

    def get(self, proposal_id: str, viewer: Organisation) -> Proposal:
        """A proposal that the organisation made or may decide. Raises `NotFound`."""
        with self.store.reading() as tx:
            found = tx.proposals.by_id(proposal_id)
            if found is None or not _is_seen(tx, found, viewer):
                raise NotFound("there is no proposal with this id")
            return found

    def decide(self, proposal_id: str, decision: ProposalDecision, reason: str | None, by: Key) -> Proposal:
        """Accepts or refuses; what is accepted is applied. The same decision twice is no error.

        Raises `NotFound`, `MissingScope` where the key is not of who decides, `Conflict` where it was decided
        otherwise, and what applying the change raises.
        """
        proposal = self.get(proposal_id, by.organisation)
        with self.store.reading() as tx:
            if not may_change(tx, proposal.contributor, None, by.organisation, curator=is_curator(by)):
                raise MissingScope("this needs an admin key of the organisation that brought it, or of the operator")
        if proposal.state == "open":
            if decision == "accepted":
                self._apply(proposal, Actor(by.id, by.name))
            with self.store.writing() as tx:
                tx.proposals.decide(proposal_id, decision, self.clock(), Actor(by.id, by.name), reason)
            proposal = self.get(proposal_id, by.organisation)
        if proposal.state != decision:
            raise Conflict(f"this proposal was {proposal.state} before: make a new one")
        return proposal

    def _apply(self, proposal: Proposal, by: Actor) -> None:
        if proposal.statement:
            known = self.statements.get(proposal.statement)
            changes, narratives = self.read_statement(proposal.changes, known, self.clock())
            self.statements.change(proposal.statement, changes, narratives, None, by, reason=proposal.sentence)
        elif proposal.narrative:
            self.narratives.change(proposal.narrative, self.read_narrative(proposal.changes))
        elif proposal.finding:
            self.findings.remove(proposal.finding)

    def _read(self, proposal: Proposal, subject: Statement | Narrative | Finding) -> None:
        """Raises `InvalidInput` where the changes cannot be made."""
        if isinstance(subject, Statement):
            self.read_statement(proposal.changes, subject, self.clock())
        elif isinstance(subject, Narrative):
            self.read_narrative(proposal.changes)
        elif dict(proposal.changes) != {"withdrawn": True}:
            raise InvalidInput.at("/changes", 'of a finding can only be {"withdrawn": true}: add a finding of your own')


def _subject(tx: Transaction, draft: Proposal) -> tuple[str, Statement | Narrative | Finding | None]:
    """Pointer to the field that names what a proposal is about, and the shared thing itself."""
    if draft.statement:
        return "/statement_id", tx.statements.by_id(draft.statement)
    if draft.narrative:
        return "/narrative_id", tx.narratives.by_id(draft.narrative)
    return "/finding_id", tx.findings.by_id(draft.finding or "")


def _is_seen(tx: Transaction, proposal: Proposal, viewer: Organisation) -> bool:
    own = Contributor.of(viewer)
    if viewer.operator or own in (proposal.organisation, proposal.contributor):
        return True
    return proposal.contributor is None and tx.access.keeps_archive(viewer.key)
