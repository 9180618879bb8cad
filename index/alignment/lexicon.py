"""What lists of words tell: the closed classes of each language, in `function_words.tsv` and `lexicon.tsv`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.terms import stems


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's lists; all are empty for a language that is not listed."""

    function: frozenset[str]
    numbers: Mapping[str, float]
    measures: frozenset[str]
    """By stem, as `times`."""
    times: frozenset[str]
    degrees: frozenset[tuple[str, ...]]
    """Phrases, as tuples of words."""
    deictics: frozenset[str]
    negations: frozenset[str]
    particles: frozenset[str]


@cache
def lexicon(language: str) -> Lexicon:
    """The lists of a language, by its ISO 639 code."""
    listed = {kind: words for code, kind, words in _lines("lexicon.tsv") if code == language}
    function = next((words for code, words in _lines("function_words.tsv") if code == language), "")
    return Lexicon(
        function=frozenset(function.split()),
        numbers={word: float(value) for value, word in (one.split("=") for one in listed.get("number", "").split())},
        measures=_stemmed(listed.get("measure", ""), language),
        times=_stemmed(listed.get("time", ""), language),
        degrees=frozenset(tuple(phrase.split("_")) for phrase in listed.get("degree", "").split()),
        deictics=frozenset(listed.get("deictic", "").split()),
        negations=frozenset(listed.get("negation", "").split()),
        particles=frozenset(listed.get("particle", "").split()),
    )


def _lines(name: str) -> Iterator[list[str]]:
    for line in (files(__package__) / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _stemmed(words: str, language: str) -> frozenset[str]:
    listed = words.replace("_", " ").split()
    return frozenset([*listed, *stems(listed, language)])
