"""Texts of one word: no statements, for one word asserts nothing that could be said again."""

import re
from typing import Final

_NOT_SAID: Final = re.compile(r"https?://\S+|www\.\S+|(?<!\w)[#@＃＠]\w+", re.IGNORECASE)
_TAG: Final = re.compile(r"(?<!\w)[#＃](\w+)")
_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[^\W\d_][^\W\d_A-Z]*|\d+")
_PARTS_OF_A_STATEMENT: Final = 3
"""Words in one hashtag, counted by their capitals, from which it may say something: `#WolvesInTheForest`."""
_READ_FIRST: Final = 200
"""Characters of a text in which two words are looked for first."""
_KATAKANA: Final = "\u30a0-\u30ff\u31f0-\u31ff"
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u309f"
_OTHER_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_MARKS: Final = "\u0300-\u036f\u0640\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u200c\u200d"
_WORD: Final = re.compile(
    rf"[{_KATAKANA}]+|[{_HAN}]{{1,2}}|[{_OTHER_UNSPACED}]{{1,8}}"
    rf"|(?:(?![{_KATAKANA}{_HAN}{_OTHER_UNSPACED}])[\w{_MARKS}])+(?:(?:[-‑'’ʼ`.&](?=\w)|(?<=\d),(?=\d))[\w{_MARKS}]+)*"
)
"""A word; in scripts without blanks as many characters as a common one has."""
_TWO_WORDS: Final = re.compile(r"(?<!\S)[^\W\d_]+\s+[^\W\d_]+(?=\s)")
"""Two words of letters alone with blanks around them, which no link, account or hashtag reaches into. Found at the
beginning of nearly every text, so that the rest of it need not be read."""


def is_one_word(text: str) -> bool:
    """True for a text of one word or none; links, accounts, hashtags and emoji are no words."""
    if _TWO_WORDS.search(text[:_READ_FIRST] if len(text) > _READ_FIRST else f"{text} "):
        return False
    if len(_WORD.findall(_NOT_SAID.sub(" ", text))) > 1:
        return False
    return all(len(_PART.findall(tag)) < _PARTS_OF_A_STATEMENT for tag in _TAG.findall(text))
