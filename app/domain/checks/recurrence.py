"""Recurrence of a script: count, dates and gaps of its earlier instances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from app.domain.core.dates import Period, days_between


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Recurrence: the instances before a check, the dated ones in order of time. `gaps_days` has an entry between each
    two dated ones."""

    count: int
    first_said_at: Period | None
    last_said_at: Period | None
    gaps_days: tuple[int, ...]
    days_since_last: int | None
    typical_interval_days: int | None = None
    """The median of at least two gaps; None where there are fewer."""
    said_before: Period | None = None
    """Earliest bound of the instances that have no date but are known to have been said by then; None: no such one."""


def recurrence_of(periods: Iterable[Period], before: Period, bounds: Sequence[Period] = ()) -> Recurrence:
    """Recurrence of the instances that lie before the period of the check; `bounds`: of those without a date."""
    past = sorted((period for period in periods if period.begins < before.begins), key=lambda p: (p.begins, p.ends))
    first_bound = min(bounds, key=lambda bound: bound.ends, default=None)
    if not past:
        return Recurrence(len(bounds), None, None, (), None, said_before=first_bound)
    gaps = tuple(max(0, days_between(previous, following)) for previous, following in pairwise(past))
    typical = round(median(gaps)) if len(gaps) > 1 else None
    since = max(0, days_between(past[-1], before))
    return Recurrence(len(past) + len(bounds), past[0], past[-1], gaps, since, typical, first_bound)
