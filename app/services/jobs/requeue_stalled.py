"""Maintenance once a minute: requeues stalled work and lost signals, has sources read, and deletes what has expired."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.services.access.sign_in import FORGOTTEN_AFTER
from app.services.jobs.ports import TaskSignal
from app.services.ports import Clock, Store, Transaction

UPLOADED_WITHIN = timedelta(hours=1)
"""Age at which an incomplete upload counts as interrupted."""

DELIVERIES_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RequeueStalled:
    """Requeues work left by killed workers or lost signals, and deletes what has expired."""

    store: Store
    clock: Clock
    expire_checks: Callable[[], None] = lambda: None
    watch_narratives: Callable[[], None] = lambda: None
    send_view_messages: Callable[[], None] = lambda: None
    due_runs: Callable[[Transaction, datetime], list[TaskSignal]] = lambda tx, now: []  # noqa: ARG005
    """Runs over the archive that are due."""

    def __call__(self) -> list[TaskSignal]:
        """Signals for work that is due and without a lease."""
        now = self.clock()
        with self.store.writing() as tx:
            tx.jobs.purge(now, now - UPLOADED_WITHIN)
            tx.webhooks.purge(now - DELIVERIES_KEPT_FOR)
            tx.accounts.purge(now - FORGOTTEN_AFTER, now - timedelta(days=1))
            tx.idempotency_keys.forget_expired(now)
            tx.second_factors.purge_pending(now)
        self.expire_checks()
        self.watch_narratives()
        self.send_view_messages()
        with self.store.reading() as tx:
            stalled = [*tx.jobs.stalled(now), *tx.webhooks.stalled(now), *tx.watched_sources.due(now)]
            return [*stalled, *self.due_runs(tx, now)]
