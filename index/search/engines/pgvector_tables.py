"""Tables of the pgvector engine: a catalogue, and for each index a table with its HNSW and B-tree indexes.

Names of indexes are free text, such as a fingerprint of the vectors; tables are called by a digest of it.
"""

import hashlib
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

import psycopg
from psycopg import errors
from psycopg.sql import SQL, Composed, Identifier

from index.contract import WrongShape
from index.search.shared import EngineUnusable, IndexBusy, IndexPosition

EXTENSION = "vector"

LEAST_VERSION = (0, 8)
"""First version of pgvector that goes on searching where a filter leaves too few rows (`hnsw.iterative_scan`)."""

_CATALOGUE: Final = "vector_indexes"
_CATALOGUE_LOCK: Final = 7236719
_INLINE_BYTES: Final = 7_500
"""Vectors up to this size lie in the row itself: one that is stored apart costs an exact search another read."""

_MOST_MEMORY: Final = 2 * 2**30
"""Bytes that building a graph may take of the server, where `maintenance_work_mem` does not say more."""

_LINKS_BYTES: Final = 500
"""Bytes of a vector's links and bookkeeping while its graph is built."""

LOCK_ATTEMPTS = 20
_PAUSE_S: Final = 0.2

_COLUMNS: Final = ("begins", "ends", "owner", "language", "known_from")

Rows = psycopg.Connection[Any]


class Connect(Protocol):
    """Opens a transaction that commits at the end, or rolls back after an error; `long` lifts its time limits."""

    def __call__(self, *, long: bool = False) -> AbstractContextManager[Rows]: ...


def require_pgvector(connection: Rows) -> None:
    """Creates the extension where it is missing. Raises `EngineUnusable`, with what an administrator has to run."""
    found = _version(connection)
    database = connection.info.dbname
    if found is None:
        try:
            with connection.transaction():
                connection.execute(SQL("CREATE EXTENSION IF NOT EXISTS {}").format(Identifier(EXTENSION)))
        except errors.InsufficientPrivilege:
            raise EngineUnusable(
                f"the role {connection.info.user} may not create the extension vector: as an administrator run "
                f"CREATE EXTENSION vector; in the database {database}, and start again"
            ) from None
        except (errors.FeatureNotSupported, errors.UndefinedFile, errors.UndefinedObject):
            major = connection.info.server_version // 10_000
            raise EngineUnusable(
                f"PostgreSQL has no pgvector: as an administrator install it where the server runs, on Debian with "
                f"apt install postgresql-{major}-pgvector, and run CREATE EXTENSION vector; in the database {database}"
            ) from None
        found = _version(connection)
    numbers = tuple(int(part) for part in (found or "0").split(".")[:2] if part.isdigit())
    if numbers < LEAST_VERSION:
        raise EngineUnusable(
            f"the database has pgvector {found}, whose search with a filter loses rows: install "
            f"{'.'.join(map(str, LEAST_VERSION))} or newer where the server runs, and as an administrator run "
            f"ALTER EXTENSION vector UPDATE; in the database {database}"
        )
    [known] = _one(connection, "SELECT to_regtype('halfvec') IS NOT NULL")
    if not known:
        raise EngineUnusable(
            f"the extension vector of the database {database} is in a schema that is not searched: as an administrator "
            f"run ALTER EXTENSION vector SET SCHEMA public; or name its schema with ?options=-csearch_path%3DSCHEMA "
            f"at the end of REFRAIN_DATABASE_URL"
        )


def ensure_index(connection: Rows, name: str, dimension: int) -> str:
    """Creates an empty index where there is none of this name; the name of its table. Raises `WrongShape`."""
    table = table_of(name)
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [_CATALOGUE]).fetchone()
    if not (row and row[0] and _known(connection, name)):
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_CATALOGUE_LOCK])
        connection.execute(
            SQL(
                "CREATE TABLE IF NOT EXISTS {} (name text PRIMARY KEY, table_name text NOT NULL, dimension int NOT "
                "NULL, source text NOT NULL, checkpoint bigint NOT NULL, entries bigint NOT NULL)"
            ).format(Identifier(_CATALOGUE))
        )
        if not _known(connection, name):
            create_table(connection, table, dimension)
            create_graph(connection, table, dimension)
            connection.execute(
                SQL("INSERT INTO {} VALUES (%s, %s, %s, '', 0, 0)").format(Identifier(_CATALOGUE)),
                [name, table, dimension],
            )
    known = _known(connection, name)
    if known != dimension:
        raise WrongShape(f"the index {name} has dimension {known}, not {dimension}")
    return table


