"""Spans of a text, and the article as the rules read it: paragraphs, sentences, what is quoted masked."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Article:
    """A text cut up; `plain` has the same length, underscores for what is quoted, and no Arabic commas."""

    text: str
    plain: str
    sentences: Sequence[Sentence]
    quotations: Sequence[Span]

    @classmethod
    def of(cls, text: str, sentences: Sequence[Sentence], quotations: Sequence[Span]) -> "Article":
        return cls(text, masked(text, quotations).translate(_ARABIC_MARKS), sentences, quotations)

    def quoted_in(self, start: int, end: int) -> list[Span]:
        """The quotations that begin within a stretch."""
        return [span for span in self.quotations if start <= span[0] < end]


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
