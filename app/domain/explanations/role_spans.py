"""Role spans: phrases of a statement with their semantic roles, aligned with those of a precedent."""

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from app.domain.core.text_quotes import TextQuote

Role = Literal["actor", "accused", "act", "means", "place", "quantity", "target", "victims", "time", "motive", "other"]
"""Semantic role of a phrase: the actor, the accused, the act, its means, place, quantity, target, victims, time and
motive. `other` where it has none of these, or an unclear one."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)

ConflictKind = Literal["opposite", "contrast", "negation", "number", "exchange"]
"""Why a replacement is no mere detail. `opposite`: words of which one denies the other, "causes" and "prevents";
`contrast`: traits that exclude each other, "north" and "south"; `negation`: one phrase is negated; `number`: numbers of
one thing; `exchange`: who does it, and to whom."""

OPPOSING: Final[frozenset[ConflictKind]] = frozenset(["opposite", "negation", "exchange"])
"""Those by which a text says the opposite, and not the same with another detail."""


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
    conflict: ConflictKind | None = None
    """Of a replacement that is no mere detail; not part of the stored answer, which has the explanation."""


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

    @property
    def opposed(self) -> bool:
        """True if the text surely says the opposite of the precedent."""
        return any(span.conflict in OPPOSING for span in self.changed)

    @property
    def conflicting(self) -> bool:
        """True if the texts conflict, in a number at least: then neither repeats the other word for word."""
        return any(span.conflict for span in self.changed)

    def moved(self, text: str, offset: int) -> "AlignedSpans":
        """The same spans as quotes of `text`, in which the statement that they were found in begins at `offset`."""

        def whole(quote: TextQuote) -> TextQuote:
            return TextQuote.of(text, quote.start + offset, quote.end + offset)

        def both(spans: tuple[AlignedSpan, ...]) -> tuple[AlignedSpan, ...]:
            return tuple(replace(span, statement=whole(span.statement)) for span in spans)

        added = tuple(AddedSpan(span.role, whole(span.statement)) for span in self.added)
        return AlignedSpans(both(self.repeated), both(self.changed), added, self.removed)
