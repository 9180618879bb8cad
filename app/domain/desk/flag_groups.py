"""Groups of flags that are one row of a list: texts that are nearly equal, or the claims of one article."""

from dataclasses import dataclass
from typing import Final

from app.domain.desk.flags import Flag

MOST_TOGETHER: Final = 50
"""Flags in a group of nearly equal texts; the next one begins another group."""


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A flag of a group, with its version when the list was read."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Article:
    """Document that a flag's statement is a claim of."""

    id: str
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class FlagGroup:
    """Row of a list: its first flag, and all flags of the group that the list's filter selects, that one included."""

    first: Flag
    members: tuple[GroupMember, ...]
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class ListCount:
    """Number of flags that a filter selects: those in the listed state, and those in any. `exact`: False where both
    are lower bounds, as counting them all would take too long."""

    listed: int
    any_state: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class ReviewTally:
    """Number of flags that one reviewer confirmed and dismissed since a moment, and of statements archived by that."""

    confirmed: int = 0
    dismissed: int = 0
    archived: int = 0
