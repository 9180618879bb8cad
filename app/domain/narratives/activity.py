"""Activity of a narrative of late, and the state that it is in by it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

NarrativeState = Literal["back", "growing", "steady", "dormant"]

RECENT: Final = timedelta(days=90)
"""What was said within this time before now is recent."""

PAUSE: Final = timedelta(days=180)
"""Time without a statement after which a narrative is dormant, and back with the next one."""

LEAST_GROWN: Final = 3
"""Least number of recent statements of a growing narrative."""

MONTHS: Final = 24
"""Months of a sparkline, the present one included."""

PRECISE: Final = timedelta(days=32)
"""Periods up to this long, a month at most, count as recent or not; a year does not say."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Numbers of a narrative's dated statements: in the 90 days before now, and in the 90 days before those.

    `first_recent` is the first day of the recent ones, `last_before` the last day before them. What is dated after now,
    or to no more than a year, is left out.
    """

    recent: int = 0
    before: int = 0
    first_recent: date | None = None
    last_before: date | None = None

    @property
    def pause(self) -> timedelta | None:
        """Time between the recent statements and those before them."""
        if self.first_recent is None or self.last_before is None:
            return None
        return self.first_recent - self.last_before


def state_of(activity: Activity, today: date) -> NarrativeState:
    """State of a narrative. The rule:

    - back: seen in the last 90 days, after at least 180 days without a statement;
    - growing: seen at least 3 times in the last 90 days, and more often than in the 90 days before;
    - dormant: not seen for 180 days, or never dated;
    - steady: everything else.
    """
    if activity.recent == 0:
        last = activity.last_before
        return "dormant" if last is None or today - last >= PAUSE else "steady"
    if activity.pause is not None and activity.pause >= PAUSE:
        return "back"
    if activity.recent >= LEAST_GROWN and activity.recent > activity.before:
        return "growing"
    return "steady"


def recent_months(today: date) -> list[str]:
    """The last 24 months as `YYYY-MM`, the present one last."""
    present = today.year * 12 + today.month - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(present - MONTHS + 1, present + 1)]
