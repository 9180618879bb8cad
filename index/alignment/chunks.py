"""Chunking: the smallest units of alignment. A content word, a name, a number with its unit, a time."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from index.alignment.lexicon import Lexicon, lexicon
from index.alignment.segmentation import HAN, KANA, THAI
from index.alignment.tokens import words
from index.lexicons import languages
from index.text.names import NameRecognizer
from index.text.terms import stems


class Kind(IntEnum):
    """Kind of a chunk, determined without a model."""

    WORD = 0
    NAME = 1
    """Name that is neither a place nor a person, or may be either."""
    PLACE = 2
    PERSON = 3
    NUMBER = 4
    QUANTITY = 5
    """Number with its unit or noun."""
    TIME = 6


NAMES: Final = (Kind.NAME, Kind.PLACE, Kind.PERSON)
NUMBERS: Final = (Kind.NUMBER, Kind.QUANTITY)


class Chunk(NamedTuple):
    """Chunk of a text: its offsets and the keys that identify it; "" where there is none."""

    start: int
    end: int
    kind: Kind
    stem: str
    """Stems of its words, with blanks between."""
    key: str = ""
    """Key of a name, equal in every language and script; value of a number."""


class _Word(NamedTuple):
    start: int
    end: int
    lower: str
    stem: str


_NAMED: Final = {"place": Kind.PLACE, "person": Kind.PERSON}
_LONGEST_PHRASE: Final = 4


def read_chunks(text: str, language: str, names: NameRecognizer) -> list[Chunk]:
    """Chunks of a text in order, function words left out. `language`: its ISO 639 code."""
    lists = lexicon(language if language in languages() else _language_of_script(text, language))
    spans = words(text)
    lower = [text[start:end].lower() for start, end in spans]
    found = [_Word(*span, *forms) for span, *forms in zip(spans, lower, stems(lower, language), strict=True)]
    return list(_Chunker(text, found, lists, _named(text, language, found, lists, names)).chunks())


_SCRIPTS: Final = (("ja", KANA), ("zh", HAN), ("th", THAI), ("hi", "\u0900-\u097f"))
"""Scripts that are mostly those of one language, with its function words."""


def _language_of_script(text: str, language: str) -> str:
    return next((code for code, letters in _SCRIPTS if re.search(f"[{letters}]", text)), language)


Named = dict[int, tuple[int, Kind, str]]
"""By a name's first word: the word after its last, its kind, its key."""


def _named(text: str, language: str, found: Sequence[_Word], lists: Lexicon, names: NameRecognizer) -> Named:
    named: Named = {}
    position = 0
    for name in names.find(text, language):
        while position < len(found) and found[position].end <= name.start:
            position += 1
        first = position
        while position < len(found) and found[position].start < name.end:
            position += 1
        if position > first + 1 and found[first].lower in lists.function:  # "The Pentagon", "En Bretagne"
            first += 1
        kind = _NAMED.get(name.kind, Kind.NAME)
        ordinary = (
            found[first].lower in lists.function or found[first].lower in lists.numbers if first < position else True
        )
        if kind is Kind.NAME and language == "de" and position > first + 1:
            ordinary = True  # every noun has a capital there
        if not ordinary or (position > first + 1 and language != "de"):
            named[first] = (position, kind, name.key)
    return named


