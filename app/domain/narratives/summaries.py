"""Summaries of narratives for lists and plots."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.core.dates import Period
from app.domain.narratives.activity import Activity, NarrativeState
from app.domain.predictions.predictions import StatusLabel
from app.domain.statements.statements import NarrativeRef

NarrativeSort = Literal["last", "count", "title", "recent"]
"""Sort order of narratives: last appearance, number of statements, title, or number of recent statements."""


@dataclass(frozen=True, slots=True)
class NarrativeSummary:
    """Narrative in a list, with the number of statements under it and its descendants."""

    key: int
    id: str
    title: str
    description: str | None
    parent: NarrativeRef | None
    private: bool
    statement_count: int
    first_said_at: Period | None
    last_said_at: Period | None


@dataclass(frozen=True, slots=True)
class NarrativeActivity:
    """Narrative with the number of statements under it and its descendants, and its activity of late.

    `last` is the beginning of its last statement that is not dated after now, in microseconds since 1970 UTC.
    """

    ref: NarrativeRef
    parent: NarrativeRef | None
    private: bool
    statement_count: int
    last: int | None
    followed: bool
    activity: Activity


@dataclass(frozen=True, slots=True)
class RecentNarrative:
    """Narrative that was seen of late, with its activity, descendants included."""

    ref: NarrativeRef
    activity: Activity


@dataclass(frozen=True, slots=True)
class NarrativeLine:
    """Narrative in the list that it is worked from.

    `months`: numbers of statements in each of the last 24 months, the present one last; `news`: number of statements
    since the reader, who follows it, last looked; `tags`: those of the reader's organisation.
    """

    narrative: NarrativeActivity
    state: NarrativeState
    last_said_at: Period | None
    months: Sequence[int]
    news: int = 0
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """Point of a narrative's timeline: a dated appearance, or all of one speaker, outlet or language in one period.

    `url`: of the page of the statement, or of the list of several.
    """

    url: str
    said_at: Period
    text: str
    language: str
    speaker: str | None
    source: str | None = None
    outcome: StatusLabel | None = None
    """Outcome of its prediction, where it makes one."""
    count: int = 1
    """Number of statements."""


TimelineRows = Literal["speaker", "outlet", "language"]
"""What the rows of a timeline are."""


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """Number of statements of a speaker, an outlet or a language (`name`; None: not known) in a period."""

    name: str | None
    said_at: Period
    count: int
