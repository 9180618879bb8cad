"""The words that show a stance, one module a language."""

import re
from dataclasses import fields
from functools import cache

from app.language.stance.cues import ar, de, en, es, fr, it, ru, uk
from app.language.stance.cues.notation import Cues, languages_of_script

_BY_LANGUAGE = {
    "en": en.CUES,
    "ru": ru.CUES,
    "uk": uk.CUES,
    "ar": ar.CUES,
    "de": de.CUES,
    "fr": fr.CUES,
    "es": es.CUES,
    "it": it.CUES,
}
LANGUAGES = tuple(_BY_LANGUAGE)
_NEVER = re.compile(r"(?!)")


def cues_for(language: str, text: str) -> Cues:
    """The cue words of a language, or for one without its own those of the languages in the text's script."""
    cues = _BY_LANGUAGE.get(language.lower().replace("_", "-").partition("-")[0])
    return cues or _of_script(*languages_of_script(text))


@cache
def _of_script(*languages: str) -> Cues:
    """Cues of several languages in one. Plain negation is left out: a short word means other things elsewhere."""
    united = {
        field.name: re.compile("|".join(getattr(_BY_LANGUAGE[code], field.name).pattern for code in languages))
        for field in fields(Cues)
    }
    return Cues(**{**united, "negation": _NEVER})
