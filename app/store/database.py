"""Database engines: SQLite in a file, or PostgreSQL by URL, and schema migrations."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from app.domain.core.errors import StoreUnavailable
from app.services.patience import in_request
from app.store import case_folding
from app.store.availability import Availability
from app.store.faults import DAMAGED, StoreFault, fault_of, faults_told, sqlstate_of
from app.store.postgres_watch import PostgresWatch, WatchedConnection, connect_in_time
from app.store.write_turns import TooManyWriters, WriteTurns
from index.private_files import FILE_MODE, narrow, private_file, private_folder

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_BUSY_TIMEOUT_S = 30
_REQUEST_BUSY_TIMEOUT_S = 0.7
_POOL_SIZE = 32
_POOL_TIMEOUT_S = 0.8
_WRITE_LOCK = 7236718
_BESIDE_SQLITE = ("", "-wal", "-shm", "-queue", "-queue-wal", "-queue-shm", ".limits", ".limits-wal", ".limits-shm",
                  ".migrating")  # fmt: skip
"""Endings of the files of an SQLite archive: the database, the job queue, the request counters, the migration lock."""
_REQUEST_TIMEOUTS = "-c statement_timeout=20s -c lock_timeout=700ms -c idle_in_transaction_session_timeout=60s"
"""Of a PostgreSQL session; jobs, commands and migrations lift them for each of their transactions."""
_NO_TIMEOUTS = (
    "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '30s', true), "
    "set_config('idle_in_transaction_session_timeout', '0', true)"
)
_POSTGRESQL_CONNECTION = {
    "connect_timeout": 5, "keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}  # fmt: skip
_NO_PERMISSION = "42501"
_LOCK_NOT_AVAILABLE = "55P03"
_WAITS_FOR_TABLES_S = 10.0
_PAUSE_S = 0.5
_TABLE_IN_USE = "another transaction holds a table that is to be changed"
_BACKING = "refrain_backing"

logger = logging.getLogger("refrain.database")


class DatabaseUnusable(Exception):
    """The database cannot be reached or opened; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Backing:
    """What this process knows of the database behind an engine."""

    availability: Availability = field(default_factory=Availability)
    watch: PostgresWatch | None = None
    """Of PostgreSQL."""
    turns: WriteTurns | None = None
    """Of SQLite."""


def backing(engine: Engine) -> Backing:
    """What this process knows of the database behind an engine."""
    known: Backing = engine.get_execution_options()[_BACKING]
    return known


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
    """Why a database cannot be opened, in a line."""
    cause = getattr(error, "orig", error)
    if isinstance(cause, sqlite3.Error):
        fault = fault_of(cause)
        return fault.reason if isinstance(fault, StoreUnavailable) else str(cause)
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return next((line.strip() for line in lines if "FATAL:" in line or "SSL" in line), lines[0])


@contextmanager
def _attended(engine: Engine, *, writes: bool) -> Iterator[None]:
    """Refuses at once what cannot be answered, tells faults as `StoreUnavailable`, and notes them."""
    known = backing(engine)
    fault = known.watch.fault if known.watch else None
    if fault:
        raise StoreUnavailable(fault.reason, fault.retry_after_s, gone=True)
    try:
        with faults_told():
            yield
    except TooManyWriters:
        raise
    except StoreUnavailable as unavailable:
        if known.turns and writes:
            known.turns.locked()
        known.availability.failed(unavailable)
        raise
    if known.turns and writes:
        known.turns.wrote()
    known.availability.answered(wrote=writes)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Connection for one consistent snapshot, read-only. Raises `StoreUnavailable`."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _attended(engine, writes=False), engine.connect().execution_options(**options) as connection:
        if engine.dialect.name == "postgresql" and not in_request():
            connection.exec_driver_sql(_NO_TIMEOUTS)
        yield connection
        connection.rollback()


@contextmanager
def writing(engine: Engine, *, durable: bool = True) -> Iterator[Connection]:
    """Transaction that commits at the end, and is then on the disk. Without `durable`, a power cut may lose it.

    Raises `StoreUnavailable`.

    It holds the write lock from its start, SQLite's own or one that we agree on in PostgreSQL, so what it has looked up
    stays true until it commits, and it cannot fail half-way because somebody else wrote. A request waits for the lock
    for under a second, and jobs and commands for half a minute.
    """
    turns = backing(engine).turns
    with _attended(engine, writes=True), turns.turn() if turns else nullcontext(0.0) as waits_s:
        options = {"refrain_writes": True, "refrain_durable": durable, "refrain_waits_ms": round(waits_s * 1000)}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                if not in_request():
                    connection.exec_driver_sql(_NO_TIMEOUTS)
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
                if not durable:
                    connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
            yield connection


def migrate(engine: Engine) -> bool:
    """Migrates the schema; True if there was anything to do. Several processes may start at once.

    Raises `DatabaseUnusable`. What was migrated before a step failed stays so: the release before can use it.
    """
    try:
        return _migrate(engine)
    except DatabaseUnusable:
        raise
    except (StoreUnavailable, StoreFault) as error:
        raise _not_migrated(engine, str(getattr(error, "reason", error))) from None
    except OSError as error:
        raise _not_migrated(engine, error.strerror or type(error).__name__) from None
    except Exception as error:  # noqa: BLE001 - a migration may fail in any way; its message may hold what is stored
        raise _not_migrated(engine, type(error).__name__) from None


