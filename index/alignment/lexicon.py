"""Word lists for chunking: function words, numbers, measures, times, degrees and negations of each language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from index.alignment.segmentation import UNSPACED
from index.lexicons import WORD_KINDS, entries, section
from index.lexicons.calendar import month_forms, weekday_forms
from index.text.terms import stems

_SINGLE: Final = re.compile(f"[{UNSPACED}]")


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
    short: frozenset[str]
    """Words of a single character, in a script without blanks."""
    negators: frozenset[str]
    """Words that negate what comes after them, some words later too."""
    agents: frozenset[str]
    """Words before the actor in the passive: "by"."""
    jointly: frozenset[str]
    """Words between parties of which neither does it to the other: "with", "and"."""

    @staticmethod
    def is_character(word: str) -> bool:
        """True for a single character of a script without blanks."""
        return _SINGLE.fullmatch(word) is not None

    def is_function(self, word: str, before: str) -> bool:
        """True if a word is a function word after the word `before`, or a character that is hardly a whole word."""
        if self.is_character(word):
            return word not in self.short
        return word in self.function and not (word in self.nouns and before in self.before_nouns)


@cache
def lexicon(language: str) -> Lexicon:
    """The lists of a language, by its ISO 639 code."""
    listed = {kind: entries(words) for kind, words in section(language, "words", WORD_KINDS).items()}
    numbers = {word: float(value) for value, word in (entry.split("=") for entry in listed.get("number", ()))}
    long = "|".join(sorted((word for word in numbers if len(word) > 2), key=len, reverse=True))
    return Lexicon(
        function=frozenset(listed.get("function", ())),
        numbers=numbers,
        spelled=re.compile(f"(?:{long})(?:(?:und)?(?:{long}))+" if long else "(?!)"),
        measures=_stemmed(listed.get("measure", ()), language),
        times=_stemmed([*_calendar(language), *listed["time"]], language) if "time" in listed else frozenset(),
        degrees=_phrases(listed.get("degree", ())),
        phrases=_phrases(listed.get("phrase", ())),
        deictics=frozenset(listed.get("deictic", ())),
        negations=frozenset(listed.get("negation", ())),
        particles=frozenset(listed.get("particle", ())),
        nouns=frozenset(listed.get("noun", ())),
        before_nouns=frozenset(listed.get("before", ())),
        short=frozenset(listed.get("short", ())),
        negators=frozenset(listed.get("negator", ())),
        agents=frozenset(listed.get("agent", ())),
        jointly=frozenset(listed.get("jointly", ())),
    )


def _calendar(language: str) -> list[str]:
    """Names of months and weekdays that are one word."""
    names = [*weekday_forms(language), *(form for forms in month_forms(language) for form in forms)]
    return [name for name in names if " " not in name]


def _phrases(listed: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split("_")) for phrase in listed)


def _stemmed(listed: Iterable[str], language: str) -> frozenset[str]:
    words = [word for entry in listed for word in entry.split("_")]
    return frozenset([*words, *stems(words, language)])
