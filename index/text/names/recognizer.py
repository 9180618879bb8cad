"""Name recognition: names in a text, with keys that are equal for one name in any script."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from index.text.names.gazetteer import Entry, Kind, key_of, shipped, stopwords
from index.text.names.name_tokens import ARTICLES, Token, tokens
from index.text.names.phonetics import TELLING, consonants, phonetic_key

_BREAK: Final = re.compile(r"[.!?…:;\n\"“”„«»()\[\]•|]")
_JOINS: Final = frozenset({" ", "-", "‑", "\u00a0"})
_INITIAL: Final = re.compile(r"\.? ?")
_BETWEEN_NAMES: Final = "de von van bin ibn abu ben la le del di da dos"
_PARTICLES: Final = ARTICLES | frozenset(_BETWEEN_NAMES.split())
_NATIVE_ARABIC: Final = re.compile("[طقصضظعحثذىة]")
_SHORTEST_KEY: Final = 3
_LONGEST_NAME: Final = 5
_LONGEST_ACRONYM: Final = 5
_MOST_READINGS: Final = 48
_HEADLINE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Name:
    """Recognised name. Equal keys name the same thing; offsets count the text's code points."""

    key: str
    start: int
    end: int
    kind: Kind


def key_overlap(first: AbstractSet[str], second: AbstractSet[str]) -> float:
    """Overlap of two texts' keys, 0 to 1: shared ones as a part of the smaller set; 0 where either is empty."""
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


