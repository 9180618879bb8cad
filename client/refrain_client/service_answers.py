"""Answers of the service about jobs, webhooks, feeds, the caller and itself."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from refrain_client.archive_answers import NarrativeRef
from refrain_client.check_answers import Check
from refrain_client.errors import Problem

JobState = Literal["queued", "running", "done", "cancelled", "failed"]
WebhookFormat = Literal["cloudevents", "slack", "teams", "mattermost"]
DeliveryState = Literal["pending", "delivered", "failed", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A line that did not go in, and why."""

    line: int
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work in the background: `done` of `lines` lines are finished."""

    id: str
    state: JobState
    name: str | None
    lines: int
    done: int
    counts: dict[str, int]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime | None
    error: str | None

    @property
    def ended(self) -> bool:
        return self.state in ("done", "cancelled", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutField:
    """A field that was left out of some records, which went in without it."""

    field: str
    reason: str
    count: int
    places: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureDates:
    """Statements whose date is in the future."""

    count: int
    places: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Report on an import's file: what was understood, and what was left out."""

    format: str | None = None
    encoding: str | None = None
    encoding_guessed: bool = False
    delimiter: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    columns_kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    statements: int = 0
    undated: int = 0
    bounded: int = 0
    future_dates: FutureDates | None = None
    skipped: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOutField] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Statements that stay when their import is undone, since somebody else refers to them."""

    why: Literal["also_imported", "submitted", "edited", "findings", "reviewed"]
    count: int
    statements: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneImport:
    """An import that was undone: what was taken out, and what stays."""

    id: str
    undone_at: datetime
    statements: int
    findings: int
    kept: list[Kept]
    updated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Job):
    """An import, with the first hundred of its rejected lines where one is asked for by its id."""

    private: bool
    dry_run: bool = False
    report: ImportReport | None = None
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkCheck(Job):
    """Many checks in the background."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """Result of one line: its check, or the problem with it."""

    line: int
    check: Check | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription. Nothing is sent to one that is not `active`; `disabled_reason` says why."""

    id: str
    url: str
    events: list[str]
    description: str | None
    active: bool
    disabled_reason: str | None
    failures: int
    created_at: datetime
    updated_at: datetime
    format: WebhookFormat = "cloudevents"
    language: str | None = None
    narratives: list[NarrativeRef] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWebhook(Webhook):
    """A webhook with its secret, which is not shown again."""

    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecret:
    """A webhook's new secret, which is not shown again."""

    secret: str = field(repr=False)
    previous_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to deliver: the HTTP status that came back, or why none did."""

    at: datetime
    status: int | None
    error: str | None
    ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event on its way to a webhook."""

    id: str
    event_id: str
    event_type: str
    subject: str
    state: DeliveryState
    attempts: list[Attempt]
    next_attempt_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A CloudEvent that a webhook received. An `id` that was seen before is a repeated delivery."""

    id: str
    type: str
    source: str
    subject: str
    time: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyKey:
    """The key that asks, by its hint."""

    id: str
    name: str
    hint: str
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyOrganisation:
    """Whose key it is."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of the size of one request, and of the number of requests an hour (None: any)."""

    characters_per_text: int
    checks_per_batch: int
    matches_per_check: int
    key_per_hour: int | None = None
    organisation_per_hour: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Caller: the key that a request is made with."""

    key: MyKey
    organisation: MyOrganisation
    scopes: list[str]
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Progress of the index in following the archive."""

    size: int
    checkpoint: int
    pending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedder:
    """Model that embeds."""

    embedder: str
    fingerprint: str
    dimension: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Cut-offs on `score` that are in force."""

    version: str
    calibrated: bool
    suggest_at: float
    flag_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The archive and what answers from it."""

    ready: bool
    statements: int
    index: Index
    model: Embedder
    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """The saved view that a feed follows."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed, without the secret in its address."""

    id: str
    name: str
    kind: Literal["flags", "narrative", "view"]
    narrative: NarrativeRef | None
    view: FeedView | None = None
    hint: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFeed(Feed):
    """A feed with its addresses, which are not shown again."""

    json_url: str = field(repr=False)
    atom_url: str = field(repr=False)
