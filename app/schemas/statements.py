"""Statements, as they are sent and answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, model_validator

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.core.dates import moment_of
from app.domain.statements.statements import (
    NarrativeLabel,
    Source,
    Statement,
    StatementDraft,
)
from app.schemas.contributors import ContributorOut
from app.schemas.fields import (
    Address,
    DateIn,
    DateOut,
    Identifier,
    LanguageTag,
    Name,
    Patch,
    Shown,
    StatementText,
    Strict,
    Title,
    example,
    never_null,
)
from app.schemas.findings import FindingFields, FindingOut
from app.schemas.narratives import NarrativeRefOut

ExampleId = Field(examples=["5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11"])


class SourceIn(Strict):
    """Source of a statement."""

    name: Name | None = None
    url: Address | None = None
    archive_url: Address | None = None

    def drafted(self) -> Source:
        return Source(self.name, self.url, self.archive_url)


class SourceOut(Shown):
    """Source of a statement."""

    name: str | None
    url: str | None
    archive_url: str | None


class StatementIn(Strict):
    """A statement to record. Its identity is `external_id` where given, otherwise text, speaker and date."""

    model_config = example(
        text="Militants are bringing gas to Idlib to stage an attack and blame the government.",
        said_at="2021-04-24",
        speaker="Alexander Karpov",
        source={"name": "Example News", "url": "https://example.org/2021/04/24"},
        findings=[{"verdict": "unfounded", "publisher": "Example Fact Check", "url": "https://example.org/check"}],
    )

    text: StatementText
    title: Title | None = Field(None, description="Searched together with the text.")
    language: LanguageTag | None = Field(None, description="Detected when absent.")
    speaker: Name | None = None
    said_at: DateIn | None = None
    said_before: DateIn | None = Field(
        None,
        description="Where `said_at` is not known: it had been said by the end of this, and is found as earlier then.",
    )
    learned_at: DateIn | None = Field(None, description="When we learned of it; default: now.")
    source: SourceIn = SourceIn()
    narratives: list[Name] = Field([], max_length=50, description="Ids, external ids or titles of narratives.")
    external_id: Identifier | None = Field(None, description="Your organisation's own id of it.")
    findings: list[FindingFields] = Field([], max_length=50)
    private: bool = Field(False, description="true: seen and found by your organisation alone.")

    def drafted(self, organisation: Organisation) -> StatementDraft:
        return StatementDraft(
            text=self.text,
            title=self.title,
            language=self.language,
            speaker=self.speaker,
            said_at=self.said_at,
            said_before=None if self.said_at else self.said_before,
            learned_at=moment_of(self.learned_at),
            source=self.source.drafted(),
            narratives=tuple(NarrativeLabel(name) for name in self.narratives),
            external_id=self.external_id,
            findings=tuple(finding.drafted() for finding in self.findings),
            owner=organisation.key if self.private else None,
            contributor=Contributor.of(organisation),
        )


class StatementPatch(Patch):
    """Changes to a statement: fields that are absent stay, null empties those that may be empty."""

    text: Annotated[StatementText | None, never_null] = None
    title: Title | None = None
    language: Annotated[LanguageTag | None, never_null] = None
    speaker: Name | None = None
    said_at: DateIn | None = None
    source: SourceIn | None = None
    narratives: Annotated[list[Name] | None, Field(max_length=50, description="Exactly these."), never_null] = None
    external_id: Identifier | None = None
    withdrawn: Annotated[bool | None, Field(description="false restores a withdrawn statement."), never_null] = None

    @model_validator(mode="after")
    def _keeps_what_it_needs(self) -> "StatementPatch":
        for name in ("text", "language", "withdrawn", "narratives"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be emptied: leave it out, or send a value")
        return self

    def changes(self, known: Statement, now: datetime) -> dict[str, Any]:
        """Values by field of `Statement`."""
        given = self.model_fields_set
        values: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("text", "title", "speaker", "said_at", "external_id")
            if name in given
        }
        if self.said_at:
            values["said_before"] = None
        if self.language:
            values["language"] = self.language
        if "source" in given:
            values["source"] = self.source.drafted() if self.source else Source()
        if self.withdrawn is not None:
            values["withdrawn_at"] = (known.withdrawn_at or now) if self.withdrawn else None
        return values


class SightingOut(Shown):
    """One time that a statement was sent to us, and where it had been met."""

    seen_at: datetime
    source: SourceOut


class SightingsOut(Shown):
    """Number of times that a statement was sent to us, and the latest ten, the newest first."""

    count: int = 0
    latest: Sequence[SightingOut] = ()


class StatementOut(Shown):
    """A statement of the archive."""

    id: Annotated[str, ExampleId]
    external_id: str | None
    title: str | None
    text: str
    language: str
    speaker: str | None
    said_at: DateOut | None
    said_before: DateOut | None = Field(
        None, description="Where `said_at` is null: it had been said by the end of this, such as the day of its review."
    )
    learned_at: datetime
    source: SourceOut
    narratives: list[NarrativeRefOut]
    findings: list[FindingOut]
    withdrawn: bool
    private: bool
    contributor: ContributorOut | None = Field(
        description="Who brought it, whose `external_id` it is; null: the operator of the service."
    )
    sightings: SightingsOut = Field(SightingsOut(), description="Imports are none.")
    metadata: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class StatementList(Shown):
    """A page of statements, the newest first."""

    items: Sequence[StatementOut]
    next_cursor: str | None
