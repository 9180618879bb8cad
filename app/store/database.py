"""Database engines: SQLite in a file, or PostgreSQL by URL, and schema migrations."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from app.store import case_folding

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_BUSY_TIMEOUT_S = 30
_POOL_SIZE = 32
_WRITE_LOCK = 7236718

logger = logging.getLogger("refrain.database")


class DatabaseUnusable(Exception):
    """The database cannot be reached or opened; the message says what to do."""


def open_database(url: str) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql://…`. Raises `DatabaseUnusable`; connects to see that it works."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusable(
            "REFRAIN_DATABASE_URL cannot be read: write sqlite:///path/to/file.sqlite3 or postgresql://user@host/name"
        ) from error
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise DatabaseUnusable(
            f"REFRAIN_DATABASE_URL names {backend!r}: Refrain keeps its archive in sqlite or postgresql"
        )
    try:
        engine = _sqlite(parsed) if backend == "sqlite" else _postgresql(parsed)
        with engine.connect():
            return engine
    except (DBAPIError, NoSuchModuleError, OSError) as error:
        shown = parsed.render_as_string(hide_password=True)
        cause = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise DatabaseUnusable(f"cannot open the database {shown}: {cause}") from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Connection for one consistent snapshot, read-only."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection:
        yield connection
        connection.rollback()


@contextmanager
def writing(engine: Engine, *, durable: bool = True) -> Iterator[Connection]:
    """Transaction that commits at the end. Without `durable`, a power cut may lose it.

    It holds the write lock from its start, SQLite's own or one that we agree on in PostgreSQL, so what it has looked up
    stays true until it commits, and it cannot fail half-way because somebody else wrote.
    """
    with engine.connect().execution_options(refrain_writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
            if not durable:
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
        yield connection


def migrate(engine: Engine) -> bool:
    """Migrates the schema; True if there was anything to do. Several processes may start at once."""
    script = _migrations()
    with reading(engine) as connection:
        if MigrationContext.configure(connection).get_current_heads() == tuple(script.get_heads()):
            return False
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with _one_at_a_time(engine), writing(engine) as connection:
        known = {revision.revision for revision in script.walk_revisions()}
        current = MigrationContext.configure(connection).get_current_heads()
        if not set(current) <= known:
            raise DatabaseUnusable(
                f"the database was written by a newer Refrain (schema {', '.join(current)}): upgrade this one"
            )
        config.attributes["connection"] = connection
        began = time.monotonic()
        command.upgrade(config, "head")
    revisions = {"from_revision": ", ".join(current) or None, "to_revision": ", ".join(script.get_heads())}
    logger.info("schema migrated", extra={**revisions, "seconds": round(time.monotonic() - began, 1)})
    return True


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
        with FileLock(engine.url.database + ".migrating"):
            yield
    else:
        yield


def _postgresql(url: URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    options = {"connect_timeout": 10, "options": "-c timezone=utc"}
    return create_engine(url, pool_pre_ping=True, pool_size=_POOL_SIZE, connect_args=options)


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise DatabaseUnusable("REFRAIN_DATABASE_URL must name a file, for several connections share it")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return open_sqlite(url)


def open_sqlite(url: URL, begin: str = "BEGIN") -> Engine:
    """An engine for a file, whose transactions begin as said, or with the write lock where they are to write."""
    engine = create_engine(url, pool_size=_POOL_SIZE, connect_args={"timeout": _BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        case_folding.register_fold(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("refrain_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else begin)

    return engine
