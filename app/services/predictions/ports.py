"""Port of predictions: queries over what statements predict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from app.domain.access.keys import Organisation
from app.domain.core.dates import instant
from app.domain.predictions.predictions import Horizon

SOON: Final = timedelta(days=7)
"""Time within which a prediction lapses soon."""


@dataclass(frozen=True, slots=True)
class PredictionFilter:
    """Filter of predictions without a recorded outcome: those that lapse after one moment and until another.

    Moments are microseconds since 1970 UTC; `after` is None for any. `speaker`: compared without regard to case;
    `narrative`: its id, external id or title.
    """

    until: int
    horizon: Horizon
    after: int | None = None
    speaker: str | None = None
    narrative: str | None = None


@dataclass(frozen=True, slots=True)
class LapsingStatement:
    """Statement whose prediction lapses: its key, and the moment in microseconds."""

    key: int
    lapses: int


class Predictions(Protocol):
    """Predictions of statements that a viewer sees; withdrawn statements predict nothing."""

    def count(self, viewer: Organisation, filters: PredictionFilter, limit: int) -> int:
        """Number of predictions, counted up to `limit`."""

    def find(
        self, viewer: Organisation, filters: PredictionFilter, skipped: int, limit: int, *, latest_first: bool
    ) -> Sequence[LapsingStatement]:
        """Page of predictions in order of the moment at which they lapse."""

    def speakers(self, viewer: Organisation, filters: PredictionFilter, limit: int) -> Sequence[str]:
        """Speakers of predictions, those with the most first."""

    def narratives(self, viewer: Organisation, filters: PredictionFilter, limit: int) -> Sequence[str]:
        """Titles of the narratives of predictions, those with the most first."""


def lapsed_by(moment: datetime, horizon: Horizon) -> PredictionFilter:
    """Filter of the predictions that have lapsed by a moment."""
    return PredictionFilter(instant(moment).begins, horizon)


def lapsing_within(moment: datetime, horizon: Horizon) -> PredictionFilter:
    """Filter of the predictions that lapse within `SOON` after a moment."""
    return replace(lapsed_by(moment + SOON, horizon), after=instant(moment).begins)
