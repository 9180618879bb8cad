"""Role spans: phrases of a statement with their semantic roles, aligned with those of a precedent."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from app.domain.core.text_quotes import TextQuote

Role = Literal["actor", "accused", "act", "means", "place", "quantity", "target", "victims", "time", "motive", "other"]
"""Semantic role of a phrase: the actor, the accused, the act, its means, place, quantity, target, victims, time and
motive. `other` where it has none of these, or an unclear one."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A phrase of one text."""

    role: Role
    span: TextQuote


@dataclass(frozen=True, slots=True)
class AlignedSpan:
    """Phrase in both texts, repeated or replaced."""

    role: Role
    statement: TextQuote
    precedent: TextQuote


@dataclass(frozen=True, slots=True)
class AddedSpan:
    """Phrase of the statement without a counterpart in the precedent."""

    role: Role
    statement: TextQuote


@dataclass(frozen=True, slots=True)
class RemovedSpan:
    """Phrase of the precedent without a counterpart in the statement."""

    role: Role
    precedent: TextQuote


@dataclass(frozen=True, slots=True)
class AlignedSpans:
    """Aligned spans of a text and a precedent: repeated, changed, added and dropped."""

    repeated: tuple[AlignedSpan, ...] = ()
    changed: tuple[AlignedSpan, ...] = ()
    added: tuple[AddedSpan, ...] = ()
    removed: tuple[RemovedSpan, ...] = ()

    def moved(self, text: str, offset: int) -> "AlignedSpans":
        """The same spans as quotes of `text`, in which the statement that they were found in begins at `offset`."""

        def whole(quote: TextQuote) -> TextQuote:
            return TextQuote.of(text, quote.start + offset, quote.end + offset)

        def both(spans: tuple[AlignedSpan, ...]) -> tuple[AlignedSpan, ...]:
            return tuple(AlignedSpan(span.role, whole(span.statement), span.precedent) for span in spans)

        added = tuple(AddedSpan(span.role, whole(span.statement)) for span in self.added)
        return AlignedSpans(both(self.repeated), both(self.changed), added, self.removed)
