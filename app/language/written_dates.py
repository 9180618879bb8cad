"""Dates as people and files write them: ISO with slips, day and month in figures, names of months, day numbers.

Every date becomes one that `app.domain.core.dates` reads. What may be two dates is refused, never guessed.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from app.domain.core.dates import HOW_TO_WRITE, InvalidDate, Period, instant, parse_period
from index.text.locale_names import days_of_week, months

_LONGEST: Final = 80
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s,]+(\S.*))?", re.ASCII)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?(?:[T\s,]+(\S.*))?", re.ASCII)
_MONTH_OF_YEAR: Final = re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII)
_COMPACT: Final = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})", re.ASCII)
_TIME: Final = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap])?\.?(?:m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_OF_A_TWEET: Final = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4}) (\d{4})", re.ASCII
)
_WORDS: Final = re.compile(r"[^\W\d_]+|\d+")
_OF_WORDS: Final = re.compile(r"[\w\s.,/’'-]+")
_DAY_NUMBER: Final = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_EPOCH: Final = re.compile(r"(1\d{9}|[2-9]\d{8})(\d{3})?(?:\.\d+)?", re.ASCII)
_FIRST_DAY: Final = date(1899, 12, 30)
_DAY_NUMBERS: Final = range(20_000, 80_000)
"""Day numbers of 1954 to 2119, as spreadsheets count."""
_CENTURY_FROM: Final = 70
"""Two figures of a year from which they are of the twentieth century."""
_UNNAMED: Final = frozenset(("de", "of", "del", "the", "г", "года", "р", "року", "r", "roku", "st", "nd", "rd", "th",
                             "den", "at", "o", "a"))  # fmt: skip


class AmbiguousDate(InvalidDate):
    """Date that may be two: day and month in either order."""


def read_date(raw: str, *, day_first: bool | None = None, day_numbers: bool = False) -> Period:
    """The period that a file's words for a date name.

    `day_first` settles 4/2/2023; `day_numbers` reads 45018 as a spreadsheet does. Raises `InvalidDate`, and
    `AmbiguousDate` where both orders of day and month are possible.
    """
    text = " ".join(raw.split())
    if not text or len(text) > _LONGEST:
        raise InvalidDate(f"cannot be read as a date: {HOW_TO_WRITE}")
    try:
        return _read(text, day_first, day_numbers=day_numbers)
    except (ValueError, OverflowError) as error:
        if isinstance(error, InvalidDate):
            raise
        raise InvalidDate(f"there is no such date: {HOW_TO_WRITE}") from error


def order_of(values: Iterable[str]) -> bool | None:
    """True if a column's dates have the day first, False if the month; None where they do not settle it."""
    seen: set[bool] = set()
    for value in values:
        found = _YEAR_LAST.fullmatch(" ".join(value.split())[:_LONGEST])
        if found and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second:
                seen.add(True)
            elif second > 12 >= first:
                seen.add(False)
    return seen.pop() if len(seen) == 1 else None


def is_unclear(values: Iterable[str]) -> bool:
    """True if one of the values is a date whose day and month may be either."""
    for value in values:
        try:
            read_date(value)
        except AmbiguousDate:
            return True
        except InvalidDate:
            continue
    return False


def _read(text: str, day_first: bool | None, *, day_numbers: bool) -> Period:
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), found[4])
    if day_numbers and (found := _DAY_NUMBER.fullmatch(text)) and int(found[1]) in _DAY_NUMBERS:
        return parse_period((_FIRST_DAY + timedelta(days=int(found[1]))).isoformat())
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
        if found[2] == "." or first == second:
            return _day(year, second, first, found[5])
        if first > 12 or second > 12:
            return _day(year, *((second, first) if first > 12 else (first, second)), found[5])
        if day_first is None:
            one, other = date(year, second, first), date(year, first, second)
            raise AmbiguousDate(
                f"may be {one.isoformat()} or {other.isoformat()}: say --dates dmy or mdy, or write YYYY-MM-DD"
            )
        return _day(year, *((second, first) if day_first else (first, second)), found[5])
    if found := _MONTH_OF_YEAR.fullmatch(text):
        return parse_period(f"{found[2]}-{int(found[1]):02}")
    if found := _COMPACT.fullmatch(text):
        return _day(int(found[1] + found[2]), int(found[3]), int(found[4]), None)
    if found := _EPOCH.fullmatch(text):
        return instant(datetime.fromtimestamp(int(found[1]), UTC))
    if found := _OF_A_TWEET.fullmatch(text):
        return instant(datetime.strptime(f"{found[1]} {found[4]} {found[2]} {found[3]}", "%b %d %Y %H:%M:%S %z"))
    try:
        return parse_period(text)
    except InvalidDate:
        if period := _of_mail(text) or _in_words(text):
            return period
        raise


def _full_year(raw: str) -> int:
    year = int(raw)
    return year if len(raw) == 4 else year + (1900 if year >= _CENTURY_FROM else 2000)


def _day(year: int, month: int, day: int, time: str | None) -> Period:
    """A day, or an instant of it where a time of day follows that is not midnight without a zone."""
    found = _TIME.fullmatch(time.strip()) if time else None
    if time and not found:
        raise InvalidDate(f"has a time of day that cannot be read: {HOW_TO_WRITE}")
    on = date(year, month, day).isoformat()
    if not found:
        return parse_period(on)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[5]:
        hour = hour % 12 + (12 if found[5].lower() == "p" else 0)
    zone = (found[6] or "").upper()
    if (hour, minute, second) == (0, 0, 0) and not zone and not (found[4] or "").strip("0"):
        return parse_period(on)
    zone = {"": "", "UTC": "Z", "GMT": "Z"}.get(zone, f"{zone}:00" if len(zone) == 3 else zone)
    fraction = f".{found[4][:6]}" if found[4] else ""
    return parse_period(f"{on}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")


def _of_mail(text: str) -> Period | None:
    try:
        return instant(parsedate_to_datetime(text)) if "," in text and ":" in text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _in_words(text: str) -> Period | None:
    """A date with the name of a month, in any order, or None."""
    if not _OF_WORDS.fullmatch(text):
        return None
    day = month = year = None
    for word in _WORDS.findall(text.casefold()):
        if word.isdecimal() and word.isascii():
            if len(word) == 4 and year is None:
                year = int(word)
            elif len(word) <= 2 and day is None:
                day = int(word)
            else:
                return None
        elif (named := months().get(word)) and month is None:
            month = named
        elif word not in _UNNAMED and word not in days_of_week():
            return None
    if month is None or year is None:
        return None
    return parse_period(f"{year}-{month:02}" if day is None else date(year, month, day).isoformat())
