"""Recurrence plot: a stroke for each instance of a script along the time, and the checked statement at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.checks.checks import Check
from app.domain.desk.flags import filter_date

_MARGIN: Final = 4.0


@dataclass(frozen=True, slots=True)
class YearLine:
    """Grid line at the start of a year."""

    x: float
    year: int


@dataclass(frozen=True, slots=True)
class RecurrencePlot:
    """Places along the time in units of the width, the earliest instance at the left."""

    width: int
    strokes: Sequence[float]
    now: float
    """Position of the checked statement."""
    years: Sequence[YearLine]
    dates: Sequence[date]
    """Dates of the instances, computed from their gaps."""


def recurrence_plot(check: Check, width: int) -> RecurrencePlot | None:
    """The plot in so many units of width; None where nothing dated came before."""
    days = _days(check)
    if not days:
        return None
    now = max(filter_date(check).first_day, days[-1])
    first, span = days[0], max(1, (now - days[0]).days)
    room = width - 2 * _MARGIN

    def place(day: date) -> float:
        return round(_MARGIN + room * (day - first).days / span, 1)

    begun = [date(year, 1, 1) for year in range(first.year + 1, now.year + 1)]
    step = max(1, -(-len(begun) // 6))
    years = [YearLine(place(day), day.year) for day in begun[::step]]
    return RecurrencePlot(width, [place(day) for day in days], place(now), years, days)


def _days(check: Check) -> list[date]:
    """The days of the instances: the first and the last are known, those between follow from the gaps."""
    recurrence = check.recurrence
    if recurrence is None or recurrence.first_said_at is None or recurrence.last_said_at is None:
        return []
    last = recurrence.last_said_at.first_day
    days = [recurrence.first_said_at.first_day]
    for gap in recurrence.gaps_days:
        days.append(min(last, days[-1] + timedelta(days=gap)))
    return days
