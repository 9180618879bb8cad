"""Quotations in a text: pairs of quotation marks, of whatever kind, that belong together."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from app.domain.core.spans import Span

_PAIRS: Final = (
    "“[^“”]{0,N}[”]",
    "„[^„“”]{0,N}[“”]",
    "«[^«»]{0,N}»",
    "»[^«»]{2,N}«",
    "「[^「」]{0,N}」",
    "『[^『』]{0,N}』",
    "‹[^‹›]{0,N}›",
    '(?<!\\w)"[^"\\n]{0,N}"(?!\\w)',
    "(?<!\\w)‘[^‘\\n]{0,N}?’(?!\\w)",
    "(?<!\\w)'[^'\\n]{2,N}?(?:\\w'\\w[^'\\n]*)*'(?!\\w)",
)
_MOST = 3_000
"""Characters within one pair: a mark without its partner must not swallow the article."""
_QUOTED: Final = re.compile("|".join(pair.replace("N", str(_MOST)) for pair in _PAIRS))
_WORD: Final = re.compile(r"\w[\w’'-]*")
_ASIDE: Final = re.compile(r"[,.!?…]\s*(?P<opens>[—–])\s*(?P<words>\w[^—–«»“”]{2,160}?)[,.]\s*[—–](?=\s)")
_SPOKEN = 3


def quotations(text: str, saying: re.Pattern[str] | None = None) -> list[Span]:
    """The quotations of a text with their marks, in order; one within another is part of it.

    Where Russian or Spanish puts the reporter's words between dashes inside the marks, `saying` finds their verb, and
    the quotation is two, the dashes standing for the marks.
    """
    found: list[Span] = []
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        for aside in _ASIDE.finditer(text, start, end):
            if saying and saying.match(text, aside.start("words")):
                found.append((start, aside.start("opens") + 1))
                start = aside.end() - 1
        found.append((start, end))
    return found


def inside(text: str, span: Span) -> Span:
    """The span between the marks, without a comma that belongs to the sentence around it."""
    start, end = span[0] + 1, span[1] - 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;—–-"):
        end -= 1
    return start, end


def is_speech(text: str, span: Span) -> bool:
    """True where a quotation gives somebody's words: three or more. One or two may be a name, or scare quotes."""
    return sum(1 for _ in islice(_WORD.finditer(text, *span), _SPOKEN)) == _SPOKEN


def masked(text: str, spans: Sequence[Span]) -> str:
    """The text with quoted words replaced by underscores, marks and offsets kept."""
    parts, position = [], 0
    for start, end in spans:
        parts += [text[position : start + 1], "_" * (end - start - 2)]
        position = end - 1
    return "".join([*parts, text[position:]])
