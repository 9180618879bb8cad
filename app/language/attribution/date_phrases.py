"""Dates in an article, resolved against the day on which it was published.

Own rules and no library: of those tried, dateparser reads a phrase but does not find it, takes `Monday` in an article
of that Monday for a week earlier, and knows neither `late 2019` nor `в феврале` nor `am Sonntag`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from app.domain.core.dates import InvalidDate, Period, parse_period
from app.language.lexicons.attribution import LANGUAGES
from app.language.lexicons.dates import DateLexicon, Key, Unit, date_lexicon, which
from app.language.lexicons.notation import WRITTEN, base_language

_RANK = {"instant": 0, "day": 1, "month": 2, "year": 3}


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date as it is written, and the period it means; None where that cannot be determined."""

    start: int
    end: int
    period: Period | None

    @property
    def rank(self) -> int:
        """The order of precision, 0 the most precise; 9 for an unknown period."""
        return _RANK[self.period.precision] if self.period else 9


@dataclass(frozen=True)
class DatePhrases:
    """The dates of an article, in order and apart, of which those that lie in a stretch are found at once."""

    phrases: Sequence[DatePhrase]

    def in_stretch(self, start: int, end: int) -> Sequence[DatePhrase]:
        """The dates that share a character with a stretch."""
        first = bisect_right(self._ends, start)
        return self.phrases[first : max(first, bisect_left(self._starts, end))]

    @cached_property
    def _starts(self) -> list[int]:
        return [phrase.start for phrase in self.phrases]

    @cached_property
    def _ends(self) -> list[int]:
        return [phrase.end for phrase in self.phrases]


def date_phrases(text: str, language: str, published: date | None) -> list[DatePhrase]:
    """The dates in a text, in order; where two overlap the longer. Languages without a lexicon use the English."""
    code = base_language(language)
    dates = date_lexicon(code if code in LANGUAGES else "en", WRITTEN)
    found: list[DatePhrase] = []
    for start, end, period in sorted(
        _all(text, dates, published), key=lambda found_phrase: (found_phrase[0], -found_phrase[1])
    ):
        if not found or start >= found[-1].end:
            found.append(DatePhrase(start, end, period))
    return found


def _all(text: str, dates: DateLexicon, published: date | None) -> Iterator[tuple[int, int, Period | None]]:
    for kind, pattern in _patterns(dates):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), _period(kind, match, dates, published)


@cache
def _patterns(dates: DateLexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    month = f"(?P<month>{dates.month})"
    weekday = f"(?P<weekday>{dates.weekday})"
    unit = f"(?P<unit>{dates.unit})"
    year = rf"(?P<year>(?:1[6-9]|20)\d\d){dates.year_word}"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|°|-?го|\.)?"
    kinds = [
        ("date", r"(?P<year>\d{4})-(?P<mon>\d\d)-(?P<day>\d\d)"),
        ("date", r"(?P<day>[0-3]?\d)\.(?P<mon>[01]?\d)\.(?P<year>\d{4})"),
        ("date", rf"{day}\s{{1,20}}(?:{dates.of})?{month}(?:,?\s{{1,20}}(?:{dates.of})?{year})?"),
        ("date", rf"{month}(?:\s{{1,20}}|,\s{{1,20}})(?:{dates.of})?{year}"),
        ("date", rf"{dates.month_after}\s{{1,20}}{month}(?:,?\s{{1,20}}(?:{dates.of})?{year})?"),
        ("date", rf"{dates.year_after}\s{{0,20}}{year}"),
        ("weekday", rf"(?:(?P<last>{dates.last})\s{{1,20}})?{weekday}"),
        ("weekday", rf"{weekday}\s{{1,20}}(?P<last>{dates.last})"),
        ("ago", dates.ago),
        ("last", rf"{dates.last}\s{{1,20}}{unit}"),
        ("last", rf"{unit}\s{{1,20}}{dates.last}"),
        ("this", rf"{dates.this}\s{{1,20}}{unit}"),
        ("days", f"(?P<days>{'|'.join(dates.days.values())})"),
    ]
    if dates.month_before:
        kinds.append(("date", rf"{month}{dates.month_before}"))
    if dates.month_first:
        kinds.append(("date", rf"{month}\s{{1,20}}{day}(?:,?\s{{1,20}}{year})?"))
    return tuple((kind, re.compile(rf"(?<!\w)(?:{expression})(?!\w)", re.IGNORECASE)) for kind, expression in kinds)


def _period(kind: str, match: re.Match[str], dates: DateLexicon, published: date | None) -> Period | None:
    parts = match.groupdict()
    try:
        match kind:
            case "date":
                return _date(parts, dates, published)
            case "weekday" if published:
                back = (published.isoweekday() - _number(parts["weekday"], dates.weekdays)) % 7
                return _day(published - timedelta(days=back or (7 if parts["last"] else 0)))
            case "days" if published:
                return _day(published - timedelta(days=_number(parts["days"], dates.days)))
            case "ago" if published:
                raw = parts["n"] or "1"
                count = int(raw) if raw.isdigit() else _number(raw, dates.numbers)
                return _ago(published, count, _number(parts["unit"], dates.units))
            case "last" if published:
                return _ago(published, 1, _number(parts["unit"], dates.units), whole=True)
            case "this" if published:
                return _ago(published, 0, _number(parts["unit"], dates.units), whole=True)
    except (InvalidDate, ValueError, OverflowError):
        return None
    return None


def _date(parts: dict[str, str | None], dates: DateLexicon, published: date | None) -> Period | None:
    year, day = parts.get("year"), parts.get("day")
    month = int(parts.get("mon") or 0) or (_number(parts["month"], dates.months) if parts.get("month") else 0)
    if not month:
        return parse_period(str(year))
    if not year:
        if published is None:
            return None
        latest = (published.month, published.day) if day else (published.month,)
        year = str(published.year - (((month, int(day)) if day else (month,)) > latest))
    return parse_period(f"{year}-{month:02}" + (f"-{int(day):02}" if day else ""))


def _ago(published: date, count: int, unit: Unit, *, whole: bool = False) -> Period | None:
    """The period some time ago: exact for days; for weeks the month, or the year, that surely contains it."""
    if unit == "hour":
        return None
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


def _number(raw: str | None, expressions: Mapping[Key, str]) -> Key:
    found = which(raw, expressions) if raw is not None else None
    if found is None:
        raise ValueError(raw)
    return found
