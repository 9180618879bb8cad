"""Tokenisation for name lookup: word spans, their normal forms, case endings removed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

_MARKS: Final = "\u0300-\u036f\u0640\u064b-\u065f\u0670"
_WORD: Final = re.compile(rf"(?:[^\W\d_]\.){{2,}}|[^\W_][\w{_MARKS}]*(?:['’ʼ`‘ʻ][^\W_][\w{_MARKS}]*)*")
_APOSTROPHE: Final = re.compile("['’ʼ`‘ʻ]")
_DROPPED: Final = re.compile("['’ʼ`‘ʻ.]")
_BEFORE_APOSTROPHE: Final = "d l j m t s c n qu all dall dell nell sull coll un quell quest sant"
_ELIDED: Final = frozenset(_BEFORE_APOSTROPHE.split())
_ARABIC_ARTICLE: Final = (
    "al el ul ash as at ad ar an az esh ech es et ed er ez asch аль эль аш ас ат ад ар ан аз эш эс эт эд эр эз еш ес ез"
)
ARTICLES: Final = frozenset(_ARABIC_ARTICLE.split())
"""The Arabic article as other scripts spell it; it changes with the letter that follows."""

# Case endings of Russian and Ukrainian: of adjectives and surnames first, which keep their suffix.
_ENDINGS: Final = (
    re.compile("(?<=[сцз]к)(?:ий|ій|ого|ому|им|ім|их|ими|ой|ою|ая|ую|а|у|ий|е)$"),
    re.compile("(?<=[оеєиії]в)(?:ым|им|ой|ою|ому|ого|ых|их|ыми|ими|е|і|а|у)$"),
    re.compile(
        "(?:[аяыи]ми|[ое]го|[оє]му|ему|ою|[еє]ю|[ое]й|[иыі]й|[иаяоуюеы]х|[аяоеєіиы]м|[ая]я|[ую]ю|[оеиы]е|[аеуюоияыьйіїє])$"
    ),
)
_SHORTEST_STEM: Final = 3
_LONGEST_WORD: Final = 64
"""Letters of a word that are looked up: no name of the tables has a longer one."""

# What Arabic writes onto the front of a word: and, then; in, for, as; the.
_ARABIC_PREFIX: Final = re.compile("[وف]?(?:[بكل]?ال|لل|[بل])?")
_SHORTEST_AFTER_PREFIX: Final = 3
_ARABIC_LETTERS: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")

Case = Literal["lower", "title", "upper", "none"]


@dataclass(frozen=True, slots=True)
class Word:
    """Word of a name: its forms as the tables spell them (likeliest first), and the kind of its letters."""

    raw: str
    folded: str
    forms: tuple[str, ...]
    case: Case


@dataclass(frozen=True, slots=True)
class Token:
    """A word at its place in a text."""

    word: Word
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Words of a text in order. Elided articles (d'Idleb, dell'Ucraina) and English 's are left out."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        raw = match.group()
        cut = _APOSTROPHE.search(raw)
        if cut and raw[: cut.start()].lower() in _ELIDED and len(raw) > cut.end() + 1:
            start += cut.end()
            raw = raw[cut.end() :]
        if raw[-1] in "sS" and len(raw) > 2 and _APOSTROPHE.match(raw[-2]):
            end -= 2
            raw = raw[:-2]
        yield Token(word(raw[:_LONGEST_WORD]), start, end)


@lru_cache(maxsize=100_000)
def word(raw: str) -> Word:
    """Word with the forms in which the tables may list it."""
    first = raw[0]
    case: Case = "none"
    if first.isupper():
        case = "upper" if raw.isupper() and len(raw) > 1 else "title"
    elif first.lower() != first.upper() or first.isdigit():
        case = "upper" if first.isdigit() and raw.isupper() else "lower"
    text = folded(raw)
    return Word(raw, text, _forms(text, case), case)


def folded(raw: str) -> str:
    """Lower case, without diacritics and apostrophes; variants of Arabic letters unified."""
    text = _DROPPED.sub("", raw).casefold()
    if not text.isascii():
        text = text.replace("й", "\0").replace("ї", "\1").translate(_ARABIC_LETTERS)
        text = "".join(x for x in unicodedata.normalize("NFKD", text) if not unicodedata.combining(x))
        text = text.replace("\0", "й").replace("\1", "ї")
    return text


def phrase(name: str) -> str:
    """Normal form of a name in the tables: the first form of each of its words."""
    return " ".join(token.word.forms[0] for token in tokens(name))


def stem(text: str) -> str:
    """A Russian or Ukrainian word without its case ending."""
    for ending in _ENDINGS:
        found = ending.search(text)
        if found and found.start() >= _SHORTEST_STEM + (len(found.group()) > 1):
            return text[: found.start()]
    return text


def _forms(text: str, case: Case) -> tuple[str, ...]:
    if "\u0400" <= text[:1] <= "\u052f":
        return (text if case == "upper" else stem(text),)
    if "\u0600" <= text[:1] <= "\u06ff":
        without_article = text[2:] if text.startswith("ال") and len(text) > 3 else text
        prefix = _ARABIC_PREFIX.match(text)
        cuts = [text[cut:] for cut in range(1, prefix.end() + 1)] if prefix else []
        return (without_article, *dict.fromkeys(form for form in cuts if len(form) >= _SHORTEST_AFTER_PREFIX))
    if case == "title" and len(text) > 4 and text.endswith("s"):
        return (text, text[:-1])
    return (text,)
