"""The words that show a prediction and its time window, one module a language."""

from app.language.predictions.cues import ar, de, en, es, fr, it, ru, uk
from app.language.predictions.cues.notation import Foretelling
from app.language.stance.cues.notation import languages_of_script

_BY_LANGUAGE = {
    "en": en.FORETELLING,
    "ru": ru.FORETELLING,
    "uk": uk.FORETELLING,
    "ar": ar.FORETELLING,
    "de": de.FORETELLING,
    "fr": fr.FORETELLING,
    "es": es.FORETELLING,
    "it": it.FORETELLING,
}


def foretelling_for(language: str, text: str) -> Foretelling:
    """The words of a language, or for one without its own those of the first language of the text's script."""
    known = _BY_LANGUAGE.get(language.lower().replace("_", "-").partition("-")[0])
    return known or _BY_LANGUAGE[languages_of_script(text)[0]]
