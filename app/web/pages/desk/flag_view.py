"""One flag as its page shows it: which match is compared, what is marked, and what was decided and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from app.domain.checks.checks import Match
from app.domain.checks.reviews import Actor, Review
from app.domain.desk.annotations import Activity, FlagAssignment, FlagNote
from app.domain.desk.flags import Flag
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.domain.statements.statements import NarrativeRef

KEYED: Final = 9
"""Matches that have a key of their own."""

ChangeKind = Literal["changed", "added", "dropped", "repeated"]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of what differs: what it is in the statement, what was said then and what now."""

    kind: ChangeKind
    role: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that somebody did about a flag. `undone`: it is that a review was taken back."""

    at: datetime
    by: Actor
    review: Review | None = None
    undone: bool = False
    note: FlagNote | None = None
    assignment: FlagAssignment | None = None


def chosen_match(flag: Flag, number: int) -> tuple[int, Match | None]:
    """The match of this number from 1 on, and its number; the first where there are not so many."""
    matches = flag.check.matches
    if not matches:
        return 0, None
    at = number if number <= len(matches) else 1
    return at, matches[at - 1]


def changes(match: Match) -> list[Change]:
    """What differs between the two and tells something by itself, the changed parts first.

    Deeds and mere wording are left to the marks in the texts: a list of them would hide the rest.
    """
    every = [
        *(_aligned("changed", one) for one in match.changed),
        *(_alone("added", one) for one in match.added),
        *(_alone("dropped", one) for one in match.removed),
    ]
    return [one for one in every if one.role not in ("act", "other")]


def narratives(flag: Flag) -> list[NarrativeRef]:
    """Those of its precedents, the best match's first, each once."""
    return list(dict.fromkeys(ref for match in flag.check.matches for ref in match.precedent.narratives))


def last_word(flag: Flag) -> Review | None:
    """The newest decision that stands."""
    return next((review for review in reversed(flag.reviews) if review.stands), None)


def history(flag: Flag, remarks: Activity) -> Sequence[Happening]:
    """Everything that was done about it, the newest first."""
    done = [Happening(one.at, one.by, review=one) for one in flag.reviews]
    done += [
        Happening(one.undone_at, one.undone_by, review=one, undone=True)
        for one in flag.reviews
        if one.undone_at and one.undone_by
    ]
    done += [Happening(one.at, one.by, note=one) for one in remarks.notes]
    done += [Happening(one.at, one.by, assignment=one) for one in remarks.assignments]
    return sorted(done, key=lambda one: one.at, reverse=True)


def _aligned(kind: ChangeKind, one: AlignedSpan) -> Change:
    return Change(kind, one.role, one.precedent.exact, one.statement.exact)


def _alone(kind: ChangeKind, one: AddedSpan | RemovedSpan) -> Change:
    if isinstance(one, AddedSpan):
        return Change(kind, one.role, None, one.statement.exact)
    return Change(kind, one.role, one.precedent.exact, None)
