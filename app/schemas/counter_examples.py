"""Counter-examples of narratives, as they are sent and answered."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from app.schemas.fields import LanguageTag, Shown, StatementText, Strict, example


class CounterExampleIn(Strict):
    """A text that looks like the narrative and is not."""

    model_config = example(text="Inspectors found no trace of chlorine in Idlib.", language="en")

    text: StatementText
    language: LanguageTag | None = Field(None, description="Detected when absent.")


class CounterExampleOut(Shown):
    """A text that looks like the narrative and is not."""

    id: str
    text: str
    language: str
    created_at: datetime


class CounterExampleList(Shown):
    """A page of counter-examples, the newest first."""

    items: Sequence[CounterExampleOut]
    next_cursor: str | None
