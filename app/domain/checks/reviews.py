"""Reviews: an analyst's decision on a match with its author, time and reason, and which of several is effective."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from app.domain.core.errors import FieldError
from app.domain.core.text import canonical
from app.domain.statements.statements import NarrativeRef

Decision = Literal["confirmed", "dismissed"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Author of a decision: the id and name of a key or an account."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """Decision to be recorded: on a match, on a precedent found by hand, or a dismissal of all matches."""

    verdict: Decision
    match_id: str | None = None
    precedent_id: str | None = None
    reason: str | None = None
    archive: bool = False
    """Record the checked statement in the archive, so that its next repeat finds it."""
    counter_example: bool = False
    """Record the checked text as a counter-example of the narrative."""
    narrative: str | None = None
    """Narrative by id, external id or title; None: those of the precedent."""

    def faults(self) -> list[FieldError]:
        """Contradictions between its fields."""
        found: list[FieldError] = []
        if self.match_id and self.precedent_id:
            found.append(FieldError("/precedent_id", "is for a precedent found by hand: send it or match_id, not both"))
        if self.verdict == "confirmed" and not (self.match_id or self.precedent_id):
            found.append(FieldError("/match_id", "is missing: say which match is confirmed, or send precedent_id"))
        if self.archive and self.verdict != "confirmed":
            found.append(FieldError("/archive", "is for what is confirmed: leave it out, or confirm"))
        if self.counter_example and self.verdict != "dismissed":
            found.append(FieldError("/counter_example", "is for what is dismissed: leave it out, or dismiss"))
        if self.counter_example and not (self.match_id or self.precedent_id):
            found.append(FieldError("/match_id", "is missing: say which match's narrative it is a counter-example of"))
        if self.narrative and not (self.archive or self.counter_example):
            found.append(FieldError("/narrative", "says where to file it: send archive or counter_example as well"))
        return found


@dataclass(frozen=True, slots=True)
class Review:
    """Review: the decision on one match of a check or, without a match, the dismissal of all of them.

    `version` is the flag's version that it made, `undone_version` the one that taking it back made. `put_in` says
    that the archive did not have the statement `archived` before.
    """

    id: str
    match_id: str | None
    precedent_id: str | None
    verdict: Decision
    reason: str | None
    by: Actor
    at: datetime
    version: int
    stands: bool = True
    undone_by: Actor | None = None
    undone_at: datetime | None = None
    undone_version: int | None = None
    archived: str | None = None
    put_in: bool = False
    counter_example: bool = False
    narratives: tuple[NarrativeRef, ...] = ()
    """Narratives of the statement or counter-example that it created from the checked text."""
    batch: str | None = None
    """Id shared by the reviews of one bulk review."""

    @property
    def undone(self) -> bool:
        return self.undone_at is not None


def effective_reviews(reviews: Sequence[Review]) -> frozenset[str]:
    """Ids of the effective reviews, of all reviews of a check, the oldest first.

    The last word on a match that was not taken back stands, and one without a match is a word on every match. Where
    it is taken back, the word before it stands again.
    """
    stand: set[str] = set()
    decided: set[str | None] = set()
    for review in reversed(reviews):
        if review.undone or None in decided or review.match_id in decided:
            continue
        decided.add(review.match_id)
        stand.add(review.id)
    return frozenset(stand)


def text_hash(text: str) -> str:
    """Hash of a text, equal when the same text is checked again."""
    return sha256(canonical(text).encode()).hexdigest()
