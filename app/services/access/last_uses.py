"""Times at which keys and sessions were used last: noted in memory, and written down off the request path.

Authenticating therefore only reads. What a killed process had not written yet, some seconds, is forgotten.
"""

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, Literal

from app.domain.core.errors import StoreUnavailable
from app.services.lock_timeout import as_request
from app.services.ports import Store

NOTED_EVERY: Final = timedelta(minutes=1)
_MOST_NOTED: Final = 10_000

Kind = Literal["key", "session"]


class LastUses:
    """Moments of last use, by the id of a key or session. Safe to call from several threads."""

    def __init__(self, store: Store):
        self._store = store
        self._lock = threading.Lock()
        self._noted: dict[tuple[Kind, str], datetime] = {}

    def note(self, kind: Kind, id_: str, stored: datetime | None, now: datetime) -> None:
        """Notes a use, at most one a minute. `stored`: the last use that the database has."""
        last = self.last(kind, id_, stored)
        if last is None or now - last > NOTED_EVERY or now < last:
            with self._lock:
                if len(self._noted) < _MOST_NOTED:
                    self._noted[kind, id_] = now

    def last(self, kind: Kind, id_: str, stored: datetime | None) -> datetime | None:
        """Last use, of those in the database and those not written yet."""
        noted = self._noted.get((kind, id_))
        return noted if stored is None or (noted is not None and noted > stored) else stored

    def write(self) -> None:
        """Writes down what was noted; where that fails it is kept for the next time."""
        with self._lock:
            noted = dict(self._noted)
        if not noted:
            return
        with suppress(StoreUnavailable), as_request():
            with self._store.writing(durable=False) as tx:
                for (kind, id_), at in noted.items():
                    if kind == "key":
                        tx.access.used(id_, at)
                    else:
                        tx.accounts.touch_session(id_, at)
            with self._lock:
                self._noted = {which: at for which, at in self._noted.items() if noted.get(which) != at}
