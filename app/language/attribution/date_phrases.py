"""Finds the dates that an article tells, and works out which they are from the day it was published.

Own rules and no library: of those tried, dateparser reads a phrase but does not find it, takes `Monday` in an article
of that Monday for a week earlier, and knows neither `late 2019` nor `в феврале` nor `am Sonntag`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from app.domain.core.dates import InvalidDate, Period, parse_period
from app.language.attribution.date_words import WORDS, DateWords

_UNITS = ("day", "week", "month", "year")
_RANK = {"instant": 0, "day": 1, "month": 2, "year": 3}


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date as it is written, and which it is; None where that cannot be told."""

    start: int
    end: int
    period: Period | None

    @property
    def rank(self) -> int:
        """The more exact the smaller."""
        return _RANK[self.period.precision] if self.period else 9


def date_phrases(text: str, language: str, published: date | None) -> list[DatePhrase]:
    """The dates in a text, in order; where two overlap the longer. A language without words of its own tells years."""
    code = language.partition("-")[0]
    words = WORDS.get(code) or WORDS["en"]
    found: list[DatePhrase] = []
    for start, end, period in sorted(_all(text, words, published), key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1].end:
            found.append(DatePhrase(start, end, period))
    return found


def _all(text: str, words: DateWords, published: date | None) -> Iterator[tuple[int, int, Period | None]]:
    for kind, pattern in _patterns(words):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), _period(kind, match, words, published)


@cache
def _patterns(words: DateWords) -> tuple[tuple[str, re.Pattern[str]], ...]:
    month = _group("month", words.months)
    weekday = _group("weekday", words.weekdays)
    unit = _group("unit", words.units)
    year = rf"(?P<year>(?:1[6-9]|20)\d\d){words.year_word}"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|°|-?го|\.)?"
    number = "|".join([r"\d{1,2}", *words.numbers])
    ago = words.ago.replace("{n}", f"(?P<n>{number})").replace("{unit}", unit)
    kinds = [
        ("date", r"(?P<year>\d{4})-(?P<mon>\d\d)-(?P<day>\d\d)"),
        ("date", r"(?P<day>[0-3]?\d)\.(?P<mon>[01]?\d)\.(?P<year>\d{4})"),
        ("date", rf"{day}\s+(?:{words.of})?{month}(?:,?\s+(?:{words.of})?{year})?"),
        ("date", rf"{month}(?:\s+|,\s+)(?:{words.of})?{year}"),
        ("date", rf"(?:{words.month_after})\s+{month}(?:,?\s+(?:{words.of})?{year})?"),
        ("date", rf"(?:{words.year_after})\s*{year}"),
        ("weekday", rf"(?:(?P<last>{words.last})\s+)?{weekday}"),
        ("weekday", rf"{weekday}\s+(?P<last>{words.last})"),
        ("ago", ago),
        ("last", rf"(?:{words.last})\s+{unit}"),
        ("last", rf"{unit}\s+(?:{words.last})"),
        ("this", rf"(?:{words.this})\s+{unit}"),
        ("days", _group("days", words.days)),
    ]
    if words.month_first:
        kinds.append(("date", rf"{month}\s+{day}(?:,?\s+{year})?"))
    return tuple((kind, re.compile(rf"(?<!\w)(?:{one})(?!\w)", re.IGNORECASE)) for kind, one in kinds)


def _group(name: str, alternatives: tuple[str, ...]) -> str:
    return f"(?P<{name}>{'|'.join(alternatives)})"


def _period(kind: str, match: re.Match[str], words: DateWords, published: date | None) -> Period | None:
    parts = match.groupdict()
    try:
        match kind:
            case "date":
                return _date(parts, words, published)
            case "weekday" if published:
                back = (published.weekday() - _number(parts["weekday"], words.weekdays)) % 7
                return _day(published - timedelta(days=back or (7 if parts["last"] else 0)))
            case "days" if published:
                return _day(published - timedelta(days=_number(parts["days"], words.days)))
            case "ago" if published:
                raw = parts["n"] or "1"
                count = int(raw) if raw.isdigit() else _number(raw, words.numbers) + 1
                return _ago(published, count, _UNITS[_number(parts["unit"], words.units)])
            case "last" if published:
                return _ago(published, 1, _UNITS[_number(parts["unit"], words.units)], whole=True)
            case "this" if published:
                return _ago(published, 0, _UNITS[_number(parts["unit"], words.units)], whole=True)
    except (InvalidDate, ValueError, OverflowError):
        return None
    return None


def _date(parts: dict[str, str | None], words: DateWords, published: date | None) -> Period | None:
    year, day = parts.get("year"), parts.get("day")
    month = int(parts.get("mon") or 0) or (_number(parts["month"], words.months) + 1 if parts.get("month") else 0)
    if not month:
        return parse_period(str(year))
    if not year:
        if published is None:
            return None
        latest = (published.month, published.day) if day else (published.month,)
        year = str(published.year - (((month, int(day)) if day else (month,)) > latest))
    return parse_period(f"{year}-{month:02}" + (f"-{int(day):02}" if day else ""))


def _ago(published: date, count: int, unit: str, *, whole: bool = False) -> Period | None:
    """Days are told exactly; of weeks what is sure: the month, or the year, that they lie in."""
    if unit == "day":
        return _day(published - timedelta(days=count))
    if unit == "week":
        first = published - timedelta(days=7 * count + (published.weekday() if whole else 3))
        last = first + timedelta(days=6)
        if (first.year, first.month) == (last.year, last.month):
            return parse_period(f"{first:%Y-%m}")
        return parse_period(f"{first:%Y}") if first.year == last.year else None
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return parse_period(f"{months // 12:04}-{months % 12 + 1:02}")
    return parse_period(f"{published.year - count:04}")


def _day(day: date) -> Period:
    return parse_period(day.isoformat())


def _number(raw: str | None, alternatives: tuple[str, ...]) -> int:
    for number, one in enumerate(alternatives):
        if raw is not None and re.fullmatch(one, raw, re.IGNORECASE):
            return number
    raise ValueError(raw)