class NameRecognizer:
    """Recognises names by the gazetteer, by learned names, and by capitals. Safe in several threads.

    Beyond the tables a name's key is the sound of its last word, so that `A. Karpov`, `Karpov` and `Карповым` are
    one. Scripts without capitals (Arabic) show only names of the tables and learned ones.
    """

    def __init__(self) -> None:
        self._tables = shipped()
        self._longest_prefix = max(map(len, self._tables.prefixes), default=0)
        self._ordinary = stopwords()
        self._seen: set[str] = set()
        self._learned: dict[str, Entry] = {}
        self._heard_without_vowels: dict[str, Entry] = {}
        self._nation = lru_cache(maxsize=50_000)(self._find_nation)

    def add_names(self, names: Iterable[tuple[str, Kind]]) -> None:
        """Adds speakers and places of the archive: recognised in any script from now on, also where capitals show
        nothing.

        A surname whose phonetic key is too short to be distinctive (Kuleba) is then found with its first name only, or
        where capitals show it; names that are listed already are left as they are.
        """
        for name, kind in names:
            if name not in self._seen:
                self._add_name(name, kind)
                self._seen.add(name)

    def find(self, text: str, language: str = "und") -> tuple[Name, ...]:
        """The names in a text, in order; where they overlap the longest, else the first.

        `language` is the text's ISO 639 code: letters sound by it, and in German a capital shows no name by itself.
        """
        words = list(tokens(text))
        capitals_show = not _is_headline(words)
        found: list[Name] = []
        position = 0
        while position < len(words):
            length, entry = self._match(words, position, language)
            if not length and words[position].word.case in {"title", "upper"}:
                length, entry = self._capitalised(text, words, position, language, capitals_show)
            if entry:
                found.append(Name(entry[0], words[position].start, words[position + length - 1].end, entry[1]))
            position += length or 1
        return tuple(found)

    def _add_name(self, name: str, kind: Kind) -> None:
        found = list(tokens(name))
        parts = [token for token in found if len(token.word.folded) > 1 and token.word.folded not in _PARTICLES]
        listed = self._match_listed(found, 0, "und") if found else None
        if not 1 <= len(parts) <= _LONGEST_NAME or (listed and listed[0] == len(found)):
            return
        if parts[-1].word.forms[0] in self._ordinary:
            return
        entry = (self._key(parts, "und"), kind)
        for spoken in _possible_keys(parts) | (_possible_keys(parts[-1:]) if kind == "person" else set()):
            bare = consonants(spoken)
            if len(bare.replace(" ", "")) >= TELLING:
                self._learned.setdefault(spoken, entry)
                self._heard_without_vowels.setdefault(bare, entry)

    def _match(self, words: Sequence[Token], position: int, language: str) -> tuple[int, Entry | None]:
        """Longest known name or nationality at a word: its number of words (0 for none), and its entry."""
        first = words[position].word
        if first.case != "lower" and (
            found := self._match_listed(words, position, language) or self._match_learned(words, position, language)
        ):
            return found
        for form in first.forms if first.case == "none" else (first.folded,):
            if entry := self._nation(form):
                return 1, entry
        return 0, None

    def _match_listed(self, words: Sequence[Token], position: int, language: str) -> tuple[int, Entry] | None:
        """The longest name of the tables that begins at a word."""
        tables = self._tables
        first = words[position].word
        forms = first.forms
        if language == "de" and first.folded.endswith("er"):
            forms = (*forms, first.folded[:-2])  # Moskauer, Kiewer
        most = max(tables.longest.get(form, 0) for form in forms)
        for length in range(min(most, len(words) - position), 0, -1):
            inner = [token.word.forms[0] for token in words[position + 1 : position + length - 1]]
            ends = [[form] for form in words[position + length - 1].word.forms] if length > 1 else [[]]
            for form, end in product(forms, ends):
                spelt = " ".join([form, *inner, *end])
                if entry := tables.names.get(spelt):
                    return length, entry
                if first.case in {"upper", "none"} and (entry := tables.acronyms.get(spelt)):
                    return length, entry
        return None

    def _find_nation(self, word: str) -> Entry | None:
        prefixes = self._tables.prefixes
        longest = min(len(word), self._longest_prefix)
        return next((prefixes[word[:n]] for n in range(longest, 3, -1) if word[:n] in prefixes), None)

    def _match_learned(self, words: Sequence[Token], position: int, language: str) -> tuple[int, Entry] | None:
        """The longest learned name that begins at a word, by its sound."""
        if not self._learned:
            return None
        capitals = words[position].word.case != "none"
        best: tuple[int, Entry] | None = None
        spoken = [""]
        for length, token in enumerate(words[position : position + _LONGEST_NAME + 1], start=1):
            if length > 1 and token.word.folded in _PARTICLES:
                continue
            if token.word.case == "lower":
                break
            readings = {reading for form in token.word.forms for reading in phonetic_key(form, language)}
            spoken = [f"{before} {reading}".strip() for before in spoken for reading in readings][:_MOST_READINGS]
            if not capitals and length == 1 and _NATIVE_ARABIC.search(token.word.folded):
                continue  # alone it is rather a word than a foreign name
            for sound in spoken:
                entry = self._learned.get(sound) if capitals else self._heard_without_vowels.get(consonants(sound))
                best = (length, entry) if entry else best
        return best

    def _capitalised(
        self, text: str, words: Sequence[Token], position: int, language: str, capitals_show: bool
    ) -> tuple[int, Entry | None]:
        """Run of capitalised words that is in no table: its length, and its key unless it may be no name."""
        run, end = [words[position]], position + 1
        for index in range(position + 1, min(len(words), position + _LONGEST_NAME)):
            token = words[index]
            if not _joined(text, words[index - 1], token):
                break
            if token.word.case == "lower" and token.word.folded in _PARTICLES:
                continue
            if token.word.case in {"lower", "none"} or self._match(words, index, language)[0]:
                break
            run.append(token)
            end = index + 1
        begins = position == 0 or _BREAK.search(text, words[position - 1].end, words[position].start) is not None
        titled = False  # "General Karpow" names somebody in German too; "Die Regierung" at the beginning does not
        while run and (run[0].word.forms[0] in self._ordinary or len(run[0].word.folded) == 1):
            run, begins, titled = run[1:], False, titled or not begins
        if not run:
            return end - position, None
        if len(run) > 1:
            full_key = key_of(" ".join(token.word.folded for token in run), language)
            if kind := self._tables.keys.get(full_key):
                return end - position, (full_key, kind)
        if language == "de":  # every noun has a capital there: two words side by side make a name
            run = [token for token in run if token is run[0] or text[token.start - 1] == " "]
        sure = len(run) > begins + (language == "de" and not titled)
        return end - position, (self._key(run, language), "other") if sure and capitals_show else None

    def _key(self, parts: Sequence[Token], language: str) -> str:
        """Key: the phonetic key of the last word; where that is too short or a stopword, of all words; else the
        words."""
        last = parts[-1].word
        if last.raw.isupper() and 1 < len(last.raw) <= _LONGEST_ACRONYM:
            return last.raw
        spoken = phonetic_key(last.forms[0], language)
        if spoken and len(consonants(spoken[0])) >= _SHORTEST_KEY and last.forms[0] not in self._ordinary:
            return spoken[0]
        return key_of(" ".join(token.word.folded for token in parts), language)


def _possible_keys(parts: Sequence[Token]) -> set[str]:
    """Possible phonetic keys of a name's words."""
    return {" ".join(each) for each in product(*(phonetic_key(token.word.forms[0]) or ("",) for token in parts))}


def _joined(text: str, before: Token, after: Token) -> bool:
    gap = text[before.end : after.start]
    return gap in _JOINS or (len(before.word.folded) == 1 and _INITIAL.fullmatch(gap) is not None)


def _is_headline(words: Sequence[Token]) -> bool:
    """True if most words have capitals, so that these identify no names."""
    cased = [token.word.case for token in words if token.word.case != "none" and len(token.word.raw) > 3]
    return len(cased) > 3 and sum(case != "lower" for case in cased) > _HEADLINE * len(cased)
