"""Predictions as answers show them: the words, the window, what became of them, and tallies."""

from typing import Literal

from pydantic import Field

from app.domain.predictions.predictions import StatusLabel
from app.schemas.fields import DateOut, Shown
from app.schemas.findings import FindingOut


class TextQuoteSelector(Shown):
    """W3C TextQuoteSelector; `start` and `end` count Unicode code points of the `text` that the answer returns."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class PredictionStatusOut(Shown):
    """Outcome of a prediction, as far as it is recorded."""

    label: StatusLabel = Field(
        description="`expired`: its window passed, and no outcome is recorded; `disputed`: publishers contradict each "
        "other. Nothing did not happen merely because time passed."
    )
    evidence: FindingOut | None = Field(description="The latest finding with that outcome.")


class PredictionOut(Shown):
    """Prediction in a text: its cue words and its time window."""

    cues: list[TextQuoteSelector]
    window: TextQuoteSelector | None = Field(description="The words for the time in which it is to happen.")
    until: DateOut | None = Field(description="The end of that time; null where the words do not say it.")
    status: PredictionStatusOut | None = Field(description="null for the checked text's own prediction.")


class TallyOut(Shown):
    """Number of predictions, the date of the first, and their outcomes."""

    count: int
    since: DateOut | None
    happened: int
    did_not_happen: int
    unknown: int
    disputed: int
    expired: int
    open: int