class _Chunker:
    """Chunker: a single pass over the words of a text."""

    def __init__(self, text: str, found: Sequence[_Word], lists: Lexicon, named: Named) -> None:
        self.text, self.found, self.lists, self.named = text, found, lists, named

    def chunks(self) -> Iterator[Chunk]:
        position = 0
        while position < len(self.found):
            end, part = self._chunk_at(position)
            if part:
                yield part
            position = end

    def _chunk_at(self, position: int) -> tuple[int, Chunk | None]:
        """Chunk that begins at a word, and the position after it; None for a function word."""
        if counted := self._number(position):
            return counted
        if position in self.named:
            end, kind, key = self.named[position]
            if not (kind is Kind.NAME and end == position + 1 and self._is_time(position)):
                return end, self._chunk(position, end, kind, key)
        word = self.found[position].lower
        if word in self.lists.negations and self._content_word_follows(position + 1):
            end, part = self._chunk_at(position + 1)
            return end, part and part._replace(start=self.found[position].start, stem=f"{word} {part.stem}")
        if word in self.lists.deictics and self._is_time(position + 1) and self._joined(position):
            return position + 2, self._chunk(position, position + 2, Kind.TIME)
        if length := self._phrase(position):
            return position + length, None
        if self.lists.is_function(word, self.found[position - 1].lower if position else ""):
            return position + 1, None
        if self._is_time(position):
            return position + 1, self._chunk(position, position + 1, Kind.TIME)
        if self._follows(position, self.lists.particles) and not self._follows(position + 1, _AFTER_PREPOSITION):
            return position + 2, self._chunk(position, position + 2, Kind.WORD)
        return position + 1, self._chunk(position, position + 1, Kind.WORD)

    def _number(self, position: int) -> tuple[int, Chunk] | None:
        """A number with what belongs to it: "more than 300", "half a million euros", "1 January 2021"."""
        first = position + self._degree(position)
        end, values = first, list[str]()
        while end < len(self.found) and (known := self._value(end)):
            if values and not (self._joined(end - 1) and self._continues(end, known)):
                break
            values.append(known)
            end += 1
        value = combined_value(values)
        if not value or (end == first + 1 and self._only_article(first)):
            return None
        if self._joined(end - 1) and self._is_time(end):
            while end < len(self.found) and self._joined(end - 1) and (self._is_time(end) or self._value(end)):
                end += 1
            return end, self._chunk(position, end, Kind.TIME, value)
        if self._joined(end - 1) and self._is(end, self.lists.measures):
            return end + 1, self._chunk(position, end + 1, Kind.QUANTITY, value)
        if end == first + 1 and self.lists.is_character(self.found[first].lower):
            return None  # "第一", "唯一"
        compound = self.found[end - 1].lower.partition("-")[2]
        kind = Kind.QUANTITY if compound or (end == first + 1 and self._unit_sign(end - 1)) else Kind.NUMBER
        part = self._chunk(position, end, kind, value)
        return end, part._replace(end=part.end + 1) if self.text[part.end : part.end + 1] in _SIGNS else part

    def _continues(self, position: int, value: str) -> bool:
        """True if a number goes on with the one before it: "6 million", "twenty five", and not "in 2018 three"."""
        spelled = not self.found[position - 1].lower[0].isdigit()
        try:
            return spelled or not 1 <= float(value) < _SMALLEST_FACTOR
        except ValueError:
            return spelled

    def _degree(self, position: int) -> int:
        """Number of words from a position on that qualify the number after them: "more than"."""
        for length in range(min(_LONGEST_PHRASE, len(self.found) - position - 1), 0, -1):
            counts = self._words(position, length) in self.lists.degrees and self._joined(position + length - 1)
            if counts and self._value(position + length):
                return length
        return 0

    def _phrase(self, position: int) -> int:
        """Number of words from a position on that form a phrase without content."""
        lengths = range(_LONGEST_PHRASE, 1, -1)
        return next((length for length in lengths if self._words(position, length) in self.lists.phrases), 0)

    def _words(self, position: int, length: int) -> tuple[str, ...]:
        return tuple(word.lower for word in self.found[position : position + length])

    def _value(self, position: int) -> str:
        """The value of a number or of a word that is part of one; "" for any other word."""
        word = self.found[position].lower
        if word[0].isdigit():
            digits, _, magnitude = word.partition("-")
            factor = self.lists.numbers.get(magnitude, 0)
            return combined_value([_plain(digits), f"{factor:.12g}"]) if factor else _plain(word)
        if position in self.named:
            return ""
        value = self.lists.numbers.get(word)
        if value is None:
            return word if self.lists.spelled.fullmatch(word) else ""
        return f"{value:.12g}"

    def _only_article(self, position: int) -> bool:
        """True if a number word is in fact an article: "un", "eine", "one"."""
        return self.found[position].lower in self.lists.function and self.found[position].lower in self.lists.numbers

    def _unit_sign(self, position: int) -> bool:
        after = self.text[self.found[position].end : self.found[position].end + 2].strip()
        return after[:1] in tuple("%‰€$£₽°")

    def _is_time(self, position: int) -> bool:
        return self._is(position, self.lists.times)

    def _is(self, position: int, listed: frozenset[str]) -> bool:
        return position < len(self.found) and (
            self.found[position].lower in listed or self.found[position].stem in listed
        )

    def _content_word_follows(self, position: int) -> bool:
        """True if a content word stands here, right after the one before."""
        return (
            position < len(self.found)
            and self._joined(position - 1)
            and self.found[position].lower not in self.lists.function
        )

    def _follows(self, position: int, listed: frozenset[str]) -> bool:
        return position + 1 < len(self.found) and self._joined(position) and self.found[position + 1].lower in listed

    def _joined(self, position: int) -> bool:
        """True if only blanks separate a word from the next."""
        if position + 1 >= len(self.found):
            return False
        return self.text[self.found[position].end : self.found[position + 1].start].isspace()

    def _chunk(self, first: int, end: int, kind: Kind, key: str = "") -> Chunk:
        words = self.found[first:end]
        return Chunk(words[0].start, words[-1].end, kind, " ".join(word.stem for word in words), key)


_SIGNS: Final = ("%", "‰", "€", "$", "£", "₽")
"""Written right behind a number, with which they are shown."""

_GROUPED: Final = re.compile(r"[.,\u00a0\u202f ](?=\d{3}(?:\D|$))")
_DIGITS: Final = re.compile(r"(\d[\d.,\u00a0\u202f ]*)-?([^\W\d_]*)")
_MAGNITUDES: Final = {"k": 1e3, "mn": 1e6, "mln": 1e6, "mio": 1e6, "bn": 1e9, "mrd": 1e9, "tn": 1e12}
_AMBIGUOUS: Final = ("m", "b")
_SMALLEST_FACTOR: Final = 100


def _plain(word: str) -> str:
    """Value of a number in digits, without the marks that group them, and with a decimal point: "1.234,5" is "1234.5",
    "1.7bn" is "1700000000". With letters behind it that may be a unit or a million, it is kept as it is."""
    found = _DIGITS.match(word)
    value = _GROUPED.sub("", found[1]).replace(",", ".").rstrip(".") if found else ""
    letters = found[2] if found else ""
    if letters in _AMBIGUOUS or value.count(".") > 1 or not value:
        return word
    return f"{float(value) * _MAGNITUDES[letters]:.12g}" if letters in _MAGNITUDES else value


def combined_value(values: Sequence[str]) -> str:
    """Value of numbers written side by side: "2.5", "1000000" are "2500000", "20", "5" are "25", "2", "0.333" are
    "0.666". What is no plain number is kept as it is."""
    try:
        numbers = [float(value) for value in values]
    except ValueError:
        return " ".join(values)
    total, last = 0.0, 0.0
    for number in numbers:
        if (number >= _SMALLEST_FACTOR and 0 < last < number) or 0 < number < 1 <= last:
            total += last * number - last
            last *= number
        else:
            total, last = total + number, number
    return f"{total:.12g}" if numbers else ""


_AFTER_PREPOSITION: Final = frozenset({"of", "to", "the", "a", "an"})
"""After "out" or "up" they show that it is no part of the verb before it."""
