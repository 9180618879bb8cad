"""Unicode normalisation of a text as the tokenizer's model knows it, with the place that each character comes from.

SentencePiece's own character map (nmt_nfkc) equals NFKC but for the control characters that it drops and the invisible
ones that it reads as a space; both are named here.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

DROPPED: Final = r"[\x01-\x08\x0b\x0e-\x1f\x7f\u008f\u009f]"
SPACES: Final = r"[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"

_DROPPED: Final = re.compile(DROPPED)
_SPACES: Final = re.compile(SPACES)
_WORDS: Final = re.compile(r" +|[^ ]+")
_MOST_JOINED: Final = 32
"""Characters that are normalised together: Unicode's stream-safe texts have no more marks after a letter."""


class Aligned(NamedTuple):
    """A normalised text; character n comes from `begins[n]` up to `ends[n]` of the original."""

    text: str
    begins: Sequence[int]
    ends: Sequence[int]


def normalized(original: str) -> Aligned:
    """The text in NFKC without control characters, invisible ones being spaces."""
    text, places = _SPACES.sub(" ", original), None
    if _DROPPED.search(text):
        places = [place for place, character in enumerate(text) if not _DROPPED.match(character)]
        text = "".join(text[place] for place in places)
    if unicodedata.is_normalized("NFKC", text):
        begins: Sequence[int] = range(len(text)) if places is None else places
        ends: Sequence[int] = range(1, len(text) + 1) if places is None else [place + 1 for place in places]
        return Aligned(text, begins, ends)
    found, first, after = [], [], []
    for begin, end, part in _parts(text):
        found.append(part)
        first += [begin] * len(part)
        after += [end] * len(part)
    if places is not None:
        first, after = [places[begin] for begin in first], [places[end - 1] + 1 for end in after]
    return Aligned("".join(found), first, after)


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    """The smallest parts that are normalised each by itself: begin, end, and the normalised part."""
    for word in _WORDS.finditer(text):
        if unicodedata.is_normalized("NFKC", word[0]):
            yield from ((place, place + 1, text[place]) for place in range(*word.span()))
            continue
        begin, stop = word.span()
        while begin < stop:
            end, part = begin + 1, unicodedata.normalize("NFKC", text[begin])
            while end < stop and end - begin < _MOST_JOINED:
                joined = unicodedata.normalize("NFKC", text[begin : end + 1])
                if joined == part + unicodedata.normalize("NFKC", text[end]):
                    break
                end, part = end + 1, joined
            yield begin, end, part
            begin = end
