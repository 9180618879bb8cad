"""Word lists for chunking: the closed classes of each language, in `function_words.tsv` and `lexicon.tsv`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.text.terms import stems


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists of one language; empty for a language that is not listed."""

    function: frozenset[str]
    numbers: Mapping[str, float]
    measures: frozenset[str]
    """By stem, as `times`."""
    times: frozenset[str]
    spelled: re.Pattern[str]
    """Numbers that are written together: dreihundert, ventimila."""
    degrees: frozenset[tuple[str, ...]]
    """Phrases, as tuples of words; so are `phrases`."""
    phrases: frozenset[tuple[str, ...]]
    deictics: frozenset[str]
    negations: frozenset[str]
    particles: frozenset[str]
    nouns: frozenset[str]
    before_nouns: frozenset[str]

    def is_function(self, word: str, before: str) -> bool:
        """True if a word is a function word after the word `before`."""
        return word in self.function and not (word in self.nouns and before in self.before_nouns)


@cache
def lexicon(language: str) -> Lexicon:
    """The lists of a language, by its ISO 639 code."""
    listed = {kind: words for code, kind, words in _lines("lexicon.tsv") if code == language}
    function = next((words for code, words in _lines("function_words.tsv") if code == language), "")
    numbers = {word: float(value) for value, word in (pair.split("=") for pair in listed.get("number", "").split())}
    long = "|".join(sorted((word for word in numbers if len(word) > 2), key=len, reverse=True))
    return Lexicon(
        function=frozenset(function.split()),
        numbers=numbers,
        spelled=re.compile(f"(?:{long})(?:(?:und)?(?:{long}))+" if long else "(?!)"),
        measures=_stemmed(listed.get("measure", ""), language),
        times=_stemmed(listed.get("time", ""), language),
        degrees=_phrases(listed.get("degree", "")),
        phrases=_phrases(listed.get("phrase", "")),
        deictics=frozenset(listed.get("deictic", "").split()),
        negations=frozenset(listed.get("negation", "").split()),
        particles=frozenset(listed.get("particle", "").split()),
        nouns=frozenset(listed.get("noun", "").split()),
        before_nouns=frozenset(listed.get("before", "").split()),
    )


def _lines(name: str) -> Iterator[list[str]]:
    for line in (files(__package__) / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split("_")) for phrase in listed.split())


def _stemmed(words: str, language: str) -> frozenset[str]:
    listed = words.replace("_", " ").split()
    return frozenset([*listed, *stems(listed, language)])
