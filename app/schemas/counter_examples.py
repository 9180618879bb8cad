"""Counter-examples of narratives, as they are sent and answered."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from app.domain.access.keys import Organisation
from app.schemas.contributors import AuthorOut
from app.schemas.fields import LanguageTag, Shown, StatementText, Strict, example
from app.services.desk.ports import CounterExample


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
    added_by: AuthorOut | None = Field(description="Who made it; null: the operator of the service, or not known.")
    shared: bool = Field(description="true: it counts in the checks of every organisation, and not of its own alone.")

    @classmethod
    def shown(cls, counter_example: CounterExample, viewer: Organisation) -> "CounterExampleOut":
        """The counter-example as `viewer` sees it: names of keys and accounts are for their own organisation."""
        contributor, author = counter_example.contributor, counter_example.added_by
        own = contributor is not None and contributor.key == viewer.key
        name = author.name if author and own else None
        return cls(
            id=counter_example.id,
            text=counter_example.text,
            language=counter_example.language,
            created_at=counter_example.created_at,
            added_by=AuthorOut(organisation=contributor.name, name=name) if contributor else None,
            shared=counter_example.shared,
        )


class CounterExamplePatch(Strict):
    """Sharing of a counter-example: true where it counts in the checks of every organisation."""

    model_config = example(shared=True)

    shared: bool


class CounterExampleList(Shown):
    """A page of counter-examples, the newest first."""

    items: Sequence[CounterExampleOut]
    next_cursor: str | None
