"""Summaries of narratives for lists and plots."""

from dataclasses import dataclass
from typing import Literal

from app.domain.core.dates import Period
from app.domain.predictions.predictions import StatusLabel
from app.domain.statements.statements import NarrativeRef

NarrativeSort = Literal["last", "count", "title"]
"""Sort order of narratives: last appearance, number of statements, or title."""


@dataclass(frozen=True, slots=True)
class NarrativeSummary:
    """Narrative in a list, with the number of statements under it and its descendants."""

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
