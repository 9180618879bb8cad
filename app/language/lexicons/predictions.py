"""Patterns of predictions and of the time windows that they give, in each language."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from app.language.lexicons.dates import DateLexicon, date_lexicon
from app.language.lexicons.notation import FOLDED_QUOTING, Notation, base_language, languages_of_script, patterns
from index.lexicons import entries, languages, section

WindowKind = Literal[
    "date", "end", "span", "coming", "tomorrow", "today", "this", "next", "weekday", "month", "year", "event", "near",
    "soon",
]  # fmt: skip
"""Kinds of time window, in order of preference; the groups of their patterns are named in braces.

`date`: {day} and {month}, {year} · `end`, `coming`, `this`, `next`: {unit} · `span`: {count} and {unit} ·
`weekday`: {weekday} · `month`: {month}, {year} · `year`: {year} · `event`: before something · `near`: at any moment ·
`soon`: at no definite time.
"""
WINDOW_KINDS: Final[tuple[WindowKind, ...]] = get_args(WindowKind)
LANGUAGES: Final = languages("prediction")


@dataclass(frozen=True, slots=True)
class PredictionLexicon:
    """The words of one language; patterns see folded text (`app.language.lexicons.folding`)."""

    cues: re.Pattern[str]
    """Phrases that announce an event."""
    exempt: re.Pattern[str]
    """Phrases that look like such a cue and are none: negated, past, a noun; masked before cues are looked for."""
    windows: tuple[tuple[WindowKind, re.Pattern[str]], ...]
    """In order of preference."""
    dates: DateLexicon


def prediction_lexicon(language: str, text: str) -> PredictionLexicon:
    """The lexicon of a language, or for one without its own that of the first language of the text's script."""
    code = base_language(language)
    return _of_language(code if code in LANGUAGES else languages_of_script(text)[0])


@cache
def _of_language(code: str) -> PredictionLexicon:
    dates = date_lexicon(code, FOLDED_QUOTING)
    slots = {
        "month": f"(?P<month>{dates.month})",
        "weekday": f"(?P<weekday>{dates.weekday})",
        "unit": f"(?P<unit>{dates.unit})",
        "count": rf"(?P<count>\d{{1,3}}|{dates.number})",
        "day": r"(?P<day>\d{1,2})",
        "year": r"(?P<year>20\d\d)",
        "event": r"[^\s,.;:!?\"»”“)]+(?: (?!and |и |et |und |y |e )[^\s,.;:!?\"»”“)]+){0,4}",
    }
    notation = Notation(code, FOLDED_QUOTING, slots)
    found = patterns(notation, "prediction", ("cues", "exempt"))
    listed = section(code, "windows", WINDOW_KINDS)
    windows = [
        (kind, notation.pattern(f"[windows] {kind}", entry))
        for kind in WINDOW_KINDS
        for entry in entries(listed.get(kind, ""))
    ]
    return PredictionLexicon(found["cues"], found["exempt"], tuple(windows), dates)
