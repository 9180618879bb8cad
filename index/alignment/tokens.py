"""Tokenisation for alignment: word spans and the forms known without a model."""

import re
from typing import Final

from index.alignment.segmentation import UNSPACED, is_japanese, mark_ranges, segments

_MARKS: Final = mark_ranges() + "\u0640\u200c\u200d"
"""Characters that a word may have inside beside letters and digits: vowel signs, and joiners of width zero."""
_LETTER: Final = rf"[^\W{UNSPACED}]"
_INSIDE: Final = rf"(?:(?![{UNSPACED}])[\w{_MARKS}])"
_WORD: Final = re.compile(
    r"\d+(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\w)|\d+[.,]\d+(?:(?!\w)|[a-z]{1,3}(?!\w))"
    rf"|(?P<unspaced>[{UNSPACED}]+)"
    rf"|{_LETTER}{_INSIDE}*(?:[-‑'’ʼ`]{_INSIDE}+)*"
)
_APOSTROPHE: Final = re.compile("['’ʼ`]")
_ELIDED: Final = frozenset(
    "d l j m t s c n qu jusqu lorsqu puisqu all dall dell nell sull coll un quell quest sant".split()  # noqa: SIM905
)
_OWNED: Final = frozenset({"s", "d", "ll", "re", "ve", "t"})
_JOINERS: Final = "\u200c\u200d"


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word, in order. An elided article and an English 's are words of their own.

    What a hyphen joins is one word, and so is a number with its groups of digits. Vowel signs belong to their word.
    Chinese, Japanese and Thai are segmented.
    """
    spans: list[tuple[int, int]] = []
    japanese = is_japanese(text)
    for match in _WORD.finditer(text):
        start, end = match.span()
        if run := match["unspaced"]:
            spans += [(start + begin, start + stop) for begin, stop in segments(run, japanese=japanese)]
            continue
        end -= len(match.group()) - len(match.group().rstrip(_JOINERS))
        cut = _APOSTROPHE.search(match.group())
        if cut:
            offset = start + cut.start()
            before, after = text[start:offset].lower(), text[offset + 1 : end].lower()
            if before in _ELIDED or after in _OWNED:
                spans.append((start, offset))
                start = offset + 1
        spans.append((start, end))
    return spans
