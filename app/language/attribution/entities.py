"""Names in an article, and the full name that a shorter or inflected one stands for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.language.lexicons.attribution import AttributionLexicon
from index.processor_budget import check_processor_budget

_WORD: Final = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?")
_POSSESSIVE: Final = re.compile(r"['’]s?\Z")
_PARTICLES: Final = frozenset(("ibn", "bin", "von", "van", "de"))
_SHARED_STEM = 3
_ENDING = 3
_MOST_WORDS = 5
_MOST_NAMES = 2_000
"""Names of an article that are distinguished: a book has so many."""


class WordForms:
    """Words by how they begin, so that the forms of one are found without comparing all of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            self._by_beginning.setdefault(_beginning(word), []).append(word)

    def has_form_of(self, word: str) -> bool:
        """True where one of the words is a form of `word`."""
        return any(same_word(word, known) for known in self._by_beginning.get(_beginning(word), ()))


@dataclass(frozen=True)
class Entities:
    """The names that an article writes in capitals, the longest form of each known by its shorter ones."""

    names: Sequence[str]
    lexicon: AttributionLexicon

    @classmethod
    def of(cls, text: str, lexicon: AttributionLexicon) -> "Entities":
        """Reads the runs of capitalised words of a text, titles before a person's name left out."""
        found: dict[str, None] = {}
        for run in _runs(text, lexicon):
            if run:
                found[run] = None
            if len(found) == _MOST_NAMES:
                break
        return cls(tuple(found), lexicon)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of every name."""
        return frozenset(word for name in self.names for word in name.split())

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        """The names by how each of their words begins, in order."""
        found: dict[str, list[str]] = {}
        for name in self.names:
            for beginning in dict.fromkeys(map(_beginning, name.split())):
                found.setdefault(beginning, []).append(name)
        return found

    @cached_property
    def _full(self) -> dict[str, str]:
        """Names that `full` has found."""
        return {}

    def starting(self, text: str, position: int) -> Iterator[str]:
        """The names that a text has at a position."""
        for name in self._by_start.get(text[position : position + _SHARED_STEM], ()):
            if text.startswith(name, position):
                yield name

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names:
            found.setdefault(name[:_SHARED_STEM], []).append(name)
        return found

    def full(self, name: str) -> str:
        """The longest name in the article that a name is short for; itself where there is none, or several."""
        if name not in self._full:
            self._full[name] = self._longest(name)
        return self._full[name]

    def _longest(self, name: str) -> str:
        check_processor_budget()
        words = name.split()
        similar: list[Sequence[str]] = [self._by_word.get(_beginning(word), ()) for word in words]
        longer = [
            longer_name
            for longer_name in min(similar, key=len, default=self.names)
            if _contains(longer_name.split(), words)
        ]
        most = max((len(longer_name.split()) for longer_name in longer), default=0)
        fullest = {longer_name for longer_name in longer if len(longer_name.split()) == most}
        if not fullest:
            return name
        if len(fullest) > 1:
            same = {
                longer_name
                for longer_name in fullest
                if _alike(longer_name.split(), next(iter(sorted(fullest, key=len))).split())
            }
            return min(fullest, key=lambda longer_name: (len(longer_name), longer_name)) if same == fullest else name
        return fullest.pop()

    def knows(self, name: str) -> bool:
        """True where the article has a longer form of a name."""
        return self.full(name) != name


def _runs(text: str, lexicon: AttributionLexicon) -> Iterable[str]:
    run: list[str] = []
    end = -1
    titled = False
    for match in _WORD.finditer(text):
        word = lexicon.grammar.name_suffix.sub("", _POSSESSIVE.sub("", match[0]))
        joined = run and text[end : match.start()] in (" ", "\u00a0")
        small = joined and (word.startswith(("al-", "el-")) or word in _PARTICLES)
        if (word[0].isupper() or small) and len(word) > 1:
            if not joined:
                yield untitled(run, lexicon, titled=titled)
                run = []
            run.append(word)
            if word != match[0] and not match[0].endswith(("'", "’")):  # `Kavria's Energy Inspectorate` is two names
                yield untitled(run, lexicon, titled=titled)
                run = []
        else:
            yield untitled(run, lexicon, titled=titled)
            run = []
            titled = lexicon.role.fullmatch(word) is not None
        end = match.end()
    yield untitled(run, lexicon, titled=titled)


def person_of(run: Sequence[str], lexicon: AttributionLexicon, *, after_body: bool = False) -> list[str]:
    """The person whom a run of capitals ends with.

    Russian and Ukrainian put the body before the name, `МИД России Сергей Лавров`: first name and surname are the last
    two words, or three with a patronymic.
    """
    words = list(run)
    if after_body and len(words) > 2:
        return words[-2:]
    if len(words) > 2 and "а" <= words[-1][0].lower() <= "є":
        return words[-3:] if any(lexicon.grammar.patronymic.search(word) for word in words[-2:]) else words[-2:]
    return words


def untitled(run: Sequence[str], lexicon: AttributionLexicon, *, titled: bool = False) -> str:
    """A run of capitalised words as a name: without articles and titles before it; empty where nothing is left.

    `titled`: a title in small letters stands before it.
    """
    words = list(run)
    for index in range(len(words) - 1, -1, -1):
        if lexicon.role.fullmatch(words[index]) and index + 1 < len(words):
            words = words[index + 1 :]
            titled = True
            break
    small = (lexicon.linking, lexicon.clause, lexicon.that, lexicon.according, lexicon.as_said)
    while words and any(kind.fullmatch(words[0]) for kind in small):
        words = words[1:]
    if titled and (lexicon.grammar.name_endings or speaks_for_body(words, lexicon)):
        words = person_of(words, lexicon, after_body=bool(lexicon.grammar.name_endings))
    elif not any(lexicon.body.fullmatch(word) for word in words):
        words = person_of(words, lexicon)
    return " ".join(words) if 1 < len(words) <= _MOST_WORDS else ""


def speaks_for_body(words: Sequence[str], lexicon: AttributionLexicon) -> bool:
    """True where words after a title are a body and then a person: `МИД России Анна Хольм`."""
    if lexicon.grammar.name_endings:
        return len(words) > 2 and any(lexicon.body.fullmatch(word) for word in words[:-2])
    person = person_of(words, lexicon)
    body = words[: -len(person)]
    return len(body) > 1 and len(person) > 1 and lexicon.body.fullmatch(body[0]) is not None


def _contains(longer: Sequence[str], words: Sequence[str]) -> bool:
    """True where a name contains another's words, in order and side by side, whatever the cases."""
    if len(longer) <= len(words):
        return False
    return any(_alike(longer[start : start + len(words)], words) for start in range(len(longer) - len(words) + 1))


def _alike(words: Sequence[str], others: Sequence[str]) -> bool:
    return len(words) == len(others) and all(same_word(a, b) for a, b in zip(words, others, strict=True))


def _beginning(word: str) -> str:
    """Beginning that all forms of a word share."""
    return word.lower().removeprefix("al-")[:_SHARED_STEM]


def same_word(first: str, second: str) -> bool:
    """Tests whether two words are forms of one word; in Cyrillic the endings may differ, as cases do."""
    a, b = first.lower().removeprefix("al-"), second.lower().removeprefix("al-")
    if a == b:
        return True
    if not ("а" <= a[:1] <= "є" and "а" <= b[:1] <= "є"):
        return False
    shared = 0
    while shared < min(len(a), len(b)) and a[shared] == b[shared]:
        shared += 1
    return shared >= _SHARED_STEM and max(len(a), len(b)) - shared <= _ENDING
