"""View model of a flag's page: the compared match, highlights, and the log of reviews and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from app.domain.checks.checks import Match
from app.domain.checks.reviews import Actor, Review
from app.domain.desk.annotations import Activity, FlagAssignment, FlagNote
from app.domain.desk.flags import Flag, repeated_matches
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.domain.statements.statements import NarrativeRef

KEYED: Final = 9
"""Matches that have a key of their own."""

ChangeKind = Literal["changed", "added", "dropped", "repeated"]


@dataclass(frozen=True, slots=True)
class Change:
    """Row of the differences: the role, and the words of both texts."""

    kind: ChangeKind
    role: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Entry of a flag's log. `undone`: it records that a review was undone."""

    at: datetime
    by: Actor
    review: Review | None = None
    undone: bool = False
    note: FlagNote | None = None
    assignment: FlagAssignment | None = None


def chosen_match(flag: Flag, number: int) -> tuple[int, Match | None]:
    """Match of this number from 1 on, and its number; the first that the flag is about for 0, or where there are
    fewer."""
    matches = flag.check.matches
    if not matches:
        return 0, None
    known = 1 <= number <= len(matches)
    position = number if known else 1 + matches.index(repeated_matches(flag.check)[0])
    return position, matches[position - 1]


def differences(match: Match) -> list[Change]:
    """Differences between statement and precedent for the table, changed spans first.

    Deeds and mere wording are left to the marks in the texts: a list of them would hide the rest.
    """
    every = [
        *(_aligned("changed", span) for span in match.changed),
        *(_unmatched("added", span) for span in match.added),
        *(_unmatched("dropped", span) for span in match.removed),
    ]
    return [difference for difference in every if difference.role not in ("act", "other")]


def narratives(flag: Flag) -> list[NarrativeRef]:
    """Narratives of the flag's precedents, the best match's first, each once."""
    return list(dict.fromkeys(ref for match in flag.check.matches for ref in match.precedent.narratives))


def last_review(flag: Flag) -> Review | None:
    """The newest effective review."""
    return next((review for review in reversed(flag.reviews) if review.stands), None)


def history(flag: Flag, activity: Activity) -> Sequence[LogEntry]:
    """Log of a flag, the newest first."""
    done = [LogEntry(review.at, review.by, review=review) for review in flag.reviews]
    done += [
        LogEntry(review.undone_at, review.undone_by, review=review, undone=True)
        for review in flag.reviews
        if review.undone_at and review.undone_by
    ]
    done += [LogEntry(note.at, note.by, note=note) for note in activity.notes]
    done += [LogEntry(assignment.at, assignment.by, assignment=assignment) for assignment in activity.assignments]
    return sorted(done, key=lambda entry: entry.at, reverse=True)


def _aligned(kind: ChangeKind, span: AlignedSpan) -> Change:
    return Change(kind, span.role, span.precedent.exact, span.statement.exact)


def _unmatched(kind: ChangeKind, span: AddedSpan | RemovedSpan) -> Change:
    if isinstance(span, AddedSpan):
        return Change(kind, span.role, None, span.statement.exact)
    return Change(kind, span.role, span.precedent.exact, None)
