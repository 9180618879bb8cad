"""What of two aligned texts is worth telling a reader: phrases that are whole, the most telling first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from app.domain.lifting import Extent, Lifting, Told
from app.domain.quotes import TextQuote
from app.domain.slots import AddedSlot, AlignedSlot, DroppedSlot, Role

_REPEATED: Final[tuple[Role, ...]] = (
    "actor", "target", "victims", "means", "place", "act", "quantity", "time", "other",
)  # fmt: skip
_CHANGED: Final[tuple[Role, ...]] = (
    "quantity", "means", "actor", "accused", "target", "victims", "place", "time", "act", "motive", "other",
)  # fmt: skip
_ONE_SIDED: Final[tuple[Role, ...]] = (
    "quantity", "means", "actor", "victims", "target", "time", "other", "place", "act",
)  # fmt: skip
_WORD: Final = re.compile(r"\w+")

Status = Literal["repeated", "changed", "alone"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts of a text that make one phrase: "six tanks of toxic gas", "Syrian refugees"."""

    parts: tuple[Extent, ...]
    statuses: tuple[Status, ...]

    @property
    def extent(self) -> Extent:
        """All of it. Its role is that of its last word, if that has one: what comes before says more about it."""
        roles: list[Role] = [one.role for one in reversed(self.parts) if one.role != "other"]
        quantity: list[Role] = ["quantity"] if "quantity" in roles else []
        role: Role = next(iter([*quantity, *roles]), "other")
        return Extent(role, self.parts[0].start, self.parts[-1].end)

    @property
    def repeated(self) -> bool:
        return set(self.statuses) == {"repeated"}

    @property
    def alone(self) -> bool:
        """Whether the other text has no such thing, though it may have some of the words."""
        counted = any(
            one.role == "quantity" and status == "alone" for one, status in zip(self.parts, self.statuses, strict=True)
        )
        return "changed" not in self.statuses and (self.statuses[-1] == "alone" or counted)


@dataclass(frozen=True, slots=True)
class Change:
    """What took the place of what."""

    statement: Extent
    precedent: Extent

    @property
    def role(self) -> Role:
        """That of either, if one of them has one."""
        return min(self.statement.role, self.precedent.role, key=_CHANGED.index)


R = TypeVar("R", Extent, Change)


@dataclass(frozen=True, slots=True)
class Mentions:
    """The phrases that are worth telling, the most telling first. What both say is told as `readable` has it."""

    readable: Told
    repeated: tuple[Extent, ...]
    accused: Extent | None
    """Who is to be blamed in both."""
    changed: tuple[Change, ...]
    added: tuple[Extent, ...]
    dropped: tuple[Extent, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts and how their parts were aligned."""

    statement: Told
    precedent: Told
    repeated: Sequence[AlignedSlot]
    changed: Sequence[AlignedSlot]
    added: Sequence[AddedSlot]
    dropped: Sequence[DroppedSlot]

    @property
    def same(self) -> bool:
        """Whether their words are the same, whatever their punctuation."""
        return _WORD.findall(self.statement.text.casefold()) == _WORD.findall(self.precedent.text.casefold())

    def mentions(self, lifting: Lifting) -> Mentions:
        """What is worth telling."""
        statement = _phrases(
            self.statement,
            [(one.role, one.statement, "repeated") for one in self.repeated]
            + [(one.role, one.statement, "changed") for one in self.changed]
            + [(one.role, one.statement, "alone") for one in self.added],
            lifting,
        )
        precedent = _phrases(
            self.precedent,
            [(one.role, one.precedent, "repeated") for one in self.repeated]
            + [(one.role, one.precedent, "changed") for one in self.changed]
            + [(one.role, one.precedent, "alone") for one in self.dropped],
            lifting,
        )
        changes = {
            Change(statement[one.statement.start].extent, precedent[one.precedent.start].extent) for one in self.changed
        }
        readable, phrases = self.statement, statement
        if self.precedent.own and not self.statement.own:
            readable, phrases = self.precedent, precedent
        again = _again(readable, phrases.values(), lifting)
        return Mentions(
            readable,
            repeated=_ranked(again, _REPEATED),
            accused=next((one for one in again if one.role == "accused"), None),
            changed=_ranked(changes, _CHANGED),
            added=_ranked({one.extent for one in statement.values() if one.alone}, _ONE_SIDED),
            dropped=_ranked({one.extent for one in precedent.values() if one.alone}, _ONE_SIDED),
        )


def _phrases(told: Told, parts: Sequence[tuple[Role, TextQuote, Status]], lifting: Lifting) -> dict[int, Phrase]:
    """The phrase that each part belongs to, by where the part starts."""
    found: list[list[tuple[Extent, Status]]] = []
    for role, quote, status in sorted(parts, key=lambda one: one[1].start):
        part = Extent(role, quote.start, quote.end)
        if found and lifting.one_phrase(told, found[-1][-1][0], part):
            found[-1].append((part, status))
        else:
            found.append([(part, status)])
    phrases = [Phrase(tuple(part for part, _ in some), tuple(status for _, status in some)) for some in found]
    return {part.start: phrase for phrase in phrases for part in phrase.parts}


def _again(told: Told, phrases: Iterable[Phrase], lifting: Lifting) -> set[Extent]:
    """Phrases that are repeated as a whole, and names that are repeated in another phrase."""
    again = set()
    for phrase in phrases:
        if phrase.repeated:
            again.add(phrase.extent)
        elif "changed" not in phrase.statuses:
            named = zip(phrase.parts, phrase.statuses, strict=True)
            again.update(part for part, status in named if status == "repeated" and lifting.is_name(told, part))
    return again


def _ranked(some: Iterable[R], roles: Sequence[Role]) -> tuple[R, ...]:
    """Those with one of these roles, in the order of the roles and then of the text."""
    return tuple(
        sorted((one for one in some if one.role in roles), key=lambda one: (roles.index(one.role), _start(one)))
    )


def _start(one: Extent | Change) -> int:
    return one.start if isinstance(one, Extent) else one.statement.start
