"""Timelines: a narrative's appearances in order of time, with the role spans in which they differ."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.checks.checks import StanceLabel
from app.domain.checks.recurrence import Recurrence
from app.domain.core.dates import Period
from app.domain.explanations.role_spans import Role, RoleSpan
from app.domain.predictions.predictions import Prediction, Tally
from app.domain.statements.statements import Finding, Narrative, Source


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Entry of a timeline: a statement, and the number of others with the same text, speaker and day.

    `slots` are its variable parts, in order of the text; `withdrawn`: it was withdrawn later than the day asked for.
    """

    id: str
    said_at: Period | None
    speaker: str | None
    source: Source
    title: str | None
    text: str
    language: str
    stance: StanceLabel | None
    findings: tuple[Finding, ...]
    prediction: Prediction | None
    slots: tuple[RoleSpan, ...]
    sightings: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Page of a narrative's appearances, and the totals of all of them."""

    narrative: Narrative
    recurrence: Recurrence
    predictions: Tally
    variable_roles: tuple[Role, ...]
    entries: tuple[TimelineEntry, ...]
    next: int | None
    """Cursor of the next page; None on the last."""


def variable_role_spans(
    role_spans: Mapping[int, Sequence[RoleSpan]],
) -> tuple[tuple[Role, ...], dict[int, tuple[RoleSpan, ...]]]:
    """Roles whose words vary among the texts, and each text's spans with such a role.

    A role that only some of the texts have differs; one text alone has nothing to differ from, and keeps all of its
    slots. `other` is no role to compare.
    """
    roles = list(dict.fromkeys(span.role for spans in role_spans.values() for span in spans if span.role != "other"))
    values: dict[Role, set[frozenset[str]]] = {
        role: {
            frozenset(span.span.exact.casefold() for span in spans if span.role == role)
            for spans in role_spans.values()
        }
        for role in roles
    }
    variable = tuple(sorted(role for role in roles if len(values[role]) > 1 or len(role_spans) == 1))
    return variable, {key: tuple(span for span in spans if span.role in variable) for key, spans in role_spans.items()}


_JOINED: Final = re.compile(r"[\s\-\u2010-\u2015'’]*(?:[^\W\d_]{1,3}[\s\-'’]+)?")
"""What may stand between two parts of one phrase: blanks, hyphens, and one short word such as "of"."""


def phrases_of(text: str, spans: Sequence[RoleSpan]) -> dict[Role, tuple[str, ...]]:
    """Whole phrases of a text by role, each once: parts of one role that follow each other are one phrase, and a part
    of a word is the whole word."""
    found: dict[Role, list[tuple[int, int]]] = {}
    for span in sorted(spans, key=lambda span: span.span.start):
        start, end = _whole_words(text, span.span.start, span.span.end)
        placed = found.setdefault(span.role, [])
        if placed and _JOINED.fullmatch(text, placed[-1][1], start):
            placed[-1] = (placed[-1][0], max(end, placed[-1][1]))
        else:
            placed.append((start, end))
    return {
        role: tuple({text[start:end].casefold(): text[start:end] for start, end in placed}.values())
        for role, placed in found.items()
    }


def distinct_phrases(rows: Iterable[Mapping[Role, Sequence[str]]]) -> dict[Role, int]:
    """Number of different phrases of each role in rows of phrases."""
    values: dict[Role, set[str]] = {}
    for row in rows:
        for role, phrases in row.items():
            values.setdefault(role, set()).update(phrase.casefold() for phrase in phrases)
    return {role: len(phrases) for role, phrases in values.items()}


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The range, widened to letters and digits beside it; not in scripts without blanks, whose words have no ends."""
    while 0 < start < end and _is_word(text[start - 1]) and _is_word(text[start]):
        start -= 1
    while start < end < len(text) and _is_word(text[end]) and _is_word(text[end - 1]):
        end += 1
    return start, end


def _is_word(sign: str) -> bool:
    return sign.isalnum() and sign < "\u0e00"
