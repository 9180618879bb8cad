"""Patterns that say how far the question or the negation of a sentence reaches, of each language."""

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from app.language.lexicons.notation import Notation, base_language, patterns
from index.lexicons import languages

_LANGUAGES: Final = languages("polarity")


@dataclass(frozen=True, slots=True)
class PolarityPatterns:
    """Phrases that keep a question or a negation off a claim, for folded text (`app.language.lexicons.folding`)."""

    presupposing: re.Pattern[str]
    """Phrases that take a claim beside them for granted: "did you know that", "nobody denies that"."""
    joining: re.Pattern[str]
    """Where a clause begins from which a negation does not reach back: ", not", "and", "without"."""
    contrast: re.Pattern[str]
    """Where a clause begins that a negation before it does not reach: "but", "however"."""


_KINDS: Final = tuple(field.name for field in fields(PolarityPatterns))


def polarity_patterns(language: str) -> PolarityPatterns | None:
    """The patterns of a language; None for one without its own."""
    code = base_language(language)
    return _of_language(code) if code in _LANGUAGES else None


@cache
def _of_language(code: str) -> PolarityPatterns:
    return PolarityPatterns(**patterns(Notation(code), "polarity", _KINDS))
