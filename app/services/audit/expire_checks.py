"""Retention: checks that nobody has to look at any more are deleted when they are old enough."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.audit.entries import ActorKind
from app.services.audit.origin import Origin, acting
from app.services.ports import Clock, Store

EVERY: Final = timedelta(hours=1)
_AT_ONCE: Final = 200
"""Checks deleted in one transaction, so that nobody waits long for the write lock."""


@dataclass(slots=True)
class ExpireChecks:
    """Deletes checks older than their organisation keeps them, but for flags that wait for a decision."""

    store: Store
    clock: Clock
    default_days: int
    """Days that checks are kept where an organisation says nothing else; 0: for ever."""
    _last: datetime | None = None
    _running: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> None:
        """Deletes expired checks, unless that was done within the last hour or is being done."""
        now = self.clock()
        if not self._running.acquire(blocking=False):
            return
        try:
            if self._last is None or now - self._last >= EVERY:
                self._last = now
                self._expire(now)
        finally:
            self._running.release()

    def _expire(self, now: datetime) -> None:
        with self.store.reading() as tx:
            organisations = tx.access.organisations()
        gone = 0
        for organisation in organisations:
            own = organisation.check_retention_days
            if days := self.default_days if own is None else own:
                with acting(Origin(ActorKind.SERVICE, organisation_id=organisation.id)):
                    gone += self._expire_of(organisation, now - timedelta(days=days))
        if gone:
            self.store.forget_deleted()

    def _expire_of(self, organisation: Organisation, created_before: datetime) -> int:
        deleted, gone = _AT_ONCE, 0
        while deleted == _AT_ONCE:
            with self.store.writing() as tx:
                deleted = tx.erasures.expire_checks(organisation, created_before, _AT_ONCE)
                if deleted:
                    tx.audit.add("checks.expired", "check", count=deleted)
                    gone += deleted
        with self.store.writing() as tx:
            if articles := tx.erasures.expire_documents(organisation, created_before):
                tx.audit.add("documents.expired", "document", count=articles)
        return gone + articles
