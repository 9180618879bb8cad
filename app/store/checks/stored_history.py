"""The layout on disk of recurrences and of narratives' pasts, and the way there and back."""

from dataclasses import dataclass

from app.domain.checks.recurrence import Recurrence
from app.domain.narratives.history import NarrativeHistory
from app.domain.predictions.predictions import Tally
from app.store.stored_values import StoredPeriod, period_of


@dataclass(frozen=True, slots=True)
class StoredRecurrence:
    """Stored recurrence of a script."""

    count: int
    first_said_at: StoredPeriod | None
    last_said_at: StoredPeriod | None
    gaps_days: tuple[int, ...]
    days_since_last: int | None
    typical_interval_days: int | None = None
    said_before: StoredPeriod | None = None

    @classmethod
    def of(cls, recurrence: Recurrence) -> "StoredRecurrence":
        return cls(
            count=recurrence.count,
            first_said_at=StoredPeriod.of(recurrence.first_said_at),
            last_said_at=StoredPeriod.of(recurrence.last_said_at),
            gaps_days=recurrence.gaps_days,
            days_since_last=recurrence.days_since_last,
            typical_interval_days=recurrence.typical_interval_days,
            said_before=StoredPeriod.of(recurrence.said_before),
        )

    def restored(self) -> Recurrence:
        return Recurrence(
            count=self.count,
            first_said_at=period_of(self.first_said_at),
            last_said_at=period_of(self.last_said_at),
            gaps_days=self.gaps_days,
            days_since_last=self.days_since_last,
            typical_interval_days=self.typical_interval_days,
            said_before=period_of(self.said_before),
        )


@dataclass(frozen=True, slots=True)
class StoredTally:
    """Stored tally of predictions by outcome."""

    count: int = 0
    since: StoredPeriod | None = None
    happened: int = 0
    did_not_happen: int = 0
    unknown: int = 0
    disputed: int = 0
    expired: int = 0
    open: int = 0

    @classmethod
    def of(cls, tally: Tally) -> "StoredTally":
        return cls(
            count=tally.count,
            since=StoredPeriod.of(tally.since),
            happened=tally.happened,
            did_not_happen=tally.did_not_happen,
            unknown=tally.unknown,
            disputed=tally.disputed,
            expired=tally.expired,
            open=tally.open,
        )

    def restored(self) -> Tally:
        return Tally(
            count=self.count,
            since=period_of(self.since),
            happened=self.happened,
            did_not_happen=self.did_not_happen,
            unknown=self.unknown,
            disputed=self.disputed,
            expired=self.expired,
            open=self.open,
        )


@dataclass(frozen=True, slots=True)
class StoredHistory:
    """A narrative's past as of the check."""

    id: str
    title: str
    recurrence: StoredRecurrence
    predictions: StoredTally

    @classmethod
    def of(cls, history: NarrativeHistory) -> "StoredHistory":
        return cls(
            id=history.id,
            title=history.title,
            recurrence=StoredRecurrence.of(history.recurrence),
            predictions=StoredTally.of(history.predictions),
        )

    def restored(self) -> NarrativeHistory:
        return NarrativeHistory(
            id=self.id,
            title=self.title,
            recurrence=self.recurrence.restored(),
            predictions=self.predictions.restored(),
        )
