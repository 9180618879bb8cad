"""A backup taken beside a service that writes has all that was acknowledged before it began, and can be restored."""

import json
import stat
import threading
from datetime import UTC, datetime

import httpx
import pytest
from alembic import command
from alembic.config import Config
from builders import draft, services
from serving import serving_app

from app.admin_wiring import restore_backup, take_backup
from app.domain.access.keys import Scope
from app.domain.core.errors import Conflict
from app.main import create_app
from app.services.search.verify_archive import VerifyArchive
from app.settings import Settings
from app.store.backup import backup, restore
from app.store.backup.copying import counts
from app.store.backup.manifest import BackupUnusable
from app.store.connections import reading, writing
from app.store.database import open_database
from app.store.migrating import MIGRATIONS

TEXT = "The harbour of {} was closed for {} days."


@pytest.fixture
def settings(empty_url, tmp_path):
    return Settings(data_dir=tmp_path / "data", database_url=empty_url, embedder="hashing")


def everything(url):
    """Number of rows of each table, and what the statements and vectors are."""
    engine = open_database(url)
    with reading(engine) as connection:
        read = "SELECT id, text, sequence, metadata, created_at FROM statements ORDER BY key"
        rows = [tuple(str(value) for value in row) for row in connection.exec_driver_sql(read)]
        vectors = connection.exec_driver_sql("SELECT statement_key, vector FROM vectors ORDER BY statement_key")
        found = counts(connection), rows, [(key, bytes(vector)) for key, vector in vectors]
    engine.dispose()
    return found


def other_kind(backend, request, tmp_path):
    """The URL of an empty database of the other kind."""
    if backend == "sqlite":
        return request.getfixturevalue("postgres").database()
    return f"sqlite:///{tmp_path / 'other' / 'refrain.sqlite3'}"


def nothing(_):
    """No progress is shown."""


def test_a_backup_beside_a_writing_service_holds_what_was_acknowledged(settings, backend, request, tmp_path):
    serving = services(tmp_path / "data", database_url=settings.database_url, clock=lambda: datetime.now(UTC))
    secret, key = serving.manage_keys.create("of a test", list(Scope), "Desk")
    after, ended = [], threading.Event()
    with (
        serving_app(create_app(serving, settings)) as address,
        httpx.Client(base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=30) as client,
    ):

        def record(number):
            answer = client.post("/v1/statements", json={"text": TEXT.format(number, number + 2), "language": "en"})
            assert answer.status_code == 201, answer.text
            return answer.json()["id"]

        def write():
            while not ended.is_set():
                after.append(record(1_000 + len(after)))

        before = [record(number) for number in range(10)]
        checked = client.post("/v1/checks", json={"text": TEXT.format(3, 5)}).json()["id"]
        writer = threading.Thread(target=write)
        writer.start()
        try:
            take_backup(settings, tmp_path / "backup", nothing)
            so_far = len(after)
        finally:
            ended.set()
            writer.join()
        assert so_far, "the service could not write meanwhile"
        with pytest.raises(Conflict, match="in use"):
            restore_backup(settings, tmp_path / "backup", nothing, replace=True)

    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "backup").iterdir()}
    assert files == {"archive.sqlite3": 0o600, "manifest.json": 0o600}
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o700
    manifest = json.loads((tmp_path / "backup" / "manifest.json").read_text())
    assert (manifest["database"], manifest["counts"]["checks"]) == (backend, 1)
    contents = []
    for target in (f"sqlite:///{tmp_path / 'again' / 'refrain.sqlite3'}", other_kind(backend, request, tmp_path)):
        restoring = Settings(data_dir=tmp_path / "restored", database_url=target)
        restore_backup(restoring, tmp_path / "backup", nothing, replace=False)
        contents.append(everything(target))
        assert contents[-1][0] == manifest["counts"]
        assert set(before) <= {row[0] for row in contents[-1][1]} <= {*before, *after}
        again = services(tmp_path / f"served-{target[:6]}", database_url=target)
        assert again.browse_checks.get(key.organisation, checked).id == checked
        assert VerifyArchive(again.store, again.encoder, again.archive)().sound
        again.record_statements([draft("A statement after the restore.")])  # numbers go on after the largest
        again.store.close()
    assert contents[0][2] == contents[1][2]
    serving.store.close()


def test_a_restore_replaces_only_what_it_may(settings, tmp_path):
    def record(text):
        archive = services(tmp_path / "data", database_url=settings.database_url)
        archive.record_statements([draft(text)])
        archive.archive.save()
        archive.store.close()

    record("The first statement.")
    made = tmp_path / "backup"
    take_backup(settings, made, nothing)
    with pytest.raises(BackupUnusable, match="is there already: name a new folder"):
        take_backup(settings, made, nothing)
    record("The second statement.")
    as_it_was = everything(settings.database_url)

    with pytest.raises(Conflict, match="holds an archive: --replace"):
        restore_backup(settings, made, nothing, replace=False)
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    content = bytearray((made / "archive.sqlite3").read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / "archive.sqlite3").write_bytes(content)
    (damaged / "manifest.json").write_bytes((made / "manifest.json").read_bytes())
    with pytest.raises(BackupUnusable, match=r"the checksum of archive\.sqlite3 is wrong"):
        restore_backup(settings, damaged, nothing, replace=True)
    (damaged / "manifest.json").unlink()
    with pytest.raises(BackupUnusable, match=r"no complete backup: it has no manifest\.json"):
        restore_backup(settings, damaged, nothing, replace=True)
    assert everything(settings.database_url) == as_it_was

    restore_backup(settings, made, nothing, replace=True)
    counted, rows, _ = everything(settings.database_url)
    assert (counted["statements"], [row[1] for row in rows]) == (1, ["The first statement."])
    again = services(tmp_path / "data", database_url=settings.database_url)
    assert again.archive.size == 1
    again.store.close()


def test_an_interrupted_restore_leaves_the_archive_as_it_was(settings, tmp_path, monkeypatch):
    archive = services(tmp_path / "data", database_url=settings.database_url)
    archive.record_statements([draft("The first statement.")])
    archive.store.close()
    take_backup(settings, tmp_path / "backup", nothing)
    as_it_was = everything(settings.database_url)

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(restore, "differences", killed)
    with pytest.raises(KeyboardInterrupt):
        restore_backup(settings, tmp_path / "backup", nothing, replace=True)
    assert everything(settings.database_url) == as_it_was


def test_an_interrupted_backup_is_never_taken_for_one(tmp_path, monkeypatch):
    archive = services(tmp_path / "data")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "fsync_path", full)
    with pytest.raises(OSError, match="No space"):
        backup.take_backup(archive.store.engine, tmp_path / "backups" / "one", datetime.now(UTC))
    archive.store.close()
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_of_an_older_schema_is_brought_up_to_date_when_it_is_restored(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
    made = backup.take_backup(engine, tmp_path / "backup", datetime.now(UTC))
    engine.dispose()
    assert made.schema == "0013"
    url = f"sqlite:///{tmp_path / 'new' / 'refrain.sqlite3'}"
    restore.restore_backup(tmp_path / "backup", url, replace=False)
    archive = services(tmp_path / "new", database_url=url)
    assert archive.archive.size == 0
    archive.store.close()
