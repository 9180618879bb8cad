"""Speakers and outlets: how much each said, and which names may be those of one speaker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.core.dates import Period
from app.domain.statements.statements import NarrativeRef, Outcome

NameKind = Literal["speaker", "outlet"]
"""Whose page: who said something, or where it was said."""

NameSort = Literal["count", "last", "name"]
"""Sort order of names: number of statements, last statement, or the alphabet."""


@dataclass(frozen=True, slots=True)
class NamedRef:
    """Speaker or outlet; `key` is the store's number for it."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class NamedLine:
    """Speaker, with all of its names, or outlet in a list.

    `first` and `last`: beginnings of its first and last dated statement, in microseconds since 1970 UTC; what is dated
    after now is left out. `months`: numbers of statements in each of the last 24 months, the present one last.
    """

    ref: NamedRef
    statement_count: int
    narrative_count: int
    languages: int
    first: int | None
    last: int | None
    months: Sequence[int] = ()
    first_said_at: Period | None = None
    last_said_at: Period | None = None


@dataclass(frozen=True, slots=True)
class NamedFinding:
    """Finding about a statement of a speaker or an outlet."""

    verdict: str
    publisher: str | None
    outcome: Outcome | None
    statement_id: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class NamedDetail:
    """All that the page of a speaker or an outlet shows, but its latest statements."""

    line: NamedLine
    aliases: Sequence[NamedRef]
    languages: Mapping[str, int]
    narratives: Sequence[tuple[NarrativeRef, int]]
    findings: Sequence[NamedFinding]


@dataclass(frozen=True, slots=True)
class AliasSuggestion:
    """Two names that may be those of one speaker. `shared`: number of narratives that both were seen in."""

    speaker: NamedRef
    into: NamedRef
    shared: int
