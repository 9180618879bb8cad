"""Suggested narratives: groups of statements that repeat each other and belong to no narrative."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.statements.statements import Statement

LEAST_MEMBERS: Final = 3
"""Statements of a group that is offered."""
GROUPING: Final = 1
"""What the grouping counts in the progress of a run, besides its statements."""
ALIKE: Final = 0.5
"""Jaccard index of two sets of members from which on they count as the same group."""


class SuggestionState(StrEnum):
    """State of a suggestion. A refusal is an organisation's own, and no state."""

    OPEN = "open"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class CommonPhrase:
    """Phrase of the most central member that other members repeat, and how many members have it, that one included."""

    text: str
    members: int


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """Group of statements that one run found; `members` are keys of statements, the most central first."""

    members: tuple[int, ...]
    strength: float
    """Mean over the members of the score of each one's best match in the group, 0 to 1."""
    phrases: tuple[CommonPhrase, ...] = ()
    compared: int = 0
    """Members whose phrases were compared, the most central included."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Stored suggestion. `owner`: key of the organisation whose private statements they are; None: shared ones."""

    key: int
    id: str
    owner: int | None
    state: SuggestionState
    members: tuple[int, ...]
    strength: float
    phrases: tuple[CommonPhrase, ...]
    compared: int
    created_at: datetime
    narrative: int | None = None
    """Key of the narrative that was made of it, or that its members were filed under."""
    narrative_made: bool = False
    """The narrative did not exist before."""
    filed: tuple[int, ...] = ()
    """Keys of the statements that acceptance filed under it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Group that an organisation does not want to be offered: the keys of its statements then."""

    key: int
    id: str
    members: frozenset[int]
    refused_at: datetime


@dataclass(frozen=True, slots=True)
class OfferedGroup:
    """Suggestion with its statements as they are now: those that were withdrawn or filed meanwhile are left out."""

    suggestion: Suggestion
    statements: tuple[Statement, ...]
    """The most central first."""
    foreign: frozenset[int] = frozenset()
    """Keys of statements that the viewer's organisation may not file, as another one brought them."""

    @property
    def headline(self) -> str:
        return self.statements[0].title or self.statements[0].text

    @property
    def in_order(self) -> list[Statement]:
        """Statements in order of time, undated ones last."""
        return sorted(self.statements, key=_begin)

    @property
    def dated(self) -> list[Statement]:
        return [one for one in self.in_order if one.said_by]

    @property
    def speakers(self) -> list[str]:
        return _distinct(one.speaker for one in self.in_order)

    @property
    def outlets(self) -> list[str]:
        return _distinct(one.source.name for one in self.in_order)

    @property
    def languages(self) -> list[str]:
        return _distinct(one.language for one in self.in_order)


def jaccard(one: AbstractSet[int], other: AbstractSet[int]) -> float:
    """Jaccard index of two sets: the size of the intersection divided by that of the union; 0 for two empty ones."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def refused_again(members: AbstractSet[int], refused: Sequence[AbstractSet[int]]) -> bool:
    """True if a group is the same as one of the refused ones, or nearly."""
    return any(jaccard(members, one) >= ALIKE for one in refused)


def matched(known: Mapping[int, AbstractSet[int]], found: Sequence[AbstractSet[int]]) -> list[int | None]:
    """For each found group the key of the known group that it is most alike, from `ALIKE` on, each key once."""
    alike = sorted(
        (
            (-jaccard(members, known[key]), at, key)
            for at, members in enumerate(found)
            for key in known
            if members & known[key] and jaccard(members, known[key]) >= ALIKE
        )
    )
    chosen: list[int | None] = [None] * len(found)
    for _, at, key in alike:
        if chosen[at] is None and key not in chosen:
            chosen[at] = key
    return chosen


def _begin(statement: Statement) -> tuple[bool, int, int]:
    return statement.said_by is None, statement.said_by.begins if statement.said_by else 0, statement.key


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
