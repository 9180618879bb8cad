"""Texts of others on a page: which way they run, and which of their words are marked."""

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
    """A stretch [start, end) of a text in code points. `pair` is the same for two marks that stand for each other."""

    start: int
    end: int
    kind: MarkKind
    pair: str | None = None
    label: str | None = None
    """A message id for who cannot see the mark; default: that of its kind."""
    href: str | None = None
    """Where the mark leads, as a local address."""
    role: Role | None = None
    """What the words are in their text, read aloud with the label."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a text, marked or not."""

    text: str
    mark: Mark | None = None


def segments(text: str, marks: Iterable[Mark] = ()) -> Sequence[Segment]:
    """The text in parts, one after another and with nothing lost; of marks that overlap, the one that begins first."""
    parts: list[Segment] = []
    at = 0
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        start, end = mark.start, min(mark.end, len(text))
        if start < at or start >= end:
            continue
        if at < start:
            parts.append(Segment(text[at:start]))
        parts.append(Segment(text[start:end], mark))
        at = end
    if at < len(text):
        parts.append(Segment(text[at:]))
    return parts


def isolated(value: object) -> object:
    """A value for a sentence of ours: text that could turn what stands around it is kept to itself (U+2068, U+2069)."""
    if isinstance(value, str) and any(bidirectional(sign) in _TURNING for sign in value):
        return f"\u2068{value}\u2069"
    return value


def direction(language: str | None) -> str:
    """`rtl` or `ltr` by the language's usual script; `auto`, by the first letter, where it is not known."""
    if not language or language == "und":
        return "auto"
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
