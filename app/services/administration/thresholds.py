"""Effect of a moved flag threshold, counted in the flags of an organisation and their reviews; nothing is fitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.desk.flags import FlagState
from app.services.evaluation.statistics import wilson_interval
from app.services.ports import Store

FEW: Final = 30
"""Reviewed flags below which the share says little."""


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """Flags whose best match scores at least `threshold`.

    `share`: of confirmed ones among those reviewed, 0 to 1, None without any; `interval`: its 95 % interval.
    """

    threshold: float
    flags: int
    reviewed: int
    confirmed: int
    interval: tuple[float, float] | None

    @property
    def share(self) -> float | None:
        return self.confirmed / self.reviewed if self.reviewed else None


@dataclass(frozen=True, slots=True)
class ThresholdEffects:
    """Effects of thresholds, the lowest first, from the lowest score that a flag has."""

    points: Sequence[AtThreshold]
    in_force: float

    @property
    def reviewed(self) -> int:
        return self.points[0].reviewed if self.points else 0

    @property
    def enough(self) -> bool:
        return self.reviewed >= FEW


@dataclass(frozen=True, slots=True)
class ReadThresholds:
    """Reads the effects of thresholds on an organisation's flags."""

    store: Store
    flag_at: float
    """The threshold in force."""

    def __call__(self, organisation: Organisation) -> ThresholdEffects:
        with self.store.reading() as tx:
            return ThresholdEffects(effects(tx.administration.flags_by_score(organisation)), self.flag_at)


def effects(by_score: Mapping[tuple[int, FlagState], int]) -> list[AtThreshold]:
    """Effects of each threshold in hundredths, given the number of flags by score in hundredths and state."""
    if not by_score:
        return []
    found: list[AtThreshold] = []
    flags = reviewed = confirmed = 0
    for score in range(max(score for score, _ in by_score), min(score for score, _ in by_score) - 1, -1):
        is_confirmed, is_dismissed = by_score.get((score, "confirmed"), 0), by_score.get((score, "dismissed"), 0)
        flags += by_score.get((score, "open"), 0) + is_confirmed + is_dismissed
        reviewed += is_confirmed + is_dismissed
        confirmed += is_confirmed
        found.append(AtThreshold(score / 100, flags, reviewed, confirmed, wilson_interval(confirmed, reviewed)))
    return found[::-1]
