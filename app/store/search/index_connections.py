"""Connections of a vector index to the PostgreSQL that holds the archive, apart from those of the archive's own.

A search takes one while its request has another for reading the archive: from one pool, requests could wait for each
other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from sqlalchemy import Engine

from app.services.lock_timeout import in_request
from app.store.connections import backing
from app.store.database import open_postgresql
from app.store.faults import translated_faults

_POOL_SIZE: Final = 16
_NO_TIMEOUTS: Final = (
    "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '30s', true), "
    "set_config('idle_in_transaction_session_timeout', '0', true)"
)


class IndexConnections:
    """Opens transactions on the database of an engine. Safe to call from several threads."""

    def __init__(self, engine: Engine):
        self._engine = open_postgresql(engine.url, _POOL_SIZE, known=backing(engine))

    @contextmanager
    def __call__(self, *, long: bool = False) -> Iterator["psycopg.Connection[Any]"]:
        """A transaction that commits at the end. With `long` a request has no time limits either.

        Raises `StoreUnavailable`.
        """
        with translated_faults(), self._engine.begin() as connection:
            driver: psycopg.Connection[Any] | None = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - it is open
            if long or not in_request():
                driver.execute(_NO_TIMEOUTS)
            yield driver

    def close(self) -> None:
        self._engine.dispose()


def index_connections(engine: Engine) -> IndexConnections | None:
    """Connections for an index in the database of an engine, None where that is SQLite."""
    return IndexConnections(engine) if engine.dialect.name == "postgresql" else None
