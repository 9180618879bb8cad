"""Gazetteer that Refrain ships with: `places.tsv` (made by `build_gazetteer.py`) and `known.tsv` (written by hand)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast

from index.text.names.name_tokens import ARTICLES, folded, phrase
from index.text.names.phonetics import TELLING, consonants, phonetic_key

Kind = Literal["place", "person", "organisation", "other"]
Entry = tuple[str, Kind]

_HERE: Final = Path(__file__).parent


def key_of(name: str, language: str = "und") -> str:
    """Key of a name, equal for its mentions: its phonetic key where that is long enough to be distinctive, or else the
    name."""
    spoken = " ".join(
        found[0] for part in phrase(name).split() if part not in ARTICLES and (found := phonetic_key(part, language))
    )
    return spoken if len(consonants(spoken).replace(" ", "")) >= TELLING else name


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Gazetteer: entries by spelling in the form of `name_tokens.phrase`, the longest name by first word, and all
    keys."""

    names: dict[str, Entry] = field(default_factory=dict)
    acronyms: dict[str, Entry] = field(default_factory=dict)
    prefixes: dict[str, Entry] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    keys: dict[str, Kind] = field(default_factory=dict)

    def add(self, spelling: str, entry: Entry) -> None:
        """Adds a spelling as a person writes it."""
        if spelling.endswith("*"):
            self.prefixes[folded(spelling[:-1])] = entry
        else:
            self._put(self.acronyms if _is_acronym(spelling) else self.names, phrase(spelling), entry)

    def add_phrase(self, spelt: str, entry: Entry) -> None:
        """Adds a spelling in the form of `name_tokens.phrase`."""
        self._put(self.names, spelt, entry)

    def _put(self, table: dict[str, Entry], spelt: str, entry: Entry) -> None:
        first, _, rest = spelt.partition(" ")
        length = 1 + len(rest.split())
        if length > self.longest.get(first, 0):
            self.longest[first] = length
        table[spelt] = entry
        self.keys[entry[0]] = entry[1]


@cache
def shipped() -> Gazetteer:
    """The tables, read once."""
    tables = Gazetteer()
    for key, spellings in _lines("places.tsv"):
        for spelt in spellings.split("|"):
            tables.add_phrase(spelt, (key, "place"))
    for kind, name, spellings in _lines("known.tsv"):
        same = tables.names.get(phrase(name)) if kind == "place" else None
        entry = same or (name if kind == "organisation" else key_of(name), cast("Kind", kind))
        for spelling in (name, *spellings.split("|")):
            tables.add(spelling, entry)
    return tables


@cache
def stopwords() -> frozenset[str]:
    """Stopwords: capitalised words that name nothing by themselves, in the form of `name_tokens.phrase`."""
    return word_list("stopwords.txt")


def word_list(file: str) -> frozenset[str]:
    """Words of one of this folder's lists, in the form of `name_tokens.phrase`."""
    lines = (_HERE / file).read_text(encoding="utf-8").splitlines()
    return frozenset(phrase(part) for line in lines if not line.startswith("#") for part in line.split())


def _lines(file: str) -> Iterator[list[str]]:
    for line in (_HERE / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _is_acronym(spelling: str) -> bool:
    return spelling.isupper() and len(spelling) <= 5