def table_of(name: str) -> str:
    """Name of the table of an index."""
    return f"vectors_{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def create_table(connection: Rows, table: str, dimension: int) -> None:
    """Creates a table of entries, without the graph, which is built faster over rows than row by row."""
    connection.execute(
        SQL(
            "CREATE TABLE {table} (id bigint PRIMARY KEY, embedding {vector} NOT NULL, begins bigint NOT NULL, ends "
            "bigint NOT NULL, owner bigint NOT NULL, language text NOT NULL, known_from bigint NOT NULL)"
        ).format(table=Identifier(table), vector=_type("vector", dimension))
    )
    if dimension * 4 < _INLINE_BYTES:
        connection.execute(SQL("ALTER TABLE {} ALTER COLUMN embedding SET STORAGE PLAIN").format(Identifier(table)))
    for column in _COLUMNS:
        connection.execute(
            SQL("CREATE INDEX {index} ON {table} ({column})").format(
                index=Identifier(f"{table}_{column}"), table=Identifier(table), column=Identifier(column)
            )
        )


def create_graph(connection: Rows, table: str, dimension: int) -> None:
    """Builds the HNSW index over what is in the table, in memory where that is at most `_MOST_MEMORY`.

    Where the server has too little shared memory for several processes, as in many a container, one builds it.
    """
    [entries] = _one(connection, SQL("SELECT count(*) FROM {}").format(Identifier(table)))
    wanted = min(_MOST_MEMORY, int(entries * (dimension * 2 + _LINKS_BYTES)))
    connection.execute(
        "SELECT set_config('maintenance_work_mem', greatest(setting::bigint, %s) || 'kB', true) FROM pg_settings "
        "WHERE name = 'maintenance_work_mem'",
        [wanted // 1024],
    )
    create = SQL(
        "CREATE INDEX {index} ON {table} USING hnsw ({half} halfvec_ip_ops) WITH (m = 16, ef_construction = 100)"
    ).format(index=Identifier(f"{table}_graph"), table=Identifier(table), half=half(dimension))
    try:
        with connection.transaction():
            connection.execute(create)
    except (errors.DiskFull, errors.OutOfMemory):
        connection.execute("SELECT set_config('max_parallel_maintenance_workers', '0', true)")
        connection.execute(create)


def replace_table(connection: Rows, table: str, replacement: str) -> None:
    """Puts another table with its indexes in the place of one, which goes. Raises `IndexBusy`."""
    _lock(connection, table)
    connection.execute(SQL("DROP TABLE {}").format(Identifier(table)))
    connection.execute(SQL("ALTER TABLE {} RENAME TO {}").format(Identifier(replacement), Identifier(table)))
    for part in ("pkey", "graph", *_COLUMNS):
        connection.execute(
            SQL("ALTER INDEX {} RENAME TO {}").format(
                Identifier(f"{replacement}_{part}"), Identifier(f"{table}_{part}")
            )
        )


def _lock(connection: Rows, table: str) -> None:
    """Keeps all others from a table, trying for a moment at a time: whoever comes meanwhile would wait behind it."""
    for _ in range(LOCK_ATTEMPTS):
        try:
            with connection.transaction():
                connection.execute("SELECT set_config('lock_timeout', '300ms', true)")
                connection.execute(SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(Identifier(table)))
        except errors.LockNotAvailable:
            time.sleep(_PAUSE_S)
        else:
            return
    raise IndexBusy("another transaction, such as a backup, reads the index for long")


def position(connection: Rows, name: str, *, locked: bool = False) -> IndexPosition:
    """Position of an index; `locked`: no other transaction changes the index until this one ends."""
    statement = SQL("SELECT source, checkpoint, entries FROM {} WHERE name = %s {}").format(
        Identifier(_CATALOGUE), SQL("FOR UPDATE" if locked else "")
    )
    return IndexPosition(*_one(connection, statement, [name]))


def set_position(connection: Rows, name: str, at: IndexPosition) -> None:
    """Stores the position of an index."""
    connection.execute(
        SQL("UPDATE {} SET source = %s, checkpoint = %s, entries = %s WHERE name = %s").format(Identifier(_CATALOGUE)),
        [*at, name],
    )


def drop_index(connection: Rows, name: str) -> None:
    """Removes an index altogether."""
    connection.execute(SQL("DROP TABLE IF EXISTS {}").format(Identifier(table_of(name))))
    connection.execute(SQL("DELETE FROM {} WHERE name = %s").format(Identifier(_CATALOGUE)), [name])


def half(dimension: int) -> Composed:
    """Expression that the graph is over: the vector in half precision."""
    return SQL("(embedding::{})").format(_type("halfvec", dimension))


def _type(name: str, dimension: int) -> Composed:
    return SQL("{}({})").format(SQL(name), SQL(str(int(dimension))))


def _version(connection: Rows) -> str | None:
    row = connection.execute("SELECT extversion FROM pg_extension WHERE extname = %s", [EXTENSION]).fetchone()
    return str(row[0]) if row else None


def _known(connection: Rows, name: str) -> int | None:
    """Dimension of an index, None where there is none of this name."""
    statement = SQL("SELECT dimension FROM {} WHERE name = %s").format(Identifier(_CATALOGUE))
    row = connection.execute(statement, [name]).fetchone()
    return int(row[0]) if row else None


def _one(connection: Rows, statement: Any, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
    row = connection.execute(statement, parameters).fetchone()
    if row is None:
        raise EngineUnusable("the index is not in the database any more: start again")
    return tuple(row)
