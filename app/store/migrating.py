"""Schema migrations: a database is brought to the newest revision, a step in a transaction of its own."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.domain.core.errors import StoreUnavailable
from app.store.connections import reading, writing
from app.store.faults import DAMAGED, DatabaseUnusable, StoreFault, sqlstate_of
from index.private_files import FILE_MODE

MIGRATIONS: Final = Path(__file__).resolve().parents[2] / "migrations"
_NO_PERMISSION: Final = "42501"
_LOCK_NOT_AVAILABLE: Final = "55P03"
_WAITS_FOR_TABLES_S: Final = 10.0
_PAUSE_S: Final = 0.5
_TABLE_IN_USE: Final = "another transaction holds a table that is to be changed"

logger = logging.getLogger("refrain.database")


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
    config.set_main_option("script_location", str(MIGRATIONS))
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
    return ScriptDirectory(str(MIGRATIONS))


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[None]:
    if engine.dialect.name == "sqlite" and engine.url.database:
        with FileLock(engine.url.database + ".migrating", mode=FILE_MODE):
            yield
    else:
        yield
