"""Tokenisation for alignment: word spans and the forms known without a model."""

import re
from typing import Final

_MARKS: Final = "\u0300-\u036f\u0640\u064b-\u065f\u0670"
_UNSPACED: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff"
_LETTER: Final = rf"[^\W{_UNSPACED}]"
_WORD: Final = re.compile(
    r"\d+(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\w)|\d+[.,]\d+(?!\w)"
    rf"|[{_UNSPACED}]|{_LETTER}[\w{_MARKS}]*?(?=[{_UNSPACED}])"
    rf"|{_LETTER}(?:(?![{_UNSPACED}])[\w{_MARKS}])*(?:[-‑'’ʼ`](?![{_UNSPACED}])[\w{_MARKS}]+)*"
)
_APOSTROPHE: Final = re.compile("['’ʼ`]")
_ELIDED: Final = frozenset(
    "d l j m t s c n qu jusqu lorsqu puisqu all dall dell nell sull coll un quell quest sant".split()  # noqa: SIM905
)
_OWNED: Final = frozenset({"s", "d", "ll", "re", "ve", "t"})


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word, in order. An elided article and an English 's are words of their own.

    What a hyphen joins is one word, and so is a number with its groups of digits. In scripts without blanks each
    character is one.
    """
    spans = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        cut = _APOSTROPHE.search(match.group())
        if cut:
            offset = start + cut.start()
            before, after = text[start:offset].lower(), text[offset + 1 : end].lower()
            if before in _ELIDED or after in _OWNED:
                spans.append((start, offset))
                start = offset + 1
        spans.append((start, end))
    return spans
