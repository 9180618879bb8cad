"""Ports of the services: the interfaces that `app/store` and `index` implement and `app/wiring.py` connects."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from app.domain.access.keys import Key, Organisation
from app.domain.checks.checks import Check
from app.domain.checks.reviews import Actor
from app.domain.core.dates import Period
from app.domain.documents.documents import Document
from app.domain.narratives.summaries import NarrativeSort, NarrativeSummary
from app.domain.statements.statements import (
    Finding,
    Narrative,
    NarrativeDraft,
    NarrativeLabel,
    NarrativeRef,
    Statement,
    Submission,
    Submissions,
)
from app.services.access.account_ports import Accounts
from app.services.access.request_ports import IdempotencyKeys
from app.services.desk.flag_ports import Flags, FlagViews
from app.services.desk.review_ports import CounterExamples, Reviews
from app.services.jobs.background_ports import Events, Jobs, TaskSignal, Webhooks
from app.services.statements.past_ports import Members, Revisions
from index.contract import EncodedText, EncoderInput

NameOf = Literal["speaker", "source", "narrative"]
"""Kind of name that a statement carries: its speaker, its source, its narratives."""


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Filter of a list of statements; None: any."""

    q: str | None = None
    speaker: str | None = None
    language: str | None = None
    narrative: str | None = None
    source: str | None = None
    said_from: Period | None = None
    said_to: Period | None = None
    words: tuple[str, ...] = ()
    """Each occurs in title or text."""


@dataclass(frozen=True, slots=True)
class NarrativeFilter:
    """Filter and order of a list of narratives."""

    words: tuple[str, ...] = ()
    """Each occurs in title or description."""
    top: bool = False
    """Only those that have no parent."""
    parents: tuple[int, ...] | None = None
    """Only the children of these, by key."""
    sort: NarrativeSort = "last"


@dataclass(frozen=True, slots=True)
class IndexRow:
    """Change of a statement as the index needs it. No vector: withdrawn, or not embedded yet."""

    key: int
    sequence: int
    begins: int | None
    ends: int | None
    vector: bytes | None
    terms: str | None = None