def _migrate(engine: Engine) -> bool:
    newest = tuple(_migrations().get_heads())
    with reading(engine) as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    if current == newest:
        return False
    began = time.monotonic()
    with _one_at_a_time(engine):
        at: tuple[str, ...] = ()
        while at != newest:
            at = _next_step(engine, began + _WAITS_FOR_TABLES_S)
    revisions = {"from_revision": ", ".join(current) or None, "to_revision": ", ".join(newest)}
    logger.info("schema migrated", extra={**revisions, "seconds": round(time.monotonic() - began, 1)})
    return True


def _next_step(engine: Engine, until: float) -> tuple[str, ...]:
    """Migrates to the next revision in a transaction of its own, and an empty database to the newest; the heads then.

    So no table stays locked while another is filled. A lock that it does not get is tried for again until `until`, of
    the monotonic clock: meanwhile requests of the release before, which queue behind it, go on.
    """
    while True:
        try:
            return _migrate_once(engine)
        except _TableInUse:
            if time.monotonic() > until:
                raise StoreUnavailable(_TABLE_IN_USE) from None
            time.sleep(_PAUSE_S)


class _TableInUse(Exception):
    """Another transaction has held a table for longer than a migration waits for its lock."""


def _migrate_once(engine: Engine) -> tuple[str, ...]:
    script = _migrations()
    known = [revision.revision for revision in script.walk_revisions()][::-1]
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with writing(engine) as connection:
        current = MigrationContext.configure(connection).get_current_heads()
        if not set(current) <= set(known):
            raise DatabaseUnusable(
                f"the database was written by a newer Refrain (schema {', '.join(current)}): upgrade this one, "
                f"or restore a backup that was made before the upgrade"
            )
        later = known[known.index(current[0]) + 1 :] if current else []
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, later[0] if later else "head")
        except DBAPIError as error:
            if sqlstate_of(error) == _NO_PERMISSION:
                raise _no_permission(engine) from None
            if sqlstate_of(error) == _LOCK_NOT_AVAILABLE:
                raise _TableInUse from None
            raise
        return MigrationContext.configure(connection).get_current_heads()


def _not_migrated(engine: Engine, why: str) -> DatabaseUnusable:
    shown = engine.url.render_as_string(hide_password=True)
    if why == DAMAGED:
        return DatabaseUnusable(f"cannot open the database {shown}: {why}")
    return DatabaseUnusable(
        f"the schema of the database {shown} could not be brought up to date, and is as it was ({why}): see that the "
        f"database is reachable and has room, and start again; if it fails again, restore the last backup"
    )


def _no_permission(engine: Engine) -> DatabaseUnusable:
    role = engine.url.username or "that REFRAIN_DATABASE_URL names"
    return DatabaseUnusable(
        f"the role {role} may not create tables in the database {engine.url.database}: as an administrator run "
        f"GRANT CREATE, USAGE ON SCHEMA public TO {role}; or name a schema of its own with "
        f"?options=-csearch_path%3DSCHEMA at the end of REFRAIN_DATABASE_URL"
    )


def schema_is_newer(connection: Connection) -> bool:
    """True where a newer Refrain has migrated the database since this one started."""
    known = {revision.revision for revision in _migrations().walk_revisions()}
    return not set(MigrationContext.configure(connection).get_current_heads()) <= known


@cache
def _migrations() -> ScriptDirectory:
    return ScriptDirectory(str(_MIGRATIONS))


def open_migrated(url: str) -> Engine:
    """Opens a database as `open_database` does, and migrates its schema. Raises `DatabaseUnusable`."""
    engine = open_database(url)
    migrate(engine)
    return engine


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[None]:
    if engine.dialect.name == "sqlite" and engine.url.database:
        with FileLock(engine.url.database + ".migrating", mode=FILE_MODE):
            yield
    else:
        yield


def _postgresql(url: URL) -> Engine:
    engine = open_postgresql(url, _POOL_SIZE)
    arguments = {**_connection_arguments(engine), "connect_timeout": 2}

    def connect() -> psycopg.Connection[Any]:
        connection = WatchedConnection.connect(**arguments, autocommit=True)
        connection.is_gone = lambda: known.watch is not None and known.watch.given_up()
        return connection

    known = backing(engine)
    availability = known.availability
    known = Backing(availability, PostgresWatch(connect, availability))
    engine.update_execution_options(**{_BACKING: known})
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
        execution_options={_BACKING: known or Backing()},
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


def open_sqlite(url: URL, begin: str = "BEGIN", request_waits_s: float = _REQUEST_BUSY_TIMEOUT_S) -> Engine:
    """An engine for a file, whose transactions begin as said, or with the write lock where they are to write.

    A request waits for a lock for so many seconds.
    """
    engine = create_engine(
        url,
        pool_size=_POOL_SIZE,
        pool_timeout=_POOL_TIMEOUT_S,
        hide_parameters=True,
        connect_args={"timeout": _BUSY_TIMEOUT_S},
        execution_options={_BACKING: Backing(turns=WriteTurns())},
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
