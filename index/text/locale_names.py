"""Names of months, days and languages in many languages, of the Unicode locale data that babel carries."""

from functools import cache
from typing import Final

from babel import Locale

_CALENDARS: Final = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ro", "ru", "uk", "bg", "tr", "el", "ar", "sv", "da", "nb",
    "hu", "fi", "lt", "lv", "et", "ka", "fa", "hi", "id",
)  # fmt: skip
_SHOWN_IN: Final = (
    "en", "de", "fr", "es", "it", "pt", "pl", "ru", "uk", "tr", "nl", "cs", "ro", "bg", "el", "ar", "sv", "hu", "sk",
)  # fmt: skip
"""Languages in which the names of languages are known."""
_SHORTEST: Final = 3


@cache
def months() -> dict[str, int]:
    """Numbers of months by their names in small letters, without names that are of two months in two languages."""
    found: dict[str, int] = {"sept": 9}
    doubtful: set[str] = set()
    for code in _CALENDARS:
        named = Locale(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in named[form][width].items():
                    word = name.casefold().strip(".")
                    if len(word) >= _SHORTEST and word.isalpha() and found.setdefault(word, number) != number:
                        doubtful.add(word)
    return {name: number for name, number in found.items() if name not in doubtful}


@cache
def days_of_week() -> frozenset[str]:
    """Names of the days of the week in small letters."""
    widths = [Locale(code).days["format"][width] for code in _CALENDARS for width in ("wide", "abbreviated")]
    return frozenset(name.casefold().strip(".") for names in widths for name in names.values())


@cache
def language_codes() -> dict[str, str]:
    """Codes of languages by their names in small letters: `polish`, `polnisch` and `polski` are `pl`."""
    found: dict[str, str] = {}
    for shown_in in _SHOWN_IN:
        for code, name in Locale(shown_in).languages.items():
            if len(code) == 2:
                found.setdefault(name.casefold(), code)
    return found
