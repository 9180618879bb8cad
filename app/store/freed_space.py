"""Freed space of an SQLite file: what was deleted is overwritten there, and leaves the log beside the file."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final, cast

from sqlalchemy import Engine

from app.domain.core.errors import StoreUnavailable
from app.store.connections import backing
from app.store.faults import fault_of

_REWRITTEN_UP_TO: Final = 128 * 2**20
"""Bytes of a file that takes so short to rewrite that a request may do it."""

logger = logging.getLogger("refrain.database")


def forget_deleted(engine: Engine, *, thoroughly: bool) -> None:
    """Empties the log beside the file, and rewrites the file where it is small or `thoroughly` is asked for.

    Every connection overwrites what it deletes (`PRAGMA secure_delete`); rewriting removes the rare copies that stay
    where rows were moved between pages. PostgreSQL has its own `VACUUM`, which this leaves to the operator. A file that
    is in use is left as it is, with a warning in the log.
    """
    turns, path = backing(engine).turns, engine.url.database
    if turns is None or not path:
        return
    try:
        with turns.turn() as waits_s, closing(engine.raw_connection()) as connection:
            run = cast(sqlite3.Connection, connection.driver_connection).execute
            run(f"PRAGMA busy_timeout = {round(waits_s * 1000)}")
            if thoroughly or Path(path).stat().st_size <= _REWRITTEN_UP_TO:
                run("VACUUM")
            [in_use, *_] = run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if in_use:
            logger.warning("the log of the database is in use, and may hold what was deleted until it is emptied")
    except (sqlite3.Error, StoreUnavailable) as error:
        fault = error if isinstance(error, StoreUnavailable) else fault_of(error)
        logger.warning("freed space of the database may hold what was deleted: %s", getattr(fault, "reason", fault))
