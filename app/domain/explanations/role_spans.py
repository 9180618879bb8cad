"""The parts of a statement that vary from one telling of a script to the next, and what each part is in it."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from app.domain.core.text_quotes import TextQuote

Role = Literal["actor", "accused", "act", "means", "place", "quantity", "target", "victims", "time", "motive", "other"]
"""What a phrase is in a statement: who does it, on whom it is to be blamed, the deed, with what, where, how many, what
or whom it aims at, who is hurt, when, and what for. `other` where it is none of these, or cannot be told."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A phrase of one text."""

    role: Role
    span: TextQuote


@dataclass(frozen=True, slots=True)
class AlignedSpan:
    """A part that both texts have, repeated or changed."""

    role: Role
    statement: TextQuote
    precedent: TextQuote


@dataclass(frozen=True, slots=True)
class AddedSpan:
    """A part that only the statement has."""

    role: Role
    statement: TextQuote


@dataclass(frozen=True, slots=True)
class RemovedSpan:
    """A part that only the precedent has."""

    role: Role
    precedent: TextQuote


@dataclass(frozen=True, slots=True)
class AlignedSpans:
    """What a text has in common with a precedent, and what differs."""

    repeated: tuple[AlignedSpan, ...] = ()
    changed: tuple[AlignedSpan, ...] = ()
    added: tuple[AddedSpan, ...] = ()
    removed: tuple[RemovedSpan, ...] = ()
