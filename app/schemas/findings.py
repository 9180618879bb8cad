"""Findings, as they are sent and answered: what a fact-checker found about a statement or a narrative."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field, model_validator

from app.domain.core.dates import moment_of
from app.domain.statements.statements import (
    Finding,
    Outcome,
)
from app.schemas.contributors import ContributorOut
from app.schemas.fields import (
    Address,
    DateIn,
    DateOut,
    Name,
    Prose,
    Shown,
    Strict,
)


class FindingFields(Strict):
    """Finding of a fact-checker."""

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
    added_by: ContributorOut | None = Field(
        None, validation_alias="contributor", description="Who added it; null: the operator of the service."
    )


class FindingList(Shown):
    """A page of findings, the newest first."""

    items: Sequence[FindingOut]
    next_cursor: str | None
