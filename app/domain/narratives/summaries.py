"""Narratives and their appearances in few words, as lists and plots show them."""

from dataclasses import dataclass
from typing import Literal

from app.domain.core.dates import Period
from app.domain.predictions.predictions import StatusLabel
from app.domain.statements.statements import NarrativeRef

NarrativeSort = Literal["last", "count", "title"]
"""By the last appearance, by the number of statements, or by title."""


@dataclass(frozen=True, slots=True)
class NarrativeSummary:
    """A narrative in a list. What is counted are the statements under it and under those below it."""

    key: int
    id: str
    title: str
    description: str | None
    parent: NarrativeRef | None
    private: bool
    statement_count: int
    first_said_at: Period | None
    last_said_at: Period | None


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """Point of a narrative's timeline plot: a dated appearance with its text, speaker and outcome."""

    id: str
    said_at: Period
    text: str
    language: str
    speaker: str | None
    outcome: StatusLabel | None = None
    """Outcome of its prediction, where it makes one."""
