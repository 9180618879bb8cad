"""Database engines: SQLite in a file, or PostgreSQL by URL."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from app.domain.core.errors import StoreUnavailable
from app.services.lock_timeout import in_request
from app.store import case_folding
from app.store.connections import BACKING, Backing, backing
from app.store.faults import DatabaseUnusable, fault_of
from app.store.migrating import migrate
from app.store.postgres_watch import PostgresWatch, WatchedConnection, connect_in_time
from app.store.write_turns import REQUEST_WAITS_S, WriteTurns
from index.private_files import narrow, private_file, private_folder

_BUSY_TIMEOUT_S = 30
_POOL_SIZE = 32
_POOL_TIMEOUT_S = 0.8
_BESIDE_SQLITE = ("", "-wal", "-shm", "-queue", "-queue-wal", "-queue-shm", ".limits", ".limits-wal", ".limits-shm",
                  ".migrating")  # fmt: skip
"""Endings of the files of an SQLite archive: the database, the job queue, the request counters, the migration lock."""
_REQUEST_TIMEOUTS = (
    f"-c statement_timeout=20s -c lock_timeout={round(REQUEST_WAITS_S * 1000)}ms "
    "-c idle_in_transaction_session_timeout=60s"
)
"""Of a PostgreSQL session; jobs, commands and migrations replace them in each of their transactions."""
_POSTGRESQL_CONNECTION = {
    "connect_timeout": 5, "keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}  # fmt: skip


def open_database(url: str) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql://…`. Raises `DatabaseUnusable`; connects to see that it works."""
    try:
        parsed = make_url(f"postgresql{url.removeprefix('postgres')}" if url.startswith("postgres://") else url)
    except ArgumentError as error:
        raise DatabaseUnusable(
            "REFRAIN_DATABASE_URL cannot be read: write sqlite:///path/to/file.sqlite3 or postgresql://user@host/name"
        ) from error
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise DatabaseUnusable(
            f"REFRAIN_DATABASE_URL names {backend!r}: Refrain keeps its archive in sqlite or postgresql"
        )
    shown = parsed.render_as_string(hide_password=True)
    engine: Engine | None = None
    try:
        engine = _sqlite(parsed) if backend == "sqlite" else _postgresql(parsed)
        with engine.connect():
            return engine
    except (DBAPIError, NoSuchModuleError, OSError, sqlite3.Error, psycopg.Error) as error:
        if engine is not None:
            engine.dispose()
        raise DatabaseUnusable(f"cannot open the database {shown}: {_cause_of(error)}") from None


def _cause_of(error: Exception) -> str:
    """The reason why a database cannot be opened, in a line."""
    cause = getattr(error, "orig", error)
    if isinstance(cause, sqlite3.Error):
        fault = fault_of(cause)
        return fault.reason if isinstance(fault, StoreUnavailable) else str(cause)
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return next((line.strip() for line in lines if "FATAL:" in line or "SSL" in line), lines[0])


def open_migrated(url: str) -> Engine:
    """Opens a database as `open_database` does, and migrates its schema. Raises `DatabaseUnusable`."""
    engine = open_database(url)
    migrate(engine)
    return engine


def _postgresql(url: URL) -> Engine:
    engine = open_postgresql(url, _POOL_SIZE)
    arguments = {**_connection_arguments(engine), "connect_timeout": 2}

    def connect() -> psycopg.Connection[Any]:
        connection = WatchedConnection.connect(**arguments, autocommit=True)
        connection.is_gone = lambda: known.watch is not None and known.watch.is_unresponsive()
        return connection

    known = backing(engine)
    availability = known.availability
    known = Backing(availability, PostgresWatch(connect, availability))
    engine.update_execution_options(**{BACKING: known})
    return engine


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise DatabaseUnusable("REFRAIN_DATABASE_URL must name a file, for several connections share it")
    database = Path(url.database)
    if not database.parent.exists():
        private_folder(database.parent)
    narrow(Path(f"{database}{ending}") for ending in _BESIDE_SQLITE)
    for ending in ("", "-queue", ".limits"):
        private_file(Path(f"{database}{ending}"))
    return open_sqlite(url)


def open_postgresql(url: URL, pool_size: int, settings: str = "", known: Backing | None = None) -> Engine:
    """An engine for a database. `settings`: more of the session, as `-c name=value`. `known`: of the same database."""
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    asked = url.query.get("options", "")
    options = " ".join(
        (*([asked] if isinstance(asked, str) else asked), _REQUEST_TIMEOUTS, "-c timezone=utc", settings)
    )
    engine = create_engine(
        url.difference_update_query(["options"]),
        pool_pre_ping=True,
        pool_size=pool_size,
        pool_timeout=_POOL_TIMEOUT_S,
        hide_parameters=True,
        connect_args={**_POSTGRESQL_CONNECTION, "options": options.strip()},
        execution_options={BACKING: known or Backing()},
    )

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> WatchedConnection:
        return _connected(engine, *arguments, **options)

    return engine


def connect_postgresql(engine: Engine) -> "psycopg.Connection[Any]":
    """A connection outside the pool of an engine. Raises `psycopg.OperationalError`, as its queries do."""
    return _connected(engine, **_connection_arguments(engine))


def _connected(engine: Engine, *arguments: Any, **options: Any) -> WatchedConnection:
    def is_gone() -> bool:
        watch = backing(engine).watch
        return watch is not None and watch.fault is not None

    if is_gone():
        raise psycopg.OperationalError("the server does not answer")
    connection = connect_in_time(lambda: WatchedConnection.connect(*arguments, **options))
    connection.is_gone = is_gone
    return connection


def _connection_arguments(engine: Engine) -> dict[str, Any]:
    """Arguments of a connection of psycopg to the database of an engine."""
    _, arguments = engine.dialect.create_connect_args(engine.url)
    return {**arguments, **_POSTGRESQL_CONNECTION}


def open_sqlite(url: URL, begin: str = "BEGIN", request_waits_s: float = REQUEST_WAITS_S) -> Engine:
    """An engine for a file, whose transactions begin as said, or with the write lock where they are to write.

    A request waits for a lock for so many seconds.
    """
    engine = create_engine(
        url,
        pool_size=_POOL_SIZE,
        pool_timeout=_POOL_TIMEOUT_S,
        hide_parameters=True,
        connect_args={"timeout": _BUSY_TIMEOUT_S},
        execution_options={BACKING: Backing(turns=WriteTurns())},
    )

    def waits_ms() -> int:
        return round((request_waits_s if in_request() else _BUSY_TIMEOUT_S) * 1000)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {waits_ms()}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: a flush reaches the disk, not only the drive's cache
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what was erased is not in freed space
        case_folding.register_fold(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {options.get('refrain_waits_ms', waits_ms())}")
        if options.get("refrain_writes"):
            level = "FULL" if options.get("refrain_durable") else "NORMAL"
            connection.exec_driver_sql(f"PRAGMA synchronous = {level}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(begin)

    return engine
