"""Spans of a text, and the article as the rules read it: paragraphs, sentences, what is quoted masked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from app.domain.core.spans import Span
from app.language.attribution.quotations import masked

_ARABIC_MARKS: Final = str.maketrans("،؛؟", ",;?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `paragraph` counts from 0."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True)
class Spans:
    """Spans in order of their starts, in which those that lie in a stretch are found without reading all of them."""

    spans: Sequence[Span]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Spans":
        return cls(sorted(spans))

    def overlapping(self, start: int, end: int) -> Sequence[Span]:
        """The spans that share a character with a stretch."""
        first = bisect_right(self._furthest, start)
        return [span for span in self.spans[first : bisect_left(self._starts, end)] if span[1] > start]

    def beginning(self, start: int, end: int) -> Sequence[Span]:
        """The spans that begin within a stretch."""
        return self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.spans]

    @cached_property
    def _furthest(self) -> list[int]:
        """The furthest end up to each span."""
        return list(accumulate((end for _, end in self.spans), max))


@dataclass(frozen=True, slots=True)
class Article:
    """A text cut up; `plain` has the same length, underscores for what is quoted, and no Arabic commas."""

    text: str
    plain: str
    sentences: Sequence[Sentence]
    quotations: Spans

    @classmethod
    def of(cls, text: str, sentences: Sequence[Sentence], quotations: Sequence[Span]) -> "Article":
        return cls(text, masked(text, quotations).translate(_ARABIC_MARKS), sentences, Spans(quotations))

    def quoted_in(self, start: int, end: int) -> Sequence[Span]:
        """The quotations that begin within a stretch."""
        return self.quotations.beginning(start, end)


def trimmed(text: str, start: int, end: int, around: str = " \t\r\n,;:—–-") -> Span:
    """A span without blanks and marks of the sentence at its ends."""
    while start < end and text[start] in around:
        start += 1
    while end > start and text[end - 1] in around:
        end -= 1
    return start, end


def overlap(first: Span, second: Span) -> int:
    """The number of characters that two spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))
