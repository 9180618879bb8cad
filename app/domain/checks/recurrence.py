"""Recurrence of a script: count, dates and gaps of its earlier instances."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from app.domain.core.dates import Period, days_between


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Recurrence: the dated instances before a check, in order of time. `gaps_days` has count - 1 entries."""

    count: int
    first_said_at: Period | None
    last_said_at: Period | None
    gaps_days: tuple[int, ...]
    days_since_last: int | None
    typical_interval_days: int | None = None
    """The median of at least two gaps; None where there are fewer."""


def recurrence_of(periods: Iterable[Period], before: Period) -> Recurrence:
    """Recurrence of the instances that lie before the period of the check."""
    past = sorted((period for period in periods if period.begins < before.begins), key=lambda p: (p.begins, p.ends))
    if not past:
        return Recurrence(0, None, None, (), None)
    gaps = tuple(max(0, days_between(previous, following)) for previous, following in pairwise(past))
    typical = round(median(gaps)) if len(gaps) > 1 else None
    return Recurrence(len(past), past[0], past[-1], gaps, max(0, days_between(past[-1], before)), typical)
