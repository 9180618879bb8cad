"""Putting a backup in the place of an archive: checked first, complete or not at all, with the schema up to date."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, literal, make_url, select, table, text, update
from sqlalchemy.engine import URL

from app.domain.core.errors import Conflict
from app.store.backup.backup import opened, revision_of
from app.store.backup.copying import Progress, clear, copy_all, counts, differences, without_timeouts
from app.store.backup.manifest import ARCHIVE, BackupUnusable, Manifest
from app.store.connections import reading, writing
from app.store.database import open_migrated
from app.store.migrating import migrate
from app.store.tables import archive
from index.private_files import private_file, private_folder
from index.search.durable import fsync_path

_IN_USE: Final = ("organisations", "statements", "checks")
"""Tables of which an archive that nobody has used has no row."""

_STOP_FIRST: Final = "stop the service and the workers, restore, and start them again"


def restore_backup(folder: Path, url: str, *, replace: bool, progress: Progress = lambda _: None) -> Manifest:
    """Restores a backup into the database at `url`, whichever kind it was of.

    The restored archive has an identity of its own, so that no index snapshot of another time is taken for its. Raises
    `BackupUnusable` for what is no sound backup, `Conflict` where a service has the database open, or where there is an
    archive that `replace` does not allow to be replaced, and `DatabaseUnusable`. Then the target is as it was.
    """
    manifest = Manifest.read(folder)
    parsed = make_url(url)
    into_file = parsed.get_backend_name() == "sqlite"
    beside = Path(parsed.database or "").parent if into_file else None
    if beside and not beside.exists():
        private_folder(beside)
    with _working_copy(folder, beside) as copy:
        with opened(copy) as source:
            with reading(source) as connection:
                _check_counts(manifest, connection)
            migrate(source)
            with writing(source) as connection:
                connection.execute(update(archive).values(id=str(uuid4())))
        if into_file:
            _replace_file(copy, parsed, replace=replace)
        else:
            _replace_rows(copy, url, replace=replace, progress=progress)
    return manifest


@contextmanager
def _working_copy(folder: Path, beside: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=beside) as made:
        copy = Path(made) / ARCHIVE
        private_file(copy)
        shutil.copyfile(folder / ARCHIVE, copy)
        yield copy


def _check_counts(manifest: Manifest, connection: Connection) -> None:
    """Raises `BackupUnusable` where the manifest says otherwise, or is of another revision."""
    found = revision_of(connection)
    if found != manifest.schema:
        raise BackupUnusable(f"the backup has schema {found}, and its manifest says {manifest.schema}: take another")
    if wrong := differences(manifest.counts, counts(connection)):
        raise BackupUnusable(f"the backup is not what its manifest says: {'; '.join(wrong)}")


def _replace_file(copy: Path, target: URL, *, replace: bool) -> None:
    if not target.database or target.database == ":memory:":
        raise Conflict("name the file that the archive is to be restored into: sqlite:///path/to/file.sqlite3")
    path = Path(target.database)
    fsync_path(copy)
    if not path.exists():
        copy.replace(path)
    else:
        with _alone(path) as holds:
            _refuse_archive(str(path), holds=holds, replace=replace)
            for ending in ("-wal", "-shm", "-queue", "-queue-wal", "-queue-shm"):  # of the archive that was there
                Path(f"{path}{ending}").unlink(missing_ok=True)
            copy.replace(path)
    fsync_path(path.parent)


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Keeps others from an SQLite file; whether it holds an archive, or is damaged. Raises `Conflict`."""
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = DELETE")  # all that is in the log goes into the file
            connection.execute("BEGIN EXCLUSIVE")
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            used = [name for name in _IN_USE if name in names]
            holds = any(connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in used)  # noqa: S608
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # of whatever detail
                raise Conflict(f"{path} is in use: {_STOP_FIRST}") from error
            holds = True
        yield holds


def _replace_rows(copy: Path, url: str, *, replace: bool, progress: Progress) -> None:
    target = open_migrated(url)
    try:
        with opened(copy) as source, reading(source) as restored, writing(target) as connection:
            if others := connection.scalar(text(_OTHERS)):
                raise Conflict(f"the database is in use by {others} connections: {_STOP_FIRST}")
            holds = any(
                connection.execute(select(literal(1)).select_from(table(name)).limit(1)).first() for name in _IN_USE
            )
            _refuse_archive("the database", holds=holds, replace=replace)
            without_timeouts(connection)
            clear(connection)
            copy_all(restored, connection, progress)
            if wrong := differences(counts(restored), counts(connection)):
                raise BackupUnusable(f"not all was restored, and nothing is changed: {'; '.join(wrong)}")
    finally:
        target.dispose()


_OTHERS: Final = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def _refuse_archive(name: str, *, holds: bool, replace: bool) -> None:
    if holds and not replace:
        raise Conflict(f"{name} holds an archive: --replace puts the backup in its place, or name another database")
