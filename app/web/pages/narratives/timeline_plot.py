"""Timeline plot of a narrative: geometry of its marks, bars and ticks.

Places along the time are per cent of the width, so that the plot fits any screen and its letters keep their size;
heights are pixels.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.domain.core.dates import Period
from app.domain.core.messages import Messages
from app.domain.narratives.summaries import TimelinePoint

LANE: Final = 18
"""Pixels between marks of one date, stacked."""

AXIS: Final = 26
BARS: Final = 120
"""Pixels of the axis below, and of the highest bar."""

_LANES: Final = 12
_MARK: Final = 2.3
"""Width of a mark on a narrow screen, in per cent."""

_PADDING: Final = 2.5
_MOST_BARS: Final = 60
_MOST_TICKS: Final = 9
_YEARS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
_MONTHS: Final = (1, 2, 3, 6)


@dataclass(frozen=True, slots=True)
class PlotMark:
    """Mark of an appearance; `width`: of an imprecise date's range, None for a day."""

    number: int
    x: float
    y: float
    begins: float
    width: float | None
    kind: str


@dataclass(frozen=True, slots=True)
class PlotBar:
    """All appearances of a year or a month."""

    x: float
    width: float
    y: float
    height: float
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A year or a month on the axis; every other one is `minor` and left out where there is little room."""

    x: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """Plot with marks or, where they would be too many, bars."""

    height: int
    axis: int
    ticks: Sequence[Tick]
    marks: Sequence[PlotMark] = ()
    bars: Sequence[PlotBar] = ()

    @property
    def kinds(self) -> Sequence[str]:
        """Kinds of marks in the plot, in order."""
        return list(dict.fromkeys(mark.kind for mark in self.marks))


def plot_of(points: Sequence[TimelinePoint], periods: Sequence[Period], phrases: Messages) -> Plot | None:
    """Plot of the points or, without any, bars of the periods; None where nothing is dated."""
    if points:
        return _marks(points, phrases)
    return _bars(periods, phrases) if periods else None


def _marks(points: Sequence[TimelinePoint], phrases: Messages) -> Plot:
    scale = _Scale([point.said_at for point in points])
    ends = [0.0] * _LANES
    placed = []
    for number, point in enumerate(points):
        begins, until = scale.x(point.said_at.begins), scale.x(point.said_at.ends)
        x = (begins + until) / 2
        precise = point.said_at.precision in ("day", "instant")
        left = x - _MARK / 2 if precise else min(begins, x - _MARK / 2)
        right = x + _MARK / 2 if precise else max(until, x + _MARK / 2)
        lane = next(
            (free for free, end in enumerate(ends) if end <= left),
            min(range(_LANES), key=ends.__getitem__),
        )
        ends[lane] = right
        placed.append((number, point, x, lane, begins, None if precise else until - begins))
    lanes = 1 + max(lane for _, _, _, lane, _, _ in placed)
    axis = lanes * LANE + LANE // 2
    marks = [
        PlotMark(
            number, _cut(x), axis - LANE * (lane + 0.75), _cut(begins), width and _cut(width), point.outcome or "none"
        )
        for number, point, x, lane, begins, width in placed
    ]
    return Plot(axis + AXIS, axis, scale.ticks(phrases), marks=marks)


def _bars(periods: Sequence[Period], phrases: Messages) -> Plot:
    scale = _Scale(periods)
    middles = [
        date.fromordinal((period.first_day.toordinal() + period.last_day.toordinal()) // 2) for period in periods
    ]
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    unit: Literal["month", "year"] = "month" if months <= _MOST_BARS else "year"
    step = 1 if unit == "month" else next(years for years in _YEARS if months / 12 / years <= _MOST_BARS)
    counts = Counter(
        middle.replace(day=1) if unit == "month" else date(max(1, middle.year - middle.year % step), 1, 1)
        for middle in middles
    )
    most = max(counts.values())
    bars = []
    for begins, count in sorted(counts.items()):
        until = _later(begins, 1 if unit == "month" else 12 * step)
        left, right = scale.day(max(begins, scale.first)), scale.day(min(until, scale.last))
        height = max(2.0, BARS * count / most)
        label = _month(begins, phrases) if unit == "month" else _years(begins.year, step)
        bars.append(PlotBar(_cut(left), _cut(max(0.4, right - left)), _cut(BARS - height), _cut(height), label, count))
    return Plot(BARS + AXIS, BARS, scale.ticks(phrases), bars=bars)


class _Scale:
    """Linear scale from time to per cent of the width."""

    def __init__(self, periods: Sequence[Period]):
        self.first = min(period.first_day for period in periods)
        self.last = max(period.last_day for period in periods)
        if (self.last - self.first).days < 60:  # else an axis of two days would have no months to name
            middle = (self.first.toordinal() + self.last.toordinal()) // 2
            self.first = date.fromordinal(max(1, middle - 60))
            self.last = date.fromordinal(min(date.max.toordinal(), middle + 60))
        self._epoch = date(1970, 1, 1).toordinal()

    def x(self, moment_us: int) -> float:
        return self._at(moment_us / 86_400_000_000 + self._epoch)

    def day(self, day: date) -> float:
        return self._at(day.toordinal())

    def _at(self, ordinal: float) -> float:
        share = (ordinal - self.first.toordinal()) / (self.last - self.first).days
        return _PADDING + min(1.0, max(0.0, share)) * (100 - 2 * _PADDING)

    def ticks(self, phrases: Messages) -> list[Tick]:
        months = (self.last - self.first).days / 30.44
        by_month = months < 2 * 12
        steps = _MONTHS if by_month else _YEARS
        length = months if by_month else months / 12
        step = next((step for step in steps if length / step <= _MOST_TICKS), steps[-1])
        if by_month:
            days = [date(self.first.year, month, 1) for month in range(1, 13, step)]
            days = [day.replace(year=day.year + more) for more in range(4) for day in days if day.year + more <= 9999]
        else:
            start = self.first.year - self.first.year % step
            days = [date(year, 1, 1) for year in range(start, self.last.year + 1, step) if year > 0]
        inside = [day for day in days if self.first <= day <= self.last]
        return [
            Tick(
                _cut(self.day(day)),
                _month(day, phrases) if by_month else str(day.year),
                number % 2 == 1,
            )
            for number, day in enumerate(inside)
        ]


def _later(day: date, months: int) -> date:
    month_number = day.year * 12 + day.month - 1 + months
    return date(min(9999, month_number // 12), month_number % 12 + 1, 1)


def _month(day: date, phrases: Messages) -> str:
    return phrases.format_message("narrative-timeline-month", month=day.month, year=str(day.year))


def _years(begins: int, step: int) -> str:
    return str(begins) if step == 1 else f"{begins}-{begins + step - 1}"


def _cut(number: float) -> float:
    return round(number, 2)
