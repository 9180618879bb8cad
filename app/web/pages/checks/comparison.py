"""A statement and its precedent as two marked texts: what both have, what differs, what only one of them has."""

from collections.abc import Iterable, Sequence
from itertools import chain

from app.domain.checks.checks import Match
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.web.pages.marking import Mark, MarkKind


def statement_marks(match: Match) -> Sequence[Mark]:
    """The marks in the checked statement; what stands for each other in the two texts is one pair."""
    return [_mark(slot, "statement", kind, pair) for slot, kind, pair in _slots(match, match.added, "added")]


def precedent_marks(match: Match, *, beside: bool = True) -> Sequence[Mark]:
    """The marks in the precedent; what it alone has is marked only where the statement stands `beside` it."""
    return [
        _mark(slot, "precedent", kind, pair)
        for slot, kind, pair in _slots(match, match.removed if beside else (), "dropped")
    ]


def _slots(
    match: Match, alone: Iterable[AddedSpan | RemovedSpan], kind: MarkKind
) -> Iterable[tuple[AlignedSpan | AddedSpan | RemovedSpan, MarkKind, str | None]]:
    return chain(
        ((slot, "repeated", f"{match.id}-r{at}") for at, slot in enumerate(match.repeated)),
        ((slot, "changed", f"{match.id}-c{at}") for at, slot in enumerate(match.changed)),
        ((slot, kind, None) for slot in alone),
    )


def _mark(slot: AlignedSpan | AddedSpan | RemovedSpan, side: str, kind: MarkKind, pair: str | None) -> Mark:
    span = getattr(slot, side)
    return Mark(span.start, span.end, kind, pair, role=None if slot.role == "other" else slot.role)
