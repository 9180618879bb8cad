"""Proposals: changes of what another organisation brought to the shared archive, for its owner to decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from app.domain.access.contributors import Contributor
from app.domain.checks.reviews import Actor

ProposalState = Literal["open", "accepted", "refused"]
ProposalDecision = Literal["accepted", "refused"]

OPEN_AT_ONCE: Final = 500
"""Open proposals that an organisation may have."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Proposed change of one statement, narrative or finding, named by its id.

    `changes` are the body of a PATCH of it; a finding can only be withdrawn. `contributor` brought it and decides, as
    may the operator; None: the operator alone.
    """

    id: str
    organisation: Contributor
    by: Actor
    created_at: datetime
    changes: Mapping[str, Any]
    reason: str | None = None
    statement: str | None = None
    narrative: str | None = None
    finding: str | None = None
    contributor: Contributor | None = None
    state: ProposalState = "open"
    decided_at: datetime | None = None
    decided_by: Actor | None = None
    decision_reason: str | None = None

    @property
    def sentence(self) -> str:
        """Reason of the change in the history: who proposed it, and why."""
        why = f": {self.reason}" if self.reason else ""
        return f"proposed by {self.by.name} of {self.organisation.name}{why}"
