"""Dates of statements: a period with its precision, and the rule for "earlier"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

Precision = Literal["year", "month", "day", "instant"]

_FORM = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?P<time>[Tt ].+)?)?)?")
_TIME = re.compile(r"[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})?")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
_DAY_US = 86_400_000_000
_EPOCH = date(1970, 1, 1).toordinal()
_EPOCH_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)

_EARLIEST_ZONE = timedelta(hours=14)
"""How far the day of the earliest time zone is ahead of UTC."""

HOW_TO_WRITE = "write YYYY, YYYY-MM, YYYY-MM-DD or an instant such as 2021-05-23T10:00:00Z"


class InvalidDate(ValueError):
    """Invalid date; the message says how to write one."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time [begins, ends) in microseconds since 1970 UTC, and the text that says it.

    A year, a month and a day are those of UTC; an instant is one microsecond long, so that nothing precedes itself.
    """

    text: str
    precision: Precision
    begins: int
    ends: int

    @classmethod
    def stored(cls, text: str, begins: int, ends: int) -> "Period":
        """Period from its stored parts, validated when it was first parsed."""
        precision = _PRECISIONS.get(len(text), "instant")
        return cls(text, precision, begins, ends)

    @property
    def first_day(self) -> date:
        return date.fromordinal(self.begins // _DAY_US + _EPOCH)

    @property
    def last_day(self) -> date:
        return date.fromordinal((self.ends - 1) // _DAY_US + _EPOCH)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Filter for earlier periods: those that end by one bound and begin by the other (microseconds, None: any)."""

    ends_by: int | None = None
    begins_by: int | None = None

    def admits(self, period: Period | None) -> bool:
        if self.ends_by is None and self.begins_by is None:
            return True
        return (
            period is not None
            and (self.ends_by is None or period.ends <= self.ends_by)
            and (self.begins_by is None or period.begins <= self.begins_by)
        )


@dataclass(frozen=True, slots=True)
class Later:
    """Filter for later periods: those that begin at or after a moment (microseconds)."""

    begins_from: int

    def admits(self, period: Period | None) -> bool:
        return period is not None and period.begins >= self.begins_from


def parse_period(raw: str) -> Period:
    """Reads `YYYY`, `YYYY-MM`, a day, or an instant (UTC where it names no zone). Raises `InvalidDate`."""
    found = _FORM.fullmatch(raw.strip())
    if not found:
        raise InvalidDate(f"cannot be read as a date: {HOW_TO_WRITE}")
    year, month, day, time = found.group("year", "month", "day", "time")
    try:
        if time:
            return _instant(found.group())
        begins = date(int(year), int(month or 1), int(day or 1))
        if day:
            return Period(f"{year}-{month}-{day}", "day", _microseconds(begins), _microseconds(begins) + _DAY_US)
        if month:
            return Period(f"{year}-{month}", "month", _microseconds(begins), _month_after(begins))
        return Period(year, "year", _microseconds(begins), _month_after(begins.replace(month=12)))
    except (ValueError, OverflowError) as error:
        raise InvalidDate(f"there is no such date: {HOW_TO_WRITE}") from error


def instant(moment: datetime) -> Period:
    """The period of one moment; naive means UTC."""
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    midnight = _microseconds(moment.date())
    within = ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1_000_000 + moment.microsecond
    text = moment.isoformat().replace("+00:00", "Z")
    return Period(text, "instant", midnight + within, midnight + within + 1)


def day_of(moment_us: int) -> date:
    """Day of a moment in microseconds since 1970 UTC."""
    return date.fromordinal(moment_us // _DAY_US + _EPOCH)


def moment_of(period: Period | None) -> datetime | None:
    """The first moment of a period."""
    return _EPOCH_MOMENT + timedelta(microseconds=period.begins) if period else None


def last_moment_of(period: Period | None) -> datetime | None:
    """The last moment of a period."""
    return _EPOCH_MOMENT + timedelta(microseconds=period.ends - 1) if period else None


def earlier_than(said_at: Period | None, now: datetime) -> Earlier:
    """The rule: a precedent's period ends before the check's begins.

    Without `said_at` the moment is now, and a period that has begun counts although it has not ended.
    """
    if said_at is None:
        return Earlier(begins_by=instant(now).begins)
    return Earlier(ends_by=said_at.begins)


def is_ahead(period: Period, now: datetime) -> bool:
    """True for a period that has begun nowhere yet, the earliest time zone included."""
    return period.begins > instant(now + _EARLIEST_ZONE).begins


def days_between(earlier: Period, later: Period) -> int:
    """Whole days from the last day of `earlier` to the first of `later`.

    0 where the two overlap, negative where `earlier` is in truth the later one.
    """
    if earlier.ends <= later.begins:
        return later.begins // _DAY_US - (earlier.ends - 1) // _DAY_US
    if later.ends <= earlier.begins:
        return (later.ends - 1) // _DAY_US - earlier.begins // _DAY_US
    return 0


def _instant(raw: str) -> Period:
    if not _TIME.fullmatch(raw[10:]):
        raise InvalidDate(f"the time of day cannot be read: {HOW_TO_WRITE}")
    return instant(datetime.fromisoformat(raw.upper()))


def _microseconds(day: date) -> int:
    return (day.toordinal() - _EPOCH) * _DAY_US


def _month_after(first: date) -> int:
    if first.month == 12:
        return _microseconds(first.replace(day=31)) + _DAY_US
    return _microseconds(first.replace(month=first.month + 1))
