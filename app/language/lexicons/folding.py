"""The form in which cue words are looked for: small letters, one kind of apostrophe, no vowel marks."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_ALIKE = (
    dict.fromkeys(map(ord, "’ʼ‘`´ʹ＇"), "'")
    | dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")
    | dict.fromkeys(map(ord, "‐‑"), "-")
    | dict.fromkeys(map(ord, "أإآٱ"), "ا")
    | {ord("ё"): "е", ord("ى"): "ي", ord("ة"): "ه", ord("گ"): "ك", ord("ی"): "ي", ord("ک"): "ك", ord("؟"): "?"}
    | {ord("ı"): "i"}
    | {ord("？"): "?", ord("："): ":", ord("！"): "!", ord("،"): ",", ord("؛"): ";", ord("，"): ","}
)
_DROPPED = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where each of its characters stands in the text that it was made of."""

    text: str
    offsets: Sequence[int]


def fold(text: str) -> Folded:
    """The text in small letters and with look-alikes made alike. `offsets` has one entry more than the text."""
    folded = text.lower().translate(_ALIKE)
    if len(folded) == len(text) and not _DROPPED.search(folded):
        return Folded(folded, range(len(text) + 1))
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if characters and unicodedata.combining(character):
            joined = unicodedata.normalize("NFC", characters[-1] + character)
            if len(joined) == 1:
                characters[-1] = joined.translate(_ALIKE)
                continue
        for small in character.lower().translate(_ALIKE):
            if not _DROPPED.match(small):
                characters.append(small)
                offsets.append(offset)
    return Folded("".join(characters), [*offsets, len(text)])


def fold_phrase(phrase: str) -> str:
    """A cue phrase with its look-alikes made alike, so that it meets folded text; its letters are small already."""
    return phrase.translate(_ALIKE)
