"""Faults of the database: errors of the drivers to `StoreUnavailable`, or to an error without values and texts.

A driver's message may hold what was to be stored (`Failing row contains (…)`), and so does SQLAlchemy's list of
parameters. So no error of either leaves the store: what is raised instead names codes, tables and constraints only.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.domain.core.errors import StoreUnavailable

DAMAGED: Final = "the database file is damaged: stop the service, and restore a backup"

_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: ("another process is writing to the database", False),
    sqlite3.SQLITE_LOCKED: ("another process is writing to the database", False),
    sqlite3.SQLITE_PROTOCOL: ("other processes open the database at the same moment", False),
    sqlite3.SQLITE_FULL: ("the disk of the database is full", False),
    sqlite3.SQLITE_READONLY: ("the database file is read-only", False),
    sqlite3.SQLITE_PERM: ("the database file may not be opened", True),
    sqlite3.SQLITE_IOERR: ("the disk of the database reports an error or is full", False),
    sqlite3.SQLITE_CANTOPEN: ("the database file cannot be opened", True),
    sqlite3.SQLITE_CORRUPT: (DAMAGED, True),
    sqlite3.SQLITE_NOTADB: (DAMAGED, True),
}
_POSTGRESQL: Final = {
    "53100": ("the disk of the database is full", False),
    "53300": ("the database has too many connections", False),
    "55P03": ("another process is writing to the database", False),
    "57014": ("the database took too long", False),
    "25P03": ("the database took too long", False),
    "25P04": ("the database took too long", False),
    "25006": ("the database is read-only", False),
    "40001": ("another process changed the same", False),
    "40P01": ("another process changed the same", False),
    "42501": ("the database role lacks a permission", False),
    "58030": ("the disk of the database reports an error", False),
    "XX001": ("the database is damaged: stop the service, and restore a backup", True),
    "XX002": ("the database is damaged: stop the service, and restore a backup", True),
}
_CLASSES: Final = {
    "08": ("the database cannot be reached", True),
    "28": ("the database refuses the password or the role", True),
    "3D": ("the database is not there", True),
    "53": ("the database has run out of memory or disk", False),
    "57": ("the database is shutting down or starting", True),
}
_NAMES_ONLY: Final = re.compile(r"no such (table|column|index)|(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed")
"""Messages of SQLite that name tables and columns, and never a value."""
_GONE: Final = ("the database cannot be reached", True)


class DatabaseUnusable(Exception):
    """The database cannot be reached or opened; the message says what to do."""


class StoreFault(Exception):
    """Error of the database that should not happen. It names codes and constraints, and holds no stored value."""

    holds_no_text = True


@contextmanager
def translated_faults() -> Iterator[None]:
    """Raises `StoreUnavailable` or `StoreFault` in place of errors of SQLAlchemy and of the drivers."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
        raise fault_of(error).with_traceback(error.__traceback__) from None


def fault_of(error: Exception) -> StoreUnavailable | StoreFault:
    """The error to raise in place of one of SQLAlchemy or of a driver."""
    if isinstance(error, PoolTimeout):
        return StoreUnavailable("all connections to the database are in use", 1)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, StoreUnavailable):
        return cause
    known = _known(cause)
    if known:
        return StoreUnavailable(known[0], gone=known[1])
    return StoreFault(_described(error, cause))


def sqlstate_of(error: Exception) -> str | None:
    """SQLSTATE of an error of PostgreSQL."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return cause.sqlstate if isinstance(cause, psycopg.Error) else None


def _known(cause: BaseException | None) -> tuple[str, bool] | None:
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(cause, psycopg.Error):
        state = cause.sqlstate
        if state is None:
            return _GONE if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError) else None
        return _POSTGRESQL.get(state) or _CLASSES.get(state[:2])
    return None


def _described(error: Exception, cause: BaseException | None) -> str:
    if isinstance(cause, psycopg.Error):
        diagnostic = cause.diag
        parts = (diagnostic.sqlstate, diagnostic.table_name, diagnostic.column_name, diagnostic.constraint_name)
        return " ".join([type(cause).__name__, *(part for part in parts if part)])
    if isinstance(cause, sqlite3.Error):
        said = str(cause) if _NAMES_ONLY.match(str(cause)) else getattr(cause, "sqlite_errorname", "")
        return f"{type(cause).__name__}: {said}"
    return type(error).__name__
