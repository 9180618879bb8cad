"""Narratives, as they are sent and answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field, model_validator

from app.schemas.contributors import ContributorOut
from app.schemas.fields import (
    Identifier,
    Name,
    Patch,
    Prose,
    Shown,
    Strict,
    example,
    never_null,
)
from app.schemas.findings import FindingOut


class NarrativeRefOut(Shown):
    """A narrative in few words."""

    id: str
    title: str


class NarrativeIn(Strict):
    """A narrative to record. Its identity is `external_id` where given, otherwise its title."""

    model_config = example(
        title="X is about to stage a chemical attack to blame the government",
        description="Somebody is said to prepare a false attack; the attack itself does not come.",
    )

    title: Name = Field(examples=["X is about to stage a chemical attack to blame the government"])
    external_id: Identifier | None = None
    description: Prose | None = None
    parent: Name | None = Field(None, description="Id, external id or title of a broader narrative.")
    private: bool = Field(False, description="true: seen by your organisation alone.")


class NarrativePatch(Patch):
    """Changes to a narrative: fields that are absent stay, null empties those that may be empty."""

    title: Annotated[Name | None, never_null] = None
    description: Prose | None = None
    parent: Name | None = None

    @model_validator(mode="after")
    def _keeps_its_title(self) -> "NarrativePatch":
        if "title" in self.model_fields_set and self.title is None:
            raise ValueError("title cannot be emptied: leave it out, or send a value")
        return self


class NarrativeOut(Shown):
    """A recurring script that statements are instances of."""

    id: str
    title: str
    external_id: str | None
    description: str | None
    parent: NarrativeRefOut | None
    findings: list[FindingOut]
    statement_count: int
    private: bool
    contributor: ContributorOut | None = Field(description="Who brought it; null: the operator of the service.")
    created_at: datetime


class NarrativeList(Shown):
    """A page of narratives, the newest first."""

    items: Sequence[NarrativeOut]
    next_cursor: str | None
