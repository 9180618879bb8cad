"""Reasons that the program gives in English, found again by their words, so that another language can give them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Pattern, Placeable, TextElement, VariableReference

PREFIX: Final = "reason-"
_MOST_WORDS: Final = 8
"""Words that may name what was refused, before the reason."""
_SEPARATOR: Final = "; "
_PLACES: Final = f"{PREFIX}where-"
_MOST_PIECES: Final = 3
"""Pieces of a list that may be one reason, which has the separator in it."""
_LONGEST: Final = 8_000

Found = tuple[str, Mapping[str, str]]
"""The id of a message, and its arguments."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """English words of a message around its arguments: one more of `parts` than of `names`."""

    message_id: str
    parts: tuple[str, ...]
    names: tuple[str, ...]

    def arguments(self, said: str) -> dict[str, str] | None:
        """The arguments that give this sentence, or None; each part is looked for from the left, so in linear time."""
        first, *others = self.parts
        if not others:
            return {} if said == first else None
        last = others.pop()
        if not said.startswith(first) or not said.endswith(last) or len(said) < len(first) + len(last):
            return None
        found: dict[str, str] = {}
        at, end = len(first), len(said) - len(last)
        for name, part in zip(self.names, others, strict=False):
            place = said.find(part, at + 1, end)
            if place < 0:
                return None
            found[name], at = said[at:place], place + len(part)
        found[self.names[-1]] = said[at:end]
        return found if all(found.values()) else None


class ReasonWordings:
    """English reasons, as a catalog of them words them."""

    def __init__(self, catalog: str) -> None:
        """`catalog`: a file of English messages in Fluent, with no other expressions than their arguments."""
        worded = sorted(_wordings(catalog), key=lambda one: -sum(map(len, one.parts)))
        self._places = [one for one in worded if one.message_id.startswith(_PLACES)]
        self._reasons = [one for one in worded if not one.message_id.startswith(_PLACES)]

    def find(self, said: str) -> Found | None:
        """The message of an English reason, and its arguments; of several the one with the most words."""
        return _first(self._reasons, said)

    def find_place(self, said: str) -> Found | None:
        """The message that says where in a file something is, and its arguments."""
        return _first(self._places, said)

    def sentences(self, said: str) -> Iterator[tuple[str, Found] | str]:
        """The reasons in a list of them, `; ` between: what is refused (or ""), the message and its arguments; an
        unknown one as it is."""
        if len(said) > _LONGEST:
            yield said
            return
        pieces = said.split(_SEPARATOR)
        while pieces:
            for taken in range(min(len(pieces), _MOST_PIECES), 0, -1):
                found = self._named(_SEPARATOR.join(pieces[:taken]))
                if found:
                    yield found
                    break
            else:
                taken = 1
                yield pieces[0]
            pieces = pieces[taken:]

    def _named(self, said: str) -> tuple[str, Found] | None:
        where, rest = "", said
        for _ in range(_MOST_WORDS + 1):
            if found := self.find(rest):
                return where.rstrip(":"), found
            word, blank, rest = rest.partition(" ")
            if not blank or word.endswith(_SEPARATOR.strip()):
                return None
            where = f"{where} {word}" if where else word
        return None


def _first(wordings: Sequence[_Wording], said: str) -> Found | None:
    for one in wordings:
        found = one.arguments(said)
        if found is not None:
            return one.message_id, found
    return None


def _wordings(catalog: str) -> Iterator[_Wording]:
    for entry in FluentParser().parse(catalog).body:
        if isinstance(entry, Message) and entry.value and entry.id.name != f"{PREFIX}at":
            yield _Wording(entry.id.name, *_parts(entry.value))


def _parts(pattern: Pattern) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts, names = [""], list[str]()
    for element in pattern.elements:
        match element:
            case TextElement():
                parts[-1] += element.value
            case Placeable(expression=VariableReference(id=name)):
                names.append(name.name)
                parts.append("")
    return tuple(parts), tuple(names)


def numbers(arguments: Mapping[str, str]) -> dict[str, str | int]:
    """The arguments with those that are whole numbers as numbers, so that a language can write and count them."""
    return {name: int(value.replace(",", "")) if _is_number(value) else value for name, value in arguments.items()}


def _is_number(value: str) -> bool:
    digits: Sequence[str] = value.split(",")
    return value[:1] in "123456789" and all(part.isascii() and part.isdigit() for part in digits) and len(value) < 16
