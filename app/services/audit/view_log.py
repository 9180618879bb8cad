"""Log of views: who saw what, written in small batches beside the requests, so that reading takes no write lock."""

import logging
import threading
from collections import deque
from dataclasses import replace
from typing import Final

from app.services.audit.origin import current_origin
from app.services.audit.ports import AuditEvent
from app.services.ports import Clock, Store

WRITTEN_WITHIN_S: Final = 2.0
"""Longest time in seconds between a view and the attempt to write it; a kill loses the views of that time."""

_AT_ONCE: Final = 500
_MOST_WAITING: Final = 20_000
"""Bound on views in memory while the database takes none; what goes beyond is counted, and the count is written."""

logger = logging.getLogger("refrain.audit")


class ViewLog:
    """Views that become audit entries. `start` and `stop` bound the thread that writes them; else `flush` does."""

    def __init__(self, store: Store, clock: Clock):
        self._store = store
        self._clock = clock
        self._waiting: deque[AuditEvent] = deque()
        self._lost = 0
        self._guard = threading.Lock()
        self._writing = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, action: str, subject_kind: str, subject_id: str | None = None, **detail: str | int) -> None:
        """Notes that whoever acts now saw something; of a list `count` says how much of it."""
        event = AuditEvent(self._clock(), replace(current_origin()), action, subject_kind, subject_id, detail)
        with self._guard:
            if len(self._waiting) < _MOST_WAITING:
                self._waiting.append(event)
            else:
                self._lost += 1

    def flush(self) -> None:
        """Writes what waits, at most 500 views a transaction. What the database does not take waits on."""
        with self._writing:
            while batch := self._next_batch():
                with self._store.writing(durable=False) as tx:
                    tx.audit.add_events(batch)
                    if lost := self._lost:
                        tx.audit.add("audit.views_lost", "audit", count=lost)
                with self._guard:
                    for _ in batch:
                        self._waiting.popleft()
                    self._lost -= lost

    def start(self) -> None:
        """Writes from now on every two seconds."""
        self._stopped.clear()
        self._thread = threading.Thread(target=self._run, name="audit-views", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Writes what waits, and ends."""
        self._stopped.set()
        if self._thread:
            self._thread.join()
            self._thread = None
        self._try_to_flush()

    def _run(self) -> None:
        while not self._stopped.wait(WRITTEN_WITHIN_S):
            self._try_to_flush()

    def _try_to_flush(self) -> None:
        try:
            self.flush()
        except Exception as error:  # noqa: BLE001 - one line, for it happens every two seconds while a database is gone
            logger.warning("cannot write %d views to the audit log yet: %s", len(self._waiting), type(error).__name__)

    def _next_batch(self) -> list[AuditEvent]:
        with self._guard:
            return [self._waiting[place] for place in range(min(_AT_ONCE, len(self._waiting)))]