class Statements(Protocol):
    """Store of statements. `viewer`, here and below: the organisation that asks; None sees shared ones."""

    def speakers(self) -> list[str]:
        """Speakers in the archive."""

    def archive_id(self) -> str: ...
    def sequence(self) -> int: ...
    def next_sequence(self) -> int:
        """Next sequence number, under which this transaction's changes are found. Changes become visible in its
        order."""

    def count(self, viewer: Organisation | None = None) -> int: ...
    def by_keys(self, keys: Sequence[int], *, known_at: datetime | None = None) -> dict[int, Statement]:
        """Statements not withdrawn, by key, of every owner, with narratives and findings (their narratives' included).

        With `known_at` as they were then: learned of, not withdrawn and worded; `withdrawn_at` is that of now.
        """

    def by_id(self, statement_id: str, viewer: Organisation | None = None) -> Statement | None: ...
    def by_identities(self, identities: Iterable[str]) -> dict[str, Statement]: ...
    def find(
        self, filters: StatementFilter, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        """The newest first; `before` is the key of the last one seen."""

    def latest(
        self, filters: StatementFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        """Page of statements, by date, the latest first and undated ones at the end."""

    def among(
        self, filters: StatementFilter, keys: Sequence[int] | None, viewer: Organisation | None = None
    ) -> frozenset[int]:
        """Keys of statements that pass the filter, among these or all."""

    def names(self, of: NameOf, part: str, limit: int, viewer: Organisation | None = None) -> list[str]:
        """Names in use that contain `part`, the shortest first."""

    def add(self, statements: Sequence[Statement], sequence: int, by: Actor | None = None) -> list[int]:
        """Stores new statements with their narratives and findings; their keys, in order."""

    def change(self, before: Statement, after: Statement, sequence: int, by: Actor | None = None) -> None:
        """Stores a change, and a revision with the former values. Findings are added, narratives become those of
        `after`.

        The change is dated by `updated_at`.
        """

    def withdrawn(self, ids: Iterable[str]) -> frozenset[str]: ...


class Narratives(Protocol):
    """Narratives and their parents."""

    def resolve(self, name: str, viewer: Organisation | None = None) -> NarrativeRef | None:
        """Narrative by id, external id or title, in this order."""

    def ensure(self, labels: Sequence[NarrativeLabel], owner: int | None = None) -> dict[NarrativeLabel, NarrativeRef]:
        """Narratives for labels, among those that the owner sees; new ones are created as its own, under their
        parents."""

    def by_id(self, narrative_id: str, viewer: Organisation | None = None) -> Narrative | None: ...
    def find(
        self, q: str | None, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[tuple[int, Narrative]]: ...
    def put(self, draft: NarrativeDraft, parent: NarrativeRef | None) -> tuple[str, bool]:
        """Adds a narrative, or updates the one with this external id or title; its id, and True if it is new."""

    def change(self, key: int, title: str, description: str | None, parent: NarrativeRef | None) -> None: ...
    def is_below(self, key: int, ancestor: int) -> bool: ...
    def page(
        self, filters: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[NarrativeSummary]: ...


class Findings(Protocol):
    """Store of fact-checkers' findings."""

    def put(self, finding: Finding, statement: int | None, narrative: int | None) -> tuple[str, bool]:
        """Adds a finding unless an equal one is there; its id, and True if it is new."""

    def by_id(self, finding_id: str, viewer: Organisation | None = None) -> Finding | None: ...
    def find(
        self,
        statement: str | None,
        narrative: str | None,
        before: int | None,
        limit: int,
        viewer: Organisation | None = None,
    ) -> list[tuple[int, Finding]]: ...
    def remove(self, finding_id: str, at: datetime, viewer: Organisation | None = None) -> bool:
        """Withdraws a finding; it is still found as of earlier moments."""


class SubmissionLog(Protocol):
    """Log of submissions of statements."""

    def add(self, statement: int, organisation: Organisation, submission: Submission) -> None: ...
    def of(self, statements: Sequence[int]) -> dict[int, Submissions]:
        """Submissions by key, for every key that was asked for."""


class Vectors(Protocol):
    """Vectors of statements, by embedder fingerprint."""

    def put(self, fingerprint: str, encodings: Iterable[tuple[int, EncodedText]]) -> None: ...
    def of(self, key: int, fingerprint: str) -> EncodedText | None:
        """Encoding of a statement, None where it has not been encoded under this fingerprint."""

    def put_token_features(self, fingerprint: str, encodings: Iterable[tuple[int, EncodedText]]) -> None:
        """Replaces the token features of statements, and leaves their vectors and terms unchanged."""

    def forget(self, keys: Sequence[int]) -> None:
        """Deletes the vectors of statements whose text changed, under every fingerprint."""

    def changed_since(self, sequence: int, fingerprint: str) -> Iterator[IndexRow]:
        """Changes after a sequence number, in order."""

    def missing(self, fingerprint: str, limit: int) -> list[tuple[int, EncoderInput]]:
        """Keys of statements without a vector under this fingerprint, with their encoder input."""

    def missing_token_features(
        self, fingerprint: str, version: str, after: int, limit: int
    ) -> list[tuple[int, EncoderInput]]:
        """Statements with a vector but no token features of this version, in order of key, after a key."""

    def count_missing(self, fingerprint: str) -> int: ...
    def token_features(self, fingerprint: str, version: str, keys: Sequence[int]) -> dict[int, bytes]:
        """Token features of this version, by key of the statement."""

    def touch(self, keys: Sequence[int], sequence: int) -> None:
        """Marks statements as changed, so that every process loads their vectors."""


class Checks(Protocol):
    """Stored checks; an organisation sees its own only."""

    def add(self, organisation: Organisation, check: Check) -> None:
        """Stores a check; a flagged one becomes an open flag."""

    def by_id(self, organisation: Organisation, check_id: str) -> Check | None: ...
    def by_ids(self, organisation: Organisation, ids: Sequence[str]) -> list[Check]:
        """Checks of the organisation with these ids, in no order."""

    def find(
        self, organisation: Organisation, flagged: bool | None, before: int | None, limit: int
    ) -> list[tuple[int, Check]]: ...


class Documents(Protocol):
    """Store of documents as they were answered; an organisation sees its own only."""

    def add(self, organisation: Organisation, document: Document) -> None:
        """Stores an article; its checks are stored by themselves."""

    def by_id(self, organisation: Organisation, document_id: str) -> Document | None:
        """Document with its checks as they are now."""


class Access(Protocol):
    """Organisations and keys."""

    def ensure_organisation(self, name: str) -> Organisation: ...
    def organisation(self, name_or_id: str) -> Organisation | None: ...
    def organisations(self) -> list[Organisation]: ...
    def change_organisation(self, changed: Organisation) -> None:
        """Stores an organisation's name, its limit and whether it is the operator's."""

    def add_key(self, key: Key, secret_hash: str) -> None: ...
    def key_by_hash(self, secret_hash: str) -> Key | None:
        """Key with this secret. A secret that was rotated out gives the key with the expiry of that secret."""

    def key(self, key_id: str) -> Key | None: ...
    def keys(self, organisation: Organisation | None = None) -> list[Key]:
        """The oldest first; of every organisation where none is named."""

    def rotate(self, key_id: str, secret_hash: str, hint: str, previous_until: datetime) -> None:
        """Replaces a key's secret. The old one is valid until then; an older one ends now."""

    def revoke(self, key_id: str, at: datetime) -> bool: ...
    def used(self, key_id: str, at: datetime) -> None: ...


class Transaction(Protocol):
    """Transaction over the store: a consistent snapshot, or one atomic change."""

    @property
    def statements(self) -> Statements: ...
    @property
    def revisions(self) -> Revisions: ...
    @property
    def narratives(self) -> Narratives: ...
    @property
    def members(self) -> Members: ...
    @property
    def findings(self) -> Findings: ...
    @property
    def submissions(self) -> SubmissionLog: ...
    @property
    def vectors(self) -> Vectors: ...
    @property
    def checks(self) -> Checks: ...
    @property
    def documents(self) -> Documents: ...
    @property
    def flags(self) -> Flags: ...
    @property
    def flag_views(self) -> FlagViews: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def counter_examples(self) -> CounterExamples: ...
    @property
    def access(self) -> Access: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def idempotency_keys(self) -> IdempotencyKeys: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def webhooks(self) -> Webhooks: ...
    @property
    def events(self) -> Events: ...
    def signal(self, task_signal: TaskSignal) -> None:
        """Signals a worker once this transaction is committed."""


class Store(Protocol):
    """Database. A writing transaction commits when its block ends, and rolls back when it raises."""

    def reading(self) -> AbstractContextManager[Transaction]: ...
    def writing(self, *, durable: bool = True) -> AbstractContextManager[Transaction]:
        """Opens a read-write transaction. Without `durable`, the commit does not wait for the disk and a power cut may
        lose it."""

    def close(self) -> None: ...


class Languages(Protocol):
    """Language detection, and canonical language tags."""

    def detect(self, text: str) -> str:
        """ISO 639 code of the most likely language; `und` for a text without letters."""

    def canonical(self, tag: str) -> str | None:
        """Canonical form of a language tag, None for an unknown one."""


class Clock(Protocol):
    """Clock, replaceable in tests."""

    def __call__(self) -> datetime: ...
