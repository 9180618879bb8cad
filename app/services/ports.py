"""Ports that every use case needs: transactions, the clock, languages. `app/store` and `index` implement them and
`app/wiring.py` connects them; the repositories of a transaction are in `app/services/<capability>/ports.py`."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from app.services.access.ports import Access, Accounts, ContributionLog, IdempotencyKeys, SecondFactors
from app.services.administration.ports import Administration
from app.services.audit.ports import Audit, Erasures
from app.services.checks.ports import Checks
from app.services.desk.ports import CounterExamples, Flags, FlagViews, Reviews, ViewMessages
from app.services.documents.ports import Documents
from app.services.feeds.ports import Feeds
from app.services.glosses.ports import Glosses
from app.services.jobs.ports import Jobs, TaskSignal
from app.services.map.ports import MapPositions
from app.services.narratives.ports import Follows, Members, NarrativeChanges, Narratives, NarrativeTags, Warnings
from app.services.observability.ports import Figures
from app.services.overview.ports import Overviews
from app.services.predictions.ports import Predictions
from app.services.search.ports import Consistency, IndexChoices, Vectors
from app.services.sources.ports import WatchedSources
from app.services.speakers.ports import Speakers
from app.services.statements.ports import Findings, Imports, Proposals, Revisions, Statements, SubmissionLog
from app.services.suggestions.ports import BackgroundRuns, Suggestions
from app.services.webhooks.ports import Events, Webhooks


class Transaction(Protocol):
    """Transaction over the store: a consistent snapshot, or one atomic change."""

    @property
    def statements(self) -> Statements: ...
    @property
    def revisions(self) -> Revisions: ...
    @property
    def narratives(self) -> Narratives: ...
    @property
    def narrative_changes(self) -> NarrativeChanges: ...
    @property
    def narrative_tags(self) -> NarrativeTags: ...
    @property
    def warnings(self) -> Warnings: ...
    @property
    def speakers(self) -> Speakers: ...
    @property
    def follows(self) -> Follows: ...
    @property
    def members(self) -> Members: ...
    @property
    def findings(self) -> Findings: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def submissions(self) -> SubmissionLog: ...
    @property
    def vectors(self) -> Vectors: ...
    @property
    def index_choices(self) -> IndexChoices: ...
    @property
    def consistency(self) -> Consistency: ...
    @property
    def checks(self) -> Checks: ...
    @property
    def documents(self) -> Documents: ...
    @property
    def flags(self) -> Flags: ...
    @property
    def glosses(self) -> Glosses: ...
    @property
    def flag_views(self) -> FlagViews: ...
    @property
    def view_messages(self) -> ViewMessages: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def counter_examples(self) -> CounterExamples: ...
    @property
    def access(self) -> Access: ...
    @property
    def contributions(self) -> ContributionLog: ...
    @property
    def proposals(self) -> Proposals: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def second_factors(self) -> SecondFactors: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def erasures(self) -> Erasures: ...
    @property
    def idempotency_keys(self) -> IdempotencyKeys: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def webhooks(self) -> Webhooks: ...
    @property
    def feeds(self) -> Feeds: ...
    @property
    def events(self) -> Events: ...
    @property
    def watched_sources(self) -> WatchedSources: ...
    @property
    def suggestions(self) -> Suggestions: ...
    @property
    def map_positions(self) -> MapPositions: ...
    @property
    def background_runs(self) -> BackgroundRuns: ...
    @property
    def predictions(self) -> Predictions: ...
    @property
    def administration(self) -> Administration: ...
    @property
    def overviews(self) -> Overviews: ...
    @property
    def figures(self) -> Figures: ...
    def signal(self, task_signal: TaskSignal) -> None:
        """Signals a worker once this transaction is committed."""


class Store(Protocol):
    """Database. A writing transaction commits when its block ends, and rolls back when it raises.

    Both kinds raise `StoreUnavailable` where the database does not answer or takes no changes: in a request within a
    second, elsewhere after half a minute (`app/services/lock_timeout.py`).
    """

    def reading(self) -> AbstractContextManager[Transaction]: ...
    def writing(self, *, durable: bool = True) -> AbstractContextManager[Transaction]:
        """Opens a read-write transaction. Without `durable`, the commit does not wait for the disk and a power cut may
        lose it."""

    def watch(self) -> None:
        """Begins to watch the database, so that requests are refused at once while it hangs; until `close`."""

    def probe(self) -> str | None:
        """Reason why the database cannot be used, None where it can. Takes two seconds at most."""

    def is_newer(self) -> bool:
        """True where a newer version has migrated the database. Raises `StoreUnavailable`."""

    def shown_address(self) -> str:
        """Address of the database without its password and options, for the log."""

    def forget_deleted(self, *, thoroughly: bool = False) -> None:
        """Takes what was deleted out of freed space on the disk, as far as the database allows; `thoroughly` may take
        minutes, in which nobody writes."""

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
