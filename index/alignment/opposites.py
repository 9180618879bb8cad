"""Words of opposite meaning, of one language or two: by the sections `opposites` and `contrasts` of the lexicons."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Final, NamedTuple

from index.lexicons import InvalidLexicon, entries, section

_ALTERNATIVES: Final = re.compile(r"\(([^()]*)\)")
_LATIN: Final = re.compile("[a-zà-ɏ]")
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_ARABIC_PREFIXES: Final = ("وال", "بال", "ال", "و", "ب", "س", "ي", "ت")


class Meaning(NamedTuple):
    """One of the two poles of an opposition."""

    opposition: str
    """Its key, shared by all languages."""
    pole: bool
    deed: bool
    """True for what is done or is the case, of which the opposite denies it; False for a trait by which things of one
    kind differ, as north and south do."""

    def opposite(self) -> "Meaning":
        """The other pole."""
        return _opposite(self)


@cache
def _opposite(meaning: Meaning) -> Meaning:
    return meaning._replace(pole=not meaning.pole)


_NONE: Final[AbstractSet[Meaning]] = frozenset()
_LONGEST_WORD: Final = 64
"""Letters of a word that are looked up, and kept."""


def meanings(word: str, language: str) -> AbstractSet[Meaning]:
    """Poles that a word in lower case stands for; none for most words."""
    return _meanings(word[:_LONGEST_WORD], language)


@lru_cache(maxsize=20_000)
def _meanings(word: str, language: str) -> AbstractSet[Meaning]:
    exact, beginnings, longest = _listed(language)
    if not exact and not beginnings:
        return _NONE
    word = _folded(word)
    for form in _forms(word):
        whole = exact.get(form, _NONE)
        lengths = range(min(longest, len(form)), 1, -1)
        begun = next((beginnings[form[:length]] for length in lengths if form[:length] in beginnings), _NONE)
        if whole or begun:
            return whole | begun
    return _NONE


def _folded(word: str) -> str:
    """Word without accents on Latin letters, and with one spelling of the others."""
    if word.isascii():
        return word
    if _LATIN.match(word):
        return "".join(
            letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
        ).replace("’", "'")
    return unicodedata.normalize("NFC", word).replace("ё", "е").replace("’", "'")


def _forms(word: str) -> Iterator[str]:
    yield word
    if _ARABIC.match(word):
        yield from (word[len(prefix) :] for prefix in _ARABIC_PREFIXES if word.startswith(prefix) and len(word) > 4)


Listed = Mapping[str, AbstractSet[Meaning]]


@cache
def _listed(language: str) -> tuple[Listed, Listed, int]:
    """Meanings of whole words, of beginnings, and the length of the longest beginning."""
    exact: dict[str, set[Meaning]] = {}
    beginnings: dict[str, set[Meaning]] = {}
    for name in ("opposites", "contrasts"):
        for key, listed in section(language, name).items():
            poles = listed.split(" / ")
            if len(poles) != 2:
                raise InvalidLexicon(f"{language}.toml: [{name}] {key}: two lists, divided by a slash")
            for pole, words in enumerate(poles):
                for entry in entries(words):
                    for word in _spelled_out(entry):
                        into = beginnings if word.endswith("~") else exact
                        meaning = Meaning(f"{name} {key}", bool(pole), name == "opposites")
                        into.setdefault(_folded(word.rstrip("~")), set()).add(meaning)
    frozen = [{word: frozenset(found) for word, found in some.items()} for some in (exact, beginnings)]
    return frozen[0], frozen[1], max(map(len, beginnings), default=0)


def _spelled_out(entry: str) -> Iterator[str]:
    """An entry with each of its alternatives: "den(y|ies)" is "deny" and "denies"."""
    found = _ALTERNATIVES.search(entry)
    if not found:
        yield entry
        return
    for one in found[1].split("|"):
        yield from _spelled_out(entry[: found.start()] + one + entry[found.end() :])
