"""What of two aligned texts is worth telling a reader: phrases that are whole, the most telling first."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.explanations.role_spans import AddedSlot, AlignedSlot, DroppedSlot, Role
from app.language.explanation.noun_phrases import Phrase, phrases_of
from app.language.explanation.phrase_rendering import Extent, Lifting, Told
from app.language.explanation.replacements import Change, changes

_REPEATED: Final[tuple[Role, ...]] = (
    "actor", "target", "victims", "means", "place", "act", "quantity", "time", "other",
)  # fmt: skip
_ONE_SIDED: Final[tuple[Role, ...]] = (
    "quantity", "means", "actor", "victims", "target", "time", "other", "place", "act",
)  # fmt: skip
_WORD: Final = re.compile(r"\w+")


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
        statement = phrases_of(
            self.statement,
            [(one.role, one.statement, "repeated") for one in self.repeated]
            + [(one.role, one.statement, "changed") for one in self.changed]
            + [(one.role, one.statement, "alone") for one in self.added],
            lifting,
        )
        precedent = phrases_of(
            self.precedent,
            [(one.role, one.precedent, "repeated") for one in self.repeated]
            + [(one.role, one.precedent, "changed") for one in self.changed]
            + [(one.role, one.precedent, "alone") for one in self.dropped],
            lifting,
        )
        changed = changes(
            [Change(statement[one.statement.start], precedent[one.precedent.start]) for one in self.changed],
            statement.values(),
            precedent.values(),
        )
        readable, phrases = self.statement, statement
        if self.precedent.own and not self.statement.own:
            readable, phrases = self.precedent, precedent
        again = _again(readable, phrases.values(), lifting)
        return Mentions(
            readable,
            repeated=_ranked(again, _REPEATED),
            accused=_accused(phrases.values()),
            changed=changed,
            added=_alone(self.statement, statement.values(), {one.statement for one in changed}, lifting),
            dropped=_alone(self.precedent, precedent.values(), {one.precedent for one in changed}, lifting),
        )


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


def _accused(phrases: Iterable[Phrase]) -> Extent | None:
    """Who is to be blamed in both: told alike, or by the same name and not as fully in one."""
    blamed = (one for one in phrases if one.extent.role == "accused" and one.statuses[-1] == "repeated")
    return next((one.extent for one in blamed), None)


def _alone(told: Told, phrases: Iterable[Phrase], changed: Collection[Phrase], lifting: Lifting) -> tuple[Extent, ...]:
    """Phrases that the other text has not, nor a name in them: "Idlib governorate" is Idlib again."""
    alone = set()
    for phrase in phrases:
        named = zip(phrase.parts, phrase.statuses, strict=True)
        known = any(status == "repeated" and lifting.is_name(told, part) for part, status in named)
        if (phrase.alone or "changed" in phrase.statuses) and not phrase.vague and phrase not in changed and not known:
            alone.add(phrase.extent)
    return _ranked(alone, _ONE_SIDED)


def _ranked(some: Iterable[Extent], roles: Sequence[Role]) -> tuple[Extent, ...]:
    """Those with one of these roles, in the order of the roles and then of the text."""
    return tuple(sorted((one for one in some if one.role in roles), key=lambda one: (roles.index(one.role), one.start)))
