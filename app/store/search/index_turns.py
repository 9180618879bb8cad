"""Turns at an index outside of the archive's database, which has no transactions that would exclude other writers.

In PostgreSQL a turn is an advisory lock, which ends with its connection; beside SQLite a locked file, which ends with
its process. Neither has to be mended when a writer is killed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from app.domain.core.errors import IndexUnavailable
from app.store.search.index_connections import IndexConnections
from index.search.shared import IndexBusy, Turns

_WAITS_S: Final = 10
_BUSY: Final = "another process is building the index"
_LATE: Final = "another process is changing the index"


class LockedInDatabase:
    """`Turns` by advisory locks of PostgreSQL."""

    def __init__(self, connections: IndexConnections):
        self._connections = connections

    @contextmanager
    def __call__(self, name: str, *, wait: bool = True) -> Iterator[None]:
        with self._connections(long=True) as connection:
            if wait:
                connection.execute("SELECT set_config('lock_timeout', %s, true)", [f"{_WAITS_S}s"])
                connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            else:
                row = connection.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name]).fetchone()
                if not row or not row[0]:
                    raise IndexBusy(_BUSY)
            yield


class LockedFiles:
    """`Turns` by locks on files beside a database file."""

    def __init__(self, database: Path):
        self._database = database

    @contextmanager
    def __call__(self, name: str, *, wait: bool = True) -> Iterator[None]:
        digest = sha256(name.encode()).hexdigest()[:16]
        path = self._database.with_name(f"{self._database.name}.index-{digest}.lock")
        lock = FileLock(path, timeout=_WAITS_S if wait else 0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise IndexUnavailable(_LATE) if wait else IndexBusy(_BUSY) from None
        try:
            yield
        finally:
            lock.release()


def index_turns(engine: Engine, connections: IndexConnections | None) -> Turns:
    """Turns of all processes that have this database open. `connections`: to PostgreSQL, None where it is SQLite."""
    return LockedInDatabase(connections) if connections else LockedFiles(Path(str(engine.url.database)))
