"""Snippets of search results: the passage of a long text around the matched words, with these marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 280
"""Length of a snippet in characters."""

_BEFORE: Final = 60
"""Length of the context before the first match, in characters."""

_MOST_WORDS: Final = 12
_WORD: Final = re.compile(r'["“„«]([^"“”„«»]+)["”“»]|(\S+)')
_EDGES: Final = '"“”„«».,;:!?()[]'


@dataclass(frozen=True, slots=True)
class Snippet:
    """Snippet of a text, from `start` to `end`, with the spans of the matches; in code points."""

    text: str
    start: int
    end: int
    found: tuple[tuple[int, int], ...] = ()

    @property
    def truncated_start(self) -> bool:
        """True if text was cut off before it."""
        return self.start > 0

    @property
    def truncated_end(self) -> bool:
        """True if text was cut off after it."""
        return self.end < len(self.text)


def query_terms(query: str) -> tuple[str, ...]:
    """Words of a query, and phrases in quotation marks: each once, at most twelve."""
    found = (phrase or word.strip(_EDGES) for phrase, word in _WORD.findall(query))
    return tuple(dict.fromkeys(" ".join(term.split()) for term in found if term.strip()))[:_MOST_WORDS]


def snippet_of(text: str, words: Sequence[str], longest: int = LONGEST) -> Snippet:
    """Snippet around the first match, letter case aside; the start of the text where nothing matches."""
    found = _word_spans(text, words)
    start = _word_start(text, max(0, found[0][0] - _BEFORE)) if found and found[0][1] > longest else 0
    end = min(len(text), start + longest)
    if end < len(text):
        end = _word_end(text, start, end)
    within = tuple((max(first, start), min(last, end)) for first, last in found if first < end and last > start)
    return Snippet(text, start, end, within)


def _word_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Spans of the words of the text that begin with one of `words`, in order, without overlap.

    A query word that begins no word is searched within words, as the search does.

    One that no word begins with is found within words, as the search finds it.
    """
    if not words:
        return []
    patterns = {word: re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in words}
    any_of = "|".join(
        patterns[word].pattern if patterns[word].search(text) else re.escape(word)
        for word in sorted(words, key=len, reverse=True)
    )
    return [found.span() for found in re.finditer(any_of, text, re.IGNORECASE)]


def _word_start(text: str, offset: int) -> int:
    """The beginning of the next word, where there is one near."""
    blank = text.find(" ", offset, offset + _BEFORE // 2)
    return blank + 1 if offset and blank >= 0 else offset


def _word_end(text: str, start: int, offset: int) -> int:
    """The end of the last whole word, where there is one near."""
    blank = text.rfind(" ", max(start, offset - _BEFORE), offset)
    return blank if blank > start else offset
