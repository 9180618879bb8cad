"""Taking a backup while a service runs: one consistent copy, written beside and renamed when it is complete."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, make_url

from app.store.backup.copying import Progress, clear, copy_all, counts, without_timeouts
from app.store.backup.manifest import ARCHIVE, BackupUnusable, Manifest, checksum
from app.store.connections import reading, writing
from app.store.database import open_sqlite
from app.store.migrating import migrate
from index.private_files import private_file
from index.search.durable import fsync_path


def take_backup(engine: Engine, folder: Path, now: datetime, progress: Progress = lambda _: None) -> Manifest:
    """Writes a backup into a new folder.

    Of SQLite by its own backup interface, of PostgreSQL from one snapshot, row by row; writers wait for neither. Only
    a complete backup has the name `folder`. Raises `BackupUnusable` where there is something, and `OSError`.
    """
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    if folder.exists() or folder.is_symlink():
        raise BackupUnusable(f"{folder} is there already: name a new folder for each backup")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))  # for this user alone
    try:
        copy = made / ARCHIVE
        private_file(copy)
        if engine.dialect.name == "sqlite":
            _copy_file(engine, copy)
        else:
            _copy_rows(engine, copy, progress)
        with opened(copy) as copied, reading(copied) as connection:
            counted, revision = counts(connection), revision_of(connection)
        fsync_path(copy)
        files = {ARCHIVE: checksum(copy)}
        manifest = Manifest(version("refrain"), revision, engine.dialect.name, now, counted, files)
        manifest.write(made)
        fsync_path(made)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    fsync_path(folder.parent)
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[Engine]:
    """An SQLite file that nobody else has open; afterwards it is one file again, without a log beside it."""
    engine = open_sqlite(make_url("sqlite://").set(database=str(path)))
    try:
        yield engine
    finally:
        engine.dispose()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        Path(f"{path}.migrating").unlink(missing_ok=True)


def revision_of(connection: Connection) -> str:
    """Revision of the schema."""
    return str(MigrationContext.configure(connection).get_current_revision())


def _copy_file(engine: Engine, copy: Path) -> None:
    database = Path(engine.url.database or "").resolve().as_uri()
    with (
        closing(sqlite3.connect(f"{database}?mode=ro", uri=True, timeout=30)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)  # all pages in one step: from one snapshot, beside which others go on writing


def _copy_rows(engine: Engine, copy: Path, progress: Progress) -> None:
    with opened(copy) as target:
        migrate(target)
        with reading(engine) as source, writing(target) as connection:
            if (theirs := revision_of(source)) != (ours := revision_of(connection)):
                raise BackupUnusable(
                    f"the database has schema {theirs}, this Refrain {ours}: run refrain migrate first, or take a "
                    "backup with the Refrain that serves it"
                )
            without_timeouts(source)
            clear(connection)
            copy_all(source, connection, progress)
