"""Comparison of a statement and its precedent as two highlighted texts: repeated, changed, added and dropped spans."""

from collections.abc import Iterable, Sequence
from itertools import chain

from app.domain.checks.checks import Match
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.web.pages.marking import Mark, MarkKind


def statement_marks(match: Match) -> Sequence[Mark]:
    """Highlights in the checked statement; spans that are aligned with each other are one pair.

    Where none is known, the part that matches is highlighted as a claim.
    """
    marks = [_mark(slot, "statement", kind, pair) for slot, kind, pair in _aligned_marks(match, match.added, "added")]
    if not marks and match.claim:
        return [Mark(match.claim.start, match.claim.end, "claim")]
    return marks


def precedent_marks(match: Match, *, beside: bool = True) -> Sequence[Mark]:
    """Highlights in the precedent; dropped spans are highlighted only where the statement is shown `beside` it."""
    return [
        _mark(slot, "precedent", kind, pair)
        for slot, kind, pair in _aligned_marks(match, match.removed if beside else (), "dropped")
    ]


def _aligned_marks(
    match: Match, alone: Iterable[AddedSpan | RemovedSpan], kind: MarkKind
) -> Iterable[tuple[AlignedSpan | AddedSpan | RemovedSpan, MarkKind, str | None]]:
    return chain(
        ((slot, "repeated", f"{match.id}-r{number}") for number, slot in enumerate(match.repeated)),
        ((slot, "changed", f"{match.id}-c{number}") for number, slot in enumerate(match.changed)),
        ((slot, kind, None) for slot in alone),
    )


def _mark(slot: AlignedSpan | AddedSpan | RemovedSpan, side: str, kind: MarkKind, pair: str | None) -> Mark:
    span = getattr(slot, side)
    return Mark(span.start, span.end, kind, pair, role=None if slot.role == "other" else slot.role)
