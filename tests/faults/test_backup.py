"""A backup taken beside a service that writes has all that was acknowledged before it began, and can be restored."""

import json
import logging
import os
import stat
import subprocess
import threading

import httpx
import pytest
from builders import draft, services
from serving import COMMAND, free_port, wait_until_ready

from app.services.search.verify_archive import VerifyArchive
from app.store.backup.copying import counts
from app.store.database import open_database, reading

TEXT = "The harbour of {} was closed for {} days."


@pytest.fixture
def environment(empty_url, tmp_path):
    names = {"REFRAIN_DATA_DIR": str(tmp_path / "data"), "REFRAIN_EMBEDDER": "hashing"}
    return {**os.environ, **names, "REFRAIN_DATABASE_URL": empty_url}


def refrain(environment, *arguments, **more):
    environment = {**environment, **more}
    return subprocess.run(
        [COMMAND, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def service(environment, tmp_path):
    """A running service: its address, and a key with every scope."""
    made = refrain(environment, "keys", "create", "All", *["--scope", "check", "--scope", "review", "--scope", "write"])
    assert made.returncode == 0, made.stderr
    headers = {"Authorization": f"Bearer {made.stdout.splitlines()[-1]}"}
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([COMMAND, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address, process)
        with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
            yield client
    finally:
        process.terminate()
        process.wait(30)


def record(client, number):
    answer = client.post("/v1/statements", json={"text": TEXT.format(number, number + 2), "language": "en"})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def everything(url):
    """Number of rows of each table, and what the statements and vectors are."""
    engine = open_database(url)
    with reading(engine) as connection:
        read = "SELECT id, text, sequence, metadata FROM statements ORDER BY key"
        rows = [tuple(map(str, row)) for row in connection.exec_driver_sql(read)]
        vectors = connection.exec_driver_sql("SELECT statement_key, vector, stance_cues FROM vectors ORDER BY 1")
        rows += [
            (key, bytes(vector), json.loads(cues) if isinstance(cues, str) else cues) for key, vector, cues in vectors
        ]
        found = counts(connection), rows
    engine.dispose()
    return found


def other_kind(backend, request, tmp_path):
    """The URL of an empty database of the other kind."""
    if backend == "sqlite":
        return request.getfixturevalue("postgres").database()
    return f"sqlite:///{tmp_path / 'other' / 'refrain.sqlite3'}"


def test_a_backup_beside_a_writing_service_holds_what_was_acknowledged(
    service, environment, backend, request, tmp_path
):
    before = [record(service, number) for number in range(10)]
    checked = service.post("/v1/checks", json={"text": TEXT.format(3, 5)}).json()["id"]
    after, ended = [], threading.Event()

    def write():
        while not ended.is_set():
            after.append(record(service, 1_000 + len(after)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = refrain(environment, "backup", tmp_path / "backup")
    finally:
        ended.set()
        writer.join()
    assert made.returncode == 0, made.stderr
    assert len(after) > 3, "the service could not write meanwhile"
    files = sorted(path.name for path in (tmp_path / "backup").iterdir())
    assert files == ["archive.sqlite3", "manifest.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "backup").iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o700
    manifest = json.loads((tmp_path / "backup" / "manifest.json").read_text())
    assert manifest["database"] == backend

    in_use = refrain(environment, "restore", tmp_path / "backup", "--replace")
    assert in_use.returncode == 1
    assert "in use" in in_use.stderr
    for target in (f"sqlite:///{tmp_path / 'again' / 'refrain.sqlite3'}", other_kind(backend, request, tmp_path)):
        restored = refrain(environment, "restore", tmp_path / "backup", REFRAIN_DATABASE_URL=target)
        assert restored.returncode == 0, restored.stderr
        counts_of, rows = everything(target)
        assert counts_of == manifest["counts"]
        ids = {row[0] for row in rows if isinstance(row[0], str)}
        assert set(before) <= ids <= {*before, *after}
        again = services(tmp_path / f"served-{target[:6]}", database_url=target)
        desk = again.manage_keys.all()[0].organisation
        assert again.browse_checks.get(desk, checked).id == checked
        assert VerifyArchive(again.store, again.encoder, again.archive)().sound
        again.record_statements([draft("A statement after the restore.")])  # numbers go on after the largest
        again.store.close()


def test_a_restore_replaces_only_what_it_may(environment, tmp_path, backend, empty_url):
    archive = services(tmp_path / "one", database_url=empty_url)
    archive.record_statements([draft("The first statement.")])
    archive.store.close()
    assert refrain(environment, "backup", tmp_path / "backup").returncode == 0
    twice = refrain(environment, "backup", tmp_path / "backup")
    assert (twice.returncode, len(twice.stderr.splitlines())) == (1, 1)
    assert "is there already: name a new folder" in twice.stderr
    archive = services(tmp_path / "one", database_url=empty_url)
    archive.record_statements([draft("The second statement.")])
    archive.store.close()
    as_it_was = everything(empty_url)

    refused = refrain(environment, "restore", tmp_path / "backup")
    assert refused.returncode == 1
    assert "holds an archive: --replace" in refused.stderr
    content = bytearray((tmp_path / "backup" / "archive.sqlite3").read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "archive.sqlite3").write_bytes(content)
    (damaged / "manifest.json").write_bytes((tmp_path / "backup" / "manifest.json").read_bytes())
    refused = refrain(environment, "restore", damaged, "--replace")
    assert refused.returncode == 1
    assert "the checksum of archive.sqlite3 is wrong" in refused.stderr
    (damaged / "manifest.json").unlink()
    assert "no complete backup" in refrain(environment, "restore", damaged, "--replace").stderr
    assert everything(empty_url) == as_it_was

    restored = refrain(environment, "restore", tmp_path / "backup", "--replace")
    assert restored.returncode == 0, restored.stderr
    assert everything(empty_url)[0]["statements"] == 1
    again = services(tmp_path / "one", database_url=empty_url)  # its snapshot is of the archive that was replaced
    assert again.archive.size == 1
    again.store.close()


def test_an_interrupted_backup_is_never_taken_for_one(tmp_path, monkeypatch):
    from datetime import UTC, datetime

    from app.store.backup import backup

    archive = services(tmp_path / "data")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "fsync_path", full)
    with pytest.raises(OSError, match="No space"):
        backup.take_backup(archive.store.engine, tmp_path / "backups" / "one", datetime.now(UTC))
    archive.store.close()
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_of_a_database_older_than_the_program_can_be_restored(tmp_path, caplog):
    from datetime import UTC, datetime

    from alembic import command
    from alembic.config import Config

    from app.store.backup.backup import take_backup
    from app.store.backup.restore import restore_backup
    from app.store.database import writing

    caplog.set_level(logging.WARNING)
    old = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    engine = open_database(old)
    config = Config()
    config.set_main_option("script_location", "migrations")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
    made = take_backup(engine, tmp_path / "backup", datetime.now(UTC))
    engine.dispose()
    assert made.schema.startswith("0013")
    restore_backup(tmp_path / "backup", f"sqlite:///{tmp_path / 'new' / 'a.sqlite3'}", replace=False)
    archive = services(tmp_path / "new", database_url=f"sqlite:///{tmp_path / 'new' / 'a.sqlite3'}")
    assert archive.archive.size == 0
    archive.store.close()
