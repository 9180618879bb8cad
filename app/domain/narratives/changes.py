"""Changes of narratives that can be undone: edits, merges, splits, and statements moved to another narrative."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from app.domain.checks.reviews import Actor
from app.domain.statements.statements import NarrativeRef

ChangeKind = Literal["edited", "merged", "split", "moved"]
"""`edited`: title, description or parent; `merged`: the narrative went into another; `split`: some of its statements
became a new one; `moved`: some of its statements went to another."""


@dataclass(frozen=True, slots=True)
class NarrativeChange:
    """Change of a narrative, with what undoing it needs.

    `other`: the narrative that statements went to; `detail`: of an edit the values `before` and `after`, of anything
    else the store's keys of what moved.
    """

    id: str
    kind: ChangeKind
    narrative: NarrativeRef
    other: NarrativeRef | None
    at: datetime
    by: Actor | None
    detail: Mapping[str, Any]
    undone_at: datetime | None = None
    undone_by: Actor | None = None

    @property
    def count(self) -> int:
        """Number of statements that moved."""
        return len(self.detail.get("moved", ()))
