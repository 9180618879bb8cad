"""Sentence segmentation in any language, offline.

sentencex knows the stops and abbreviations of some 240 languages, and keeps a quotation together.
"""

from collections.abc import Iterator
from typing import Final

import sentencex

from index.processor_budget import check_processor_budget

Span = tuple[int, int]

_MOST_AT_ONCE: Final = 8_000


def sentence_spans(text: str, language: str) -> Iterator[tuple[int, Span]]:
    """Sentences, each with the number of its paragraph: from 0, lines without a visible character not counted.

    Spans count code points, and have no white space at either end.
    """
    paragraph, offset = -1, 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            paragraph += 1
            for start, end in _within(line, language):
                yield paragraph, (offset + start, offset + end)
        offset += len(line)


def _within(line: str, language: str) -> Iterator[Span]:
    for begins, piece in _pieces(line):
        check_processor_budget()
        for found in sentencex.get_sentence_boundaries(language, piece):
            start, end = int(found["start_index"]), int(found["end_index"])
            bare = piece[start:end].strip()
            if bare:
                start = begins + piece.index(bare, start)
                yield start, start + len(bare)


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """Splits a line into pieces of a bounded length, at blanks: unclosed opening marks would cost quadratic time."""
    offset = 0
    while offset < len(line):
        end = min(len(line), offset + _MOST_AT_ONCE)
        if end < len(line) and (blank := line.rfind(" ", offset, end)) > offset:
            end = blank + 1
        yield offset, line[offset:end]
        offset = end
