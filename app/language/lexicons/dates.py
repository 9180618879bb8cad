"""Words of dates in each language: months, weekdays, numbers, units of time and expressions for time past."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal, TypeVar, get_args

from app.language.lexicons.folding import fold_phrase
from app.language.lexicons.notation import FOLDED, Notation, Style, any_of
from index.lexicons import WORD_KINDS, entries, section
from index.lexicons.calendar import month_expressions, weekday_expressions

Unit = Literal["hour", "day", "week", "month", "year"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
_DAYS: Final = ("today", "yesterday", "before_yesterday")
_PHRASES: Final = ("last", "this", "month_after", "month_before", "year_after", "of", "year_word")
_KEYS: Final = (*UNITS, *_DAYS, *_PHRASES, "ago", "regions", "months", "weekdays", "numbers", "month_first")
_LARGEST: Final = 12
"""The largest number that is read in words."""


Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, eq=False)
class DateLexicon:
    """Regular expressions, without their edges, of one language and one style of text; "" where there is none."""

    months: Mapping[int, str]
    """By number, 1 for January."""
    weekdays: Mapping[int, str]
    """By number, 1 for Monday, as `date.isoweekday` counts."""
    numbers: Mapping[int, str]
    """One to twelve in words."""
    units: Mapping[Unit, str]
    days: Mapping[int, str]
    """Today, yesterday and the day before, by how many days ago."""
    ago: str
    """Expressions for a count of units ago; groups `n` and `unit`."""
    last: str
    this: str
    month_after: str
    """Words of which one must stand before a month alone, with no day or year, for it to be read as a month."""
    month_before: str
    """Words behind such a month: Turkish `ayında`."""
    year_after: str
    of: str
    """Words that may stand between a day and its month."""
    year_word: str
    """Words that may stand after a year."""
    month_first: bool
    """True where the month may stand before the day: `July 4`."""

    @property
    def month(self) -> str:
        """Alternatives of all months."""
        return _any(self.months.values())

    @property
    def weekday(self) -> str:
        """Alternatives of all weekdays."""
        return _any(self.weekdays.values())

    @property
    def unit(self) -> str:
        """Alternatives of all units of time."""
        return _any(self.units.values())

    @property
    def number(self) -> str:
        """Alternatives of all numbers in words."""
        return _any(self.numbers.values())


def _any(expressions: Iterable[str]) -> str:
    known = [expression for expression in expressions if expression]
    return any_of(known) if known else "(?!)"


def which(word: str, expressions: Mapping[Key, str]) -> Key | None:
    """The key of the expression that matches a whole word, in any case; None where there is none."""
    return next((key for key, expression in expressions.items() if re.fullmatch(expression, word, re.IGNORECASE)), None)


@cache
def date_lexicon(code: str, style: Style = FOLDED) -> DateLexicon:
    """The words of dates of a language, by its ISO 639 code, for a style of text."""
    found = section(code, "dates", _KEYS)
    notation = Notation(code, style)
    months = month_expressions(code, tuple(found.get("regions", "").split()))
    weekdays = weekday_expressions(code)
    listed = f"{section(code, 'words', WORD_KINDS).get('number', '')} {found.get('numbers', '')}"
    lexicon = DateLexicon(
        months=_named(dict(enumerate(months, 1)), notation, "months", found.get("months", "")),
        weekdays=_named(dict(enumerate(weekdays, 1)), notation, "weekdays", found.get("weekdays", "")),
        numbers=_named({}, notation, "numbers", listed),
        units={unit: _alternatives(notation, unit, found) for unit in UNITS},
        ago="",
        days={number: _alternatives(notation, key, found) for number, key in enumerate(_DAYS)},
        month_first=bool(found.get("month_first", False)),
        **{key: _alternatives(notation, key, found) for key in _PHRASES},
    )
    slots = {"unit": f"(?P<unit>{lexicon.unit})", "n": rf"(?P<n>\d{{1,2}}|{lexicon.number})"}
    return replace(lexicon, ago=_alternatives(Notation(code, style, slots), "ago", found))


def _named(known: Mapping[int, Sequence[str]], notation: Notation, key: str, listed: str) -> Mapping[int, str]:
    """Expressions by number: those known, and those that a list of `number=word` adds for one to twelve."""
    found = {
        number: [fold_phrase(expression) if notation.style.folded else expression for expression in of]
        for number, of in known.items()
    }
    for entry in entries(listed):
        number, _, word = entry.partition("=")
        if number.isdecimal() and 1 <= int(number) <= _LARGEST:
            found.setdefault(int(number), []).extend(notation.expressions(f"[dates] {key}", word))
    return {number: any_of(dict.fromkeys(expressions)) for number, expressions in sorted(found.items())}


def _alternatives(notation: Notation, key: str, found: Mapping[str, str]) -> str:
    expressions = notation.expressions(f"[dates] {key}", found.get(key, ""))
    return any_of(expressions) if expressions else ""
