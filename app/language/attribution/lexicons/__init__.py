"""The words of attribution, one module a language."""

from typing import Final

from app.language.attribution.lexicons import ar, de, en, es, fr, it, ru, uk
from app.language.attribution.lexicons.notation import Lexicon

_BY_LANGUAGE: Final = {
    "ar": ar.LEXICON,
    "de": de.LEXICON,
    "en": en.LEXICON,
    "es": es.LEXICON,
    "fr": fr.LEXICON,
    "it": it.LEXICON,
    "ru": ru.LEXICON,
    "uk": uk.LEXICON,
}
LANGUAGES: Final = tuple(_BY_LANGUAGE)
"""Those in which claims are found."""


def lexicon_for(language: str) -> Lexicon | None:
    """The words of a language, by its code; None where there are none."""
    return _BY_LANGUAGE.get(language.lower().replace("_", "-").partition("-")[0])
