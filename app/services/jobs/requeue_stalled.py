"""Once a minute: finding work that nobody was woken for, and deleting what has been kept long enough."""

from dataclasses import dataclass
from datetime import timedelta

from app.services.access.sign_in import FORGOTTEN_AFTER
from app.services.jobs.ports import TaskSignal
from app.services.ports import Clock, Store

UPLOADED_WITHIN = timedelta(hours=1)
"""An upload that is not complete by then was broken off."""

DELIVERIES_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RequeueStalled:
    """What a killed worker left, a lost wake-up would have told, or nobody wants any more."""

    store: Store
    clock: Clock

    def __call__(self) -> list[TaskSignal]:
        """Work that is due and that nobody holds."""
        now = self.clock()
        with self.store.writing() as tx:
            tx.jobs.purge(now, now - UPLOADED_WITHIN)
            tx.webhooks.purge(now - DELIVERIES_KEPT_FOR)
            tx.accounts.purge(now - FORGOTTEN_AFTER, now - timedelta(days=1))
        with self.store.reading() as tx:
            return [*tx.jobs.stalled(now), *tx.webhooks.stalled(now)]
