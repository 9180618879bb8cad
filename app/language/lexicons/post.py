"""Words of each language by which a sentence of a post asserts nothing that could be checked."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.language.lexicons.notation import WRITTEN, Notation, base_language, patterns
from index.lexicons import languages

LANGUAGES: Final = languages("post")


@dataclass(frozen=True, slots=True)
class PostLexicon:
    """The words of one language; every pattern ignores case and finds whole words."""

    address: re.Pattern[str]
    """Greetings, thanks, and calls to subscribe, to share, to read on."""
    opinion: re.Pattern[str]
    """Feelings and judgements: `I love`, `what a shame`."""


def post_lexicon(language: str) -> PostLexicon | None:
    """The words of a language, by its code; None where there are none."""
    code = base_language(language)
    return _of_language(code) if code in LANGUAGES else None


@cache
def _of_language(code: str) -> PostLexicon:
    found = patterns(Notation(code, WRITTEN), "post", ("address", "opinion"))
    return PostLexicon(found["address"], found["opinion"])
