"""What the service answers about an organisation's desk as a whole."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsByState:
    """Numbers of flags by their state now."""

    open: int
    confirmed: int
    dismissed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsOfDay(FlagsByState):
    """Flags of a day in UTC, by their state now."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFlag:
    """The open flag that waits longest."""

    id: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentNarrative:
    """A narrative with its statements of the last 90 days, and of the 90 days before those."""

    id: str
    title: str
    recent: int
    before: int
    pause_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativesInState:
    """How many narratives there are in a state, and the ten most active."""

    count: int
    most_active: list[RecentNarrative]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsOfValue:
    """Number of flags of a language or an outlet."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsettledPredictions:
    """Predictions without a recorded outcome, counted up to 1,001."""

    lapsed: int
    lapsing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedFlag:
    """A flag on whose matches analysts differ."""

    id: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement between analysts; `alpha` is Krippendorff's."""

    judged: int
    agreed: int
    alpha: float | None
    disputed: list[DisputedFlag]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Figures of an organisation's desk at a moment."""

    at: datetime
    flags: FlagsByState
    days: list[FlagsOfDay]
    oldest: WaitingFlag | None
    growing: NarrativesInState
    back: NarrativesInState
    languages: list[FlagsOfValue]
    outlets: list[FlagsOfValue]
    predictions: UnsettledPredictions
    agreement: Agreement
