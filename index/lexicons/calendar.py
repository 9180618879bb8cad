"""Names of months and weekdays, from the Unicode CLDR through Babel, as regular expressions that find their forms."""

import re
from collections.abc import Sequence
from functools import cache
from os.path import commonprefix
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

_SHORTEST: Final = 3
"""Letters that a stem has at least; of a shorter one only the forms that CLDR gives are found."""
_ENDING: Final = r"\w{0,3}"
_CASE: Final = re.compile(r"(?:[оеo][кц]|[eę][kc])$|[аеиоуяюьйіaeiouyąęó]$")
"""Ending that an inflected weekday loses in other cases: Ukrainian понеділок, понеділка; Polish środa, środę."""
_SPELLED: Final = str.maketrans({"'": "['’ʼ]", "’": "['’ʼ]", "ʼ": "['’ʼ]"} | dict.fromkeys("اأإآ", "[اأإآ]"))


@cache
def month_forms(language: str, regions: Sequence[str] = ()) -> tuple[tuple[str, ...], ...]:
    """The forms of each month in small letters, January first; none for a language that CLDR lacks.

    `regions` are further locales of the language, such as `ar_LB`, whose months have names of their own.
    """
    if not _in_cldr(language):
        return ()
    named = [
        get_month_names("wide", context, locale)
        for locale in (language, *regions)
        for context in ("format", "stand-alone")
    ]
    return tuple(tuple(dict.fromkeys(names[number].lower() for names in named)) for number in range(1, 13))


@cache
def weekday_forms(language: str) -> tuple[str, ...]:
    """Each weekday in small letters, Monday first; none for a language that CLDR lacks."""
    if not _in_cldr(language):
        return ()
    names = get_day_names("wide", "stand-alone", language)
    return tuple(names[number].lower() for number in range(7))


def month_expressions(language: str, regions: Sequence[str] = ()) -> tuple[tuple[str, ...], ...]:
    """Regular expressions for each month, January first."""
    inflected = is_inflected(language)
    return tuple(_month(forms, inflected=inflected) for forms in month_forms(language, regions))


def weekday_expressions(language: str) -> tuple[tuple[str, ...], ...]:
    """Regular expressions for each weekday, Monday first."""
    inflected = is_inflected(language)
    return tuple((_weekday(form, inflected=inflected),) for form in weekday_forms(language))


def is_inflected(language: str) -> bool:
    """True where CLDR has other names for months within a date than for months alone, as Slavic languages have."""
    return any(len(forms) > 1 for forms in month_forms(language))


def _in_cldr(language: str) -> bool:
    try:
        Locale(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _month(forms: tuple[str, ...], *, inflected: bool) -> tuple[str, ...]:
    stem = commonprefix(forms)  # noqa: RUF071 - letters are meant
    if inflected and len(stem) >= _SHORTEST:
        return (_spelled(stem) + _ENDING,)
    return tuple(_spelled(form) for form in forms)


def _weekday(form: str, *, inflected: bool) -> str:
    return _spelled(_CASE.sub("", form)) + _ENDING if inflected else _spelled(form)


def _spelled(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s+").replace(r"\-", "-").translate(_SPELLED)
