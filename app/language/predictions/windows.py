"""Time window of a prediction, and its last day, reckoned from the day on which it was made."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from app.domain.core.dates import Period, parse_period
from app.language.lexicons.dates import DateLexicon, Unit, which
from app.language.lexicons.predictions import PredictionLexicon, WindowKind

COMING: Final[Mapping[Unit, int]] = {"hour": 1, "day": 7, "week": 28, "month": 90, "year": 365}
"""Days that "the coming hours", "days", … are taken to last."""
NEAR: Final = 14
"""Days that "about to" and "at any moment" are taken to last."""
_LONG: Final[Mapping[Unit, int]] = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
_OPEN: Final[frozenset[WindowKind]] = frozenset({"event", "soon"})


def window_in(
    sentence: str, said_at: Period | None, words: PredictionLexicon
) -> tuple[tuple[int, int], Period | None] | None:
    """The span of the words that give the time, in a folded sentence, and until when that is. None: no such words.

    The end is None where the words do not say it, where `said_at` is missing or less precise than a day (and they
    depend on it). Words for a time that was over already are passed by.
    """
    day = said_at.last_day if said_at and said_at.precision in ("day", "instant") else None
    for kind, pattern in words.windows:
        for found in pattern.finditer(sentence):
            if kind in _OPEN:
                return found.span(), None
            groups = {name: value for name, value in found.groupdict().items() if value}
            try:
                until = _until(kind, groups, day, words.dates)
            except (OverflowError, ValueError):  # after the last year that there is
                until = None
            if until is not None and said_at and until.ends <= said_at.begins:
                continue
            if until is not None or day is None:
                return found.span(), until
    return None


def _until(kind: WindowKind, groups: Mapping[str, str], day: date | None, dates: DateLexicon) -> Period | None:
    if kind in ("date", "weekday", "month", "year"):
        return _date(groups, day, dates)
    if day is None:
        return None
    if kind == "near":
        return _day(day + timedelta(days=NEAR))
    if kind in ("today", "tomorrow"):
        return _day(day + timedelta(days=kind == "tomorrow"))
    unit = which(groups["unit"], dates.units)
    if unit is None:
        return None
    if kind == "coming":
        return _day(day + timedelta(days=COMING[unit]))
    if kind == "span":
        return _span(groups["count"], unit, day, dates)
    return _end(unit, day, following=kind == "next", as_day=kind == "end")


def _span(count: str, unit: Unit, day: date, dates: DateLexicon) -> Period | None:
    number = int(count) if count.isdecimal() else which(count, dates.numbers)
    if number is None or number > 500:
        return None
    days = -(-number // 24) if unit == "hour" else number * _LONG[unit]
    return _day(day + timedelta(days=days))


def _end(unit: Unit, day: date, *, following: bool, as_day: bool) -> Period | None:
    """This unit of time or the following one: its last day for a week or where `as_day`, else the month or year."""
    if unit == "week":
        return _day(day + timedelta(days=6 - day.weekday() + 7 * following))
    if unit == "month":
        number = day.year * 12 + day.month - 1 + following
        year, month = number // 12, number % 12 + 1
        return _day(date(year, month, monthrange(year, month)[1])) if as_day else parse_period(f"{year:04}-{month:02}")
    if unit == "year":
        return _day(date(day.year + following, 12, 31)) if as_day else parse_period(f"{day.year + following:04}")
    return _day(day + timedelta(days=following))


def _date(groups: Mapping[str, str], day: date | None, dates: DateLexicon) -> Period | None:
    """A weekday, a day of a month, a month or a year: without a year the next one to come."""
    if "weekday" in groups:
        weekday = which(groups["weekday"], dates.weekdays)
        if day is None or weekday is None:
            return None
        return _day(day + timedelta(days=(weekday - day.isoweekday()) % 7))
    month = which(groups.get("month", ""), dates.months)
    given = int(groups["year"]) if "year" in groups else None
    if month is None:
        return parse_period(str(given)) if given else None
    if not (given or day):
        return None
    of_month = int(groups["day"]) if "day" in groups else None
    for year in (given,) if given else (day.year, day.year + 1) if day else ():
        if of_month is not None and not 1 <= of_month <= monthrange(year, month)[1]:
            continue
        last = date(year, month, of_month or monthrange(year, month)[1])
        if given or (day and last >= day):
            return _day(last) if of_month else parse_period(f"{year:04}-{month:02}")
    return None


def _day(day: date) -> Period:
    return parse_period(day.isoformat())
