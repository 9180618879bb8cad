"""Highlighting of texts on pages, and their writing direction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from unicodedata import bidirectional

from app.domain.explanations.role_spans import Role

MarkKind = Literal["repeated", "changed", "added", "dropped", "cue", "claim", "found"]

_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur"})

_TURNING: Final = frozenset({"R", "AL", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI", "PDF", "PDI"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Highlighted span [start, end) of a text in code points. `pair` is equal for two marks that are aligned."""

    start: int
    end: int
    kind: MarkKind
    pair: str | None = None
    label: str | None = None
    """Message id of the label for screen readers; default: that of its kind."""
    href: str | None = None
    """Target of a link, as a local address."""
    role: Role | None = None
    """Semantic role of the words, read aloud with the label."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a text, marked or not."""

    text: str
    mark: Mark | None = None


def segments(text: str, marks: Iterable[Mark] = ()) -> Sequence[Segment]:
    """Segments of the text in order, without gaps; of marks that overlap, the one that begins first."""
    parts: list[Segment] = []
    position = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        start, end = mark.start, min(mark.end, len(text))
        if start < position or start >= end:
            continue
        if position < start:
            parts.append(Segment(text[position:start]))
        parts.append(Segment(text[start:end], mark))
        position = end
    if position < len(text):
        parts.append(Segment(text[position:]))
    return parts


def isolated(value: object) -> object:
    """Value isolated for a sentence (U+2068, U+2069), so that it cannot change the writing direction of its
    surroundings."""
    if isinstance(value, str) and any(bidirectional(sign) in _TURNING for sign in value):
        return f"\u2068{value}\u2069"
    return value


def direction(language: str | None) -> str:
    """`rtl` or `ltr` by the language's usual script; `auto`, by the first letter, where it is not known."""
    if not language or language == "und":
        return "auto"
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
