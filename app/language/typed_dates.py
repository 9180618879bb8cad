"""Dates as people type them: ISO, 24.05.2021, May 2021, yesterday, 3 days ago, вчора.

The API takes ISO alone. What may be two dates is read with the day first, and both are told.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from app.domain.core.dates import HOW_TO_WRITE, InvalidDate, Period, parse_period
from app.language.written_dates import AmbiguousDate, read_date

LONGEST: Final = 80
_LANGUAGES: Final = ("en", "uk", "ru", "de", "fr", "es", "it", "pl")
"""Languages of "yesterday" and "3 days ago"; names of months are known in more (`app.language.written_dates`)."""


@dataclass(frozen=True, slots=True)
class TypedDate:
    """What was understood; `other`: what it may mean where day and month change places."""

    period: Period
    other: Period | None = None


def read_typed(raw: str, now: datetime | None = None) -> TypedDate:
    """The date that somebody typed; relative ones count from `now`. Raises `InvalidDate`."""
    text = raw.strip()
    if len(text) > LONGEST:
        raise InvalidDate(f"cannot be read as a date: {HOW_TO_WRITE}")
    try:
        return TypedDate(read_date(text))
    except AmbiguousDate:
        return TypedDate(read_date(text, day_first=True), read_date(text, day_first=False))
    except InvalidDate:
        if not any(sign.isalpha() for sign in text):
            raise
        found = _in_words(text, now or datetime.now(UTC))
        if found is None:
            raise
        return TypedDate(found)


@cache
def _parser() -> Any:
    from dateparser.date import DateDataParser  # its languages take a second to load

    return DateDataParser


def _in_words(text: str, now: datetime) -> Period | None:
    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "past", "TIMEZONE": "UTC"}
    found = _parser()(languages=list(_LANGUAGES), settings=settings).get_date_data(text)
    if found.date_obj is None:
        return None
    day: date = found.date_obj.date()
    written = {"year": f"{day:%Y}", "month": f"{day:%Y-%m}"}.get(found.period, day.isoformat())
    return parse_period(written)
