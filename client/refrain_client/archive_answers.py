"""Answers of the service about the archive. Dates that say no more than they know, such as `2021-05`, stay text."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Outcome = Literal["happened", "did_not_happen", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Place where something appeared."""

    name: str | None
    url: str | None
    archive_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeRef:
    """A narrative in few words."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """Organisation that brought something to the shared archive, by its name."""

    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Author(Contributor):
    """Organisation that brought something, and its key or account that did; None where that is not yours to know."""

    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Finding of a fact-checker about a statement, or about one of its narratives."""

    id: str | None
    verdict: str
    publisher: str | None
    url: str | None
    published_at: str | None
    summary: str | None
    statement: str | None
    narrative: str | None
    learned_at: datetime | None
    outcome: Outcome | None = None
    """What became of what the statement predicted."""
    outcome_url: str | None = None
    added_by: Contributor | None = None
    """None: the operator of the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One time that a statement was sent to the service, and where it had been met."""

    seen_at: datetime
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """Number of times that a statement was sent, and the latest of them."""

    count: int
    latest: list[Sighting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of the archive."""

    id: str
    external_id: str | None
    title: str | None
    text: str
    language: str
    speaker: str | None
    said_at: str | None
    learned_at: datetime
    source: Source
    narratives: list[NarrativeRef]
    findings: list[Finding]
    withdrawn: bool
    private: bool
    contributor: Contributor | None = None
    """Whose `external_id` it is; None: the operator of the service."""
    sightings: Sightings
    metadata: dict[str, Any] = field(default_factory=dict)
    created_at: datetime
    updated_at: datetime
    said_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A statement that was found, and where in its text the words are: starts and ends, in Unicode code points."""

    statement: Statement
    similarity: float | None
    """Of its meaning to what was looked for, a cosine; None where it was looked for by words."""
    found: list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterExample:
    """A text that looks like a narrative and is not."""

    id: str
    text: str
    language: str
    created_at: datetime
    added_by: Author | None = None
    """None: the operator of the service, or not known."""
    shared: bool = True
    """It counts in the checks of every organisation, and not of its own alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposed change of what another organisation brought, and what became of it."""

    id: str
    state: Literal["open", "accepted", "refused"]
    statement_id: str | None
    narrative_id: str | None
    finding_id: str | None
    changes: dict[str, Any]
    reason: str | None
    proposed_by: Author
    contributor: Contributor | None
    """Who decides beside the operator."""
    created_at: datetime
    decided_at: datetime | None
    decision_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Number of predictions, the date of the first, and their outcomes."""

    count: int
    since: str | None
    happened: int
    did_not_happen: int
    unknown: int
    disputed: int
    expired: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """A recurring script that statements are instances of."""

    id: str
    title: str
    external_id: str | None
    description: str | None
    parent: NarrativeRef | None
    findings: list[Finding]
    statement_count: int
    private: bool
    contributor: Contributor | None = None
    """None: the operator of the service."""
    created_at: datetime
    predictions: Tally | None = None
    """What became of what its statements predicted, where one narrative is asked for."""
