"""What every use case needs of the world: transactions, the time, languages. `app/store` and `index` fit these
shapes, `app/wiring.py` puts them in; the repositories of a transaction are in `app/services/<capability>/ports.py`."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from app.services.access.ports import Access, Accounts, IdempotencyKeys
from app.services.checks.ports import Checks
from app.services.desk.ports import CounterExamples, Flags, FlagViews, Reviews
from app.services.documents.ports import Documents
from app.services.jobs.ports import Jobs, TaskSignal
from app.services.narratives.ports import Members, Narratives
from app.services.search.ports import Vectors
from app.services.statements.ports import Findings, Revisions, Statements, SubmissionLog
from app.services.webhooks.ports import Events, Webhooks


class Transaction(Protocol):
    """One consistent look at the store, or one change of it."""

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
    def signal(self, one: TaskSignal) -> None:
        """Tells a worker, once this transaction is committed."""


class Store(Protocol):
    """The database. A writing transaction commits when its block ends, and rolls back when it raises."""

    def reading(self) -> AbstractContextManager[Transaction]: ...
    def writing(self, *, durable: bool = True) -> AbstractContextManager[Transaction]:
        """Where it need not be `durable`, a power cut may forget it, and nobody waits for the disk."""

    def close(self) -> None: ...


class Languages(Protocol):
    """Knows languages by their codes and texts by their language."""

    def detect(self, text: str) -> str:
        """The ISO 639 code of the language a text is most likely in; `und` where there is nothing to go by."""

    def canonical(self, tag: str) -> str | None:
        """A language tag in its usual spelling, None for one that names no language."""


class Clock(Protocol):
    """The time, so that a test can hold it still."""

    def __call__(self) -> datetime: ...
