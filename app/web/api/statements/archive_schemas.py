"""Statements, narratives and findings, as they come in and go out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, model_validator

from app.domain.access.keys import Organisation
from app.domain.core.dates import moment_of
from app.domain.statements.statements import (
    Finding,
    NarrativeLabel,
    Outcome,
    Source,
    Statement,
    StatementDraft,
)
from app.web.api.fields import (
    Address,
    DateIn,
    DateOut,
    Identifier,
    Name,
    Patch,
    Prose,
    Shown,
    StatementText,
    Strict,
    Title,
    example,
    never_null,
)

ExampleId = Field(examples=["5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11"])


class SourceIn(Strict):
    """Where something appeared."""

    name: Name | None = None
    url: Address | None = None
    archive_url: Address | None = None

    def drafted(self) -> Source:
        return Source(self.name, self.url, self.archive_url)


class SourceOut(Shown):
    """Where something appeared."""

    name: str | None
    url: str | None
    archive_url: str | None


class NarrativeRefOut(Shown):
    """A narrative in few words."""

    id: str
    title: str


class FindingFields(Strict):
    """What a fact-checker found."""

    verdict: Name = Field(examples=["false"])
    publisher: Name | None = Field(None, examples=["Example Fact Check"])
    url: Address | None = None
    published_at: DateIn | None = None
    summary: Prose | None = None
    learned_at: DateIn | None = Field(None, description="When we learned of it; default: now.")
    outcome: Outcome | None = Field(None, description="What became of what the statement predicted.")
    outcome_url: Address | None = Field(None, description="Evidence of the outcome, where it is not at `url`.")

    def drafted(self, statement: str | None = None, narrative: str | None = None) -> Finding:
        return Finding(
            verdict=self.verdict,
            publisher=self.publisher,
            url=self.url,
            published_at=self.published_at,
            summary=self.summary,
            learned_at=moment_of(self.learned_at),
            statement=statement,
            narrative=narrative,
            outcome=self.outcome,
            outcome_url=self.outcome_url,
        )


class FindingIn(FindingFields):
    """A finding about one statement or one narrative."""

    statement: str | None = Field(None, description="Id of the statement that it is about.")
    narrative: str | None = Field(None, description="Id, external id or title of the narrative that it is about.")

    @model_validator(mode="after")
    def _about_one(self) -> "FindingIn":
        if (self.statement is None) == (self.narrative is None):
            raise ValueError("say what it is about: either statement or narrative, not both")
        return self


class FindingOut(Shown):
    """A finding about a statement, or about one of its narratives."""

    id: str | None
    verdict: str
    publisher: str | None
    url: str | None
    published_at: DateOut | None
    summary: str | None
    statement: str | None
    narrative: str | None
    learned_at: datetime | None
    outcome: Outcome | None = Field(description="Settles the prediction of the statement that the finding is about.")
    outcome_url: str | None


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
    language: str | None = Field(None, max_length=35, examples=["en"], description="Detected when absent.")
    speaker: Name | None = None
    said_at: DateIn | None = None
    learned_at: DateIn | None = Field(None, description="When we learned of it; default: now.")
    source: SourceIn = SourceIn()
    narratives: list[Name] = Field([], max_length=50, description="Ids, external ids or titles of narratives.")
    external_id: Identifier | None = None
    findings: list[FindingFields] = Field([], max_length=50)
    private: bool = Field(False, description="true: seen and found by your organisation alone.")

    def drafted(self, language: str | None, organisation: Organisation) -> StatementDraft:
        return StatementDraft(
            text=self.text,
            title=self.title,
            language=language,
            speaker=self.speaker,
            said_at=self.said_at,
            learned_at=moment_of(self.learned_at),
            source=self.source.drafted(),
            narratives=tuple(NarrativeLabel(name) for name in self.narratives),
            external_id=self.external_id,
            findings=tuple(finding.drafted() for finding in self.findings),
            owner=organisation.key if self.private else None,
        )


class StatementPatch(Patch):
    """What to change: fields that are absent stay, null empties those that may be empty."""

    text: Annotated[StatementText | None, never_null] = None
    title: Title | None = None
    language: Annotated[str | None, Field(max_length=35), never_null] = None
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

    def changes(self, known: Statement, language: str | None, now: datetime) -> dict[str, Any]:
        """Values by field of `Statement`."""
        given = self.model_fields_set
        values: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("text", "title", "speaker", "said_at", "external_id")
            if name in given
        }
        if language:
            values["language"] = language
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
    """How often a statement was sent to us, and the latest ten times, the newest first."""

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
    learned_at: datetime
    source: SourceOut
    narratives: list[NarrativeRefOut]
    findings: list[FindingOut]
    withdrawn: bool
    private: bool
    sightings: SightingsOut = Field(SightingsOut(), description="Imports are none.")
    metadata: dict[str, Any]
    created_at: datetime
    updated_at: datetime


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
    """What to change: fields that are absent stay, null empties those that may be empty."""

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
    created_at: datetime


class StatementList(Shown):
    """A page of statements, the newest first."""

    items: Sequence[StatementOut]
    next_cursor: str | None


class NarrativeList(Shown):
    """A page of narratives, the newest first."""

    items: Sequence[NarrativeOut]
    next_cursor: str | None


class FindingList(Shown):
    """A page of findings, the newest first."""

    items: Sequence[FindingOut]
    next_cursor: str | None
