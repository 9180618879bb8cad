"""A narrative down the years, and the history of a statement, as answers show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from app.domain.explanations.role_spans import Role
from app.domain.statements.revisions import RevisionKind
from app.schemas.checks import RecurrenceOut, ReviewerOut, StanceLabel
from app.schemas.fields import DateOut, Shown
from app.schemas.findings import FindingOut
from app.schemas.narratives import NarrativeOut
from app.schemas.predictions import PredictionOut, TallyOut, TextQuoteSelector
from app.schemas.statements import SourceOut


class NarrativeWithTally(NarrativeOut):
    """A recurring script that statements are instances of, and what became of what they predicted."""

    predictions: TallyOut


class SlotOut(Shown):
    """A part of a text, and what it is in it; it points into the entry's `text`."""

    role: Role
    span: TextQuoteSelector


class TimelineEntryOut(Shown):
    """One appearance: a statement of the archive."""

    id: str
    said_at: DateOut | None
    speaker: str | None
    source: SourceOut
    title: str | None
    text: str
    language: str
    stance: StanceLabel | None
    findings: list[FindingOut] = Field(description="Those about this statement.")
    prediction: PredictionOut | None
    slots: list[SlotOut] = Field(description="Its parts in the roles that vary, in order of the text.")
    sightings: int = Field(description="How many statements have this text, speaker and day.")
    withdrawn: bool = Field(description="true only with `known_at`: it was withdrawn later.")


class TimelineOut(Shown):
    """A page of a narrative's appearances in order of time, those without a date last."""

    recurrence: RecurrenceOut = Field(description="Of all appearances, not of this page alone.")
    predictions: TallyOut
    variable_roles: list[Role] = Field(description="Roles whose words differ among the appearances of this page.")
    items: Sequence[TimelineEntryOut]
    next_cursor: str | None


class FieldChangeOut(Shown):
    """A field's value before and after."""

    name: str
    before: Any = Field(description="As JSON has it; `narratives` are lists of objects with `id` and `title`.")
    after: Any


class RevisionOut(Shown):
    """One change of a statement."""

    at: datetime
    what: RevisionKind
    by: ReviewerOut | None = Field(description="The key, by its id and name; null where nobody is known.")
    changes: list[FieldChangeOut]
    reason: str | None = Field(None, description="Why, where somebody said so.")


class RevisionList(Shown):
    """A page of a statement's history, the newest first."""

    items: Sequence[RevisionOut]
    next_cursor: str | None
