"""Store and transactions: the repositories over one database connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine

from app.domain.core.errors import StoreUnavailable
from app.services.access.idempotency import current_claim
from app.services.jobs.ports import TaskSignal
from app.services.lock_timeout import as_request
from app.services.ports import Clock
from app.store.access.accounts import AccountRows
from app.store.access.contributions import ContributionRows
from app.store.access.idempotency import IdempotencyKeyRows
from app.store.access.keys import AccessRows
from app.store.access.second_factors import SecondFactorRows
from app.store.administration.administration import AdministrationRows
from app.store.audit.audit import AuditRows
from app.store.audit.erasures import ErasureRows
from app.store.checks.checks import CheckRows
from app.store.connections import backing, reading, writing
from app.store.database import connect_postgresql
from app.store.desk.counter_examples import CounterExampleRows
from app.store.desk.flag_views import FlagViewRows
from app.store.desk.flags import FlagRows
from app.store.desk.reviews import ReviewRows
from app.store.desk.view_messages import ViewMessageRows
from app.store.documents.documents import DocumentRows
from app.store.feeds.feeds import FeedRows
from app.store.freed_space import forget_deleted
from app.store.glosses.glosses import GlossRows
from app.store.jobs.background_runs import BackgroundRunRows
from app.store.jobs.jobs import JobRows
from app.store.map.map_positions import MapPositionRows
from app.store.migrating import schema_is_newer
from app.store.narratives.follows import FollowRows
from app.store.narratives.members import MemberRows
from app.store.narratives.narrative_changes import NarrativeChangeRows
from app.store.narratives.narratives import NarrativeRows
from app.store.narratives.tags import NarrativeTagRows
from app.store.narratives.warnings import WarningRows
from app.store.observability.figures import FigureRows
from app.store.overview.overview import OverviewRows
from app.store.predictions.predictions import PredictionRows
from app.store.search.consistency import ConsistencyRows
from app.store.search.index_choices import IndexChoiceRows
from app.store.sources.watched_sources import WatchedSourceRows
from app.store.speakers.speakers import SpeakerRows
from app.store.statements.findings import FindingRows
from app.store.statements.imports import ImportRows
from app.store.statements.proposals import ProposalRows
from app.store.statements.revisions import RevisionRows
from app.store.statements.statements import StatementRows
from app.store.statements.submissions import SubmissionRows
from app.store.statements.vectors import VectorRows
from app.store.suggestions.suggestions import SuggestionRows
from app.store.webhooks.webhooks import EventRows, WebhookRows


def _now() -> datetime:
    return datetime.now(UTC)


class SqlTransaction:
    """All repositories over one connection."""

    def __init__(self, connection: Connection, clock: Clock = _now):
        self._connection = connection
        self._clock = clock
        self.signals: list[TaskSignal] = []

    def signal(self, task_signal: TaskSignal) -> None:
        self.signals.append(task_signal)

    @cached_property
    def statements(self) -> StatementRows:
        return StatementRows(self._connection)

    @cached_property
    def revisions(self) -> RevisionRows:
        return RevisionRows(self._connection)

    @cached_property
    def members(self) -> MemberRows:
        return MemberRows(self._connection)

    @cached_property
    def narrative_changes(self) -> NarrativeChangeRows:
        return NarrativeChangeRows(self._connection)

    @cached_property
    def narrative_tags(self) -> NarrativeTagRows:
        return NarrativeTagRows(self._connection)

    @cached_property
    def warnings(self) -> WarningRows:
        return WarningRows(self._connection)

    @cached_property
    def speakers(self) -> SpeakerRows:
        return SpeakerRows(self._connection)

    @cached_property
    def follows(self) -> FollowRows:
        return FollowRows(self._connection)

    @cached_property
    def narratives(self) -> NarrativeRows:
        return NarrativeRows(self._connection)

    @cached_property
    def findings(self) -> FindingRows:
        return FindingRows(self._connection)

    @cached_property
    def imports(self) -> ImportRows:
        return ImportRows(self._connection)

    @cached_property
    def submissions(self) -> SubmissionRows:
        return SubmissionRows(self._connection)

    @cached_property
    def vectors(self) -> VectorRows:
        return VectorRows(self._connection)

    @cached_property
    def consistency(self) -> ConsistencyRows:
        return ConsistencyRows(self._connection)

    @cached_property
    def index_choices(self) -> IndexChoiceRows:
        return IndexChoiceRows(self._connection)

    @cached_property
    def checks(self) -> CheckRows:
        return CheckRows(self._connection)

    @cached_property
    def documents(self) -> DocumentRows:
        return DocumentRows(self._connection)

    @cached_property
    def flags(self) -> FlagRows:
        return FlagRows(self._connection)

    @cached_property
    def glosses(self) -> GlossRows:
        return GlossRows(self._connection)

    @cached_property
    def flag_views(self) -> FlagViewRows:
        return FlagViewRows(self._connection)

    @cached_property
    def view_messages(self) -> ViewMessageRows:
        return ViewMessageRows(self._connection)

    @cached_property
    def reviews(self) -> ReviewRows:
        return ReviewRows(self._connection)

    @cached_property
    def counter_examples(self) -> CounterExampleRows:
        return CounterExampleRows(self._connection)

    @cached_property
    def access(self) -> AccessRows:
        return AccessRows(self._connection)

    @cached_property
    def contributions(self) -> ContributionRows:
        return ContributionRows(self._connection)

    @cached_property
    def proposals(self) -> ProposalRows:
        return ProposalRows(self._connection)

    @cached_property
    def accounts(self) -> AccountRows:
        return AccountRows(self._connection)

    @cached_property
    def second_factors(self) -> SecondFactorRows:
        return SecondFactorRows(self._connection)

    @cached_property
    def audit(self) -> AuditRows:
        return AuditRows(self._connection, self._clock)

    @cached_property
    def erasures(self) -> ErasureRows:
        return ErasureRows(self._connection)

    @cached_property
    def idempotency_keys(self) -> IdempotencyKeyRows:
        return IdempotencyKeyRows(self._connection)

    @cached_property
    def jobs(self) -> JobRows:
        return JobRows(self._connection)

    @cached_property
    def webhooks(self) -> WebhookRows:
        return WebhookRows(self._connection)

    @cached_property
    def events(self) -> EventRows:
        return EventRows(self._connection, self._clock, self.signals)

    @cached_property
    def feeds(self) -> FeedRows:
        return FeedRows(self._connection)

    @cached_property
    def watched_sources(self) -> WatchedSourceRows:
        return WatchedSourceRows(self._connection)

    @cached_property
    def suggestions(self) -> SuggestionRows:
        return SuggestionRows(self._connection)

    @cached_property
    def map_positions(self) -> MapPositionRows:
        return MapPositionRows(self._connection)

    @cached_property
    def background_runs(self) -> BackgroundRunRows:
        return BackgroundRunRows(self._connection)

    @cached_property
    def predictions(self) -> PredictionRows:
        return PredictionRows(self._connection)

    @cached_property
    def administration(self) -> AdministrationRows:
        return AdministrationRows(self._connection)

    @cached_property
    def overviews(self) -> OverviewRows:
        return OverviewRows(self._connection)

    @cached_property
    def figures(self) -> FigureRows:
        return FigureRows(self._connection)


def queue_address(engine: Engine) -> str | Callable[[], "psycopg.Connection[Any]"]:
    """Location of the job queue: the path of a file beside the SQLite database, or what connects to PostgreSQL."""
    if engine.dialect.name == "sqlite":
        return f"{engine.url.database}-queue"
    return lambda: connect_postgresql(engine)


class SqlStore:
    """SQL implementation of `app.services.ports.Store` over an SQLAlchemy engine."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock = _now,
        on_signal: Callable[[TaskSignal], None] = lambda _: None,
        at_close: Callable[[], None] = lambda: None,
    ):
        """`on_signal`: callback for each `TaskSignal` of a transaction, once it has been committed."""
        self.engine = engine
        self.clock = clock
        self.on_signal = on_signal
        self._at_close = at_close

    def watch(self) -> None:
        watch = backing(self.engine).watch
        if watch:
            watch.start()

    def shown_address(self) -> str:
        return self.engine.url.set(query={}).render_as_string(hide_password=True)

    def close(self) -> None:
        watch = backing(self.engine).watch
        if watch:
            watch.stop()
        self._at_close()
        self.engine.dispose()

    def probe(self) -> str | None:
        try:
            with as_request():
                if backing(self.engine).availability.fault:
                    with self.writing() as tx:
                        tx.statements.keep_sequence()
                with self.reading() as tx:
                    tx.statements.sequence()
        except StoreUnavailable as fault:
            return fault.reason
        return None

    def is_newer(self) -> bool:
        with as_request(), reading(self.engine) as connection:
            return schema_is_newer(connection)

    def forget_deleted(self, *, thoroughly: bool = False) -> None:
        forget_deleted(self.engine, thoroughly=thoroughly)

    @contextmanager
    def reading(self) -> Iterator[SqlTransaction]:
        with reading(self.engine) as connection:
            yield SqlTransaction(connection)

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[SqlTransaction]:
        with writing(self.engine, durable=durable) as connection:
            tx = SqlTransaction(connection, self.clock)
            yield tx
            claim = current_claim.get()
            if claim and tx.audit.appended:
                tx.idempotency_keys.changes_something(claim.organisation, claim.idempotency_key, claim.id)
        for task_signal in dict.fromkeys(tx.signals):
            self.on_signal(task_signal)
