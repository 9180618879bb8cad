"""Overview of an organisation's desk: what came, what waits, and what moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.desk.annotations import Facet
from app.domain.desk.flags import FlagState
from app.domain.narratives.summaries import RecentNarrative
from app.domain.overview.agreement import Agreement

DAYS: Final = 30
"""Days of the plot of flags."""
LISTED: Final = 10
"""Narratives, languages and outlets in a list."""


@dataclass(frozen=True, slots=True)
class FlagsOfDay:
    """Flags of a day in UTC, by their state now."""

    day: date
    counts: Mapping[FlagState, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class WaitingFlag:
    """The open flag that waits longest."""

    id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class DisputedFlag:
    """Flag on whose matches analysts differ."""

    id: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class NarrativesInState:
    """Number of the narratives in a state, as the list of narratives has it, and the most active of them."""

    count: int
    most_active: Sequence[RecentNarrative]


@dataclass(frozen=True, slots=True)
class LapsingPredictions:
    """Predictions without a recorded outcome: those whose time has passed, and those whose time ends within a week.

    Counted up to a bound that the store sets.
    """

    lapsed: int = 0
    soon: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """Overview of an organisation's desk at a moment."""

    at: datetime
    days: Sequence[FlagsOfDay]
    counts: Mapping[FlagState, int]
    oldest: WaitingFlag | None
    growing: NarrativesInState
    returned: NarrativesInState
    languages: Sequence[Facet]
    """Of flags in any state, the most frequent first."""
    outlets: Sequence[Facet]
    predictions: LapsingPredictions
    agreement: Agreement
    disputed: Sequence[DisputedFlag]
    """The latest first."""

    @property
    def first_day(self) -> date:
        return self.days[0].day


def days_until(today: date) -> list[date]:
    """The last `DAYS` days, the earliest first."""
    return [today - timedelta(days=back) for back in reversed(range(DAYS))]
