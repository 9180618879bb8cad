"""What is acknowledged is flushed to the disk first, and what is kept is for the user who runs the service alone."""

import logging
import os
import stat

import httpx
import pytest
from builders import services
from serving import serving_app

from app.domain.access.keys import Scope
from app.main import create_app
from app.store.connections import writing
from app.store.database import open_database


@pytest.fixture
def loose_umask():
    before = os.umask(0o000)
    yield
    os.umask(before)


def modes(folder):
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_a_durable_transaction_waits_for_the_disk_and_another_does_not(tmp_path, durable, level):
    engine = open_database(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    for _ in range(3):  # over pooled connections, after transactions of either kind
        with writing(engine, durable=not durable):
            pass
        with writing(engine, durable=durable) as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == level
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_everything_in_the_data_folder_is_private_whatever_the_umask(loose_umask, tmp_path):
    folder = tmp_path / "data"
    from app.settings import Settings
    from app.wiring import build
    from index.embedders.hashing import HashingEmbedder

    built = build(Settings(data_dir=folder), embedder=HashingEmbedder())
    built.archive.open()
    built.archive.backfill()
    with serving_app(create_app(built)) as address:
        secret, _ = built.manage_keys.create("of a test", list(Scope), "Desk", limit_per_hour=1_000)
        body = {"text": "The harbour was closed.", "language": "en"}
        headers = {"Authorization": f"Bearer {secret}"}
        assert httpx.post(f"{address}/v1/statements", json=body, headers=headers).status_code == 201
        found = modes(folder)
    assert {"refrain.sqlite3", "refrain.sqlite3-wal", "refrain.sqlite3-queue", "refrain.sqlite3.limits"} <= set(found)
    found |= modes(folder)
    assert "index.snapshot" in found
    built.store.close()
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_files_that_others_could_read_are_narrowed_at_the_start_with_one_line(tmp_path, caplog):
    folder = tmp_path / "data"
    services(folder).store.close()
    for path in folder.iterdir():
        path.chmod(0o644)
    folder.chmod(0o755)
    caplog.clear()
    with caplog.at_level(logging.INFO, "refrain.files"):
        services(folder).store.close()
    assert set(modes(folder).values()) == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    said = [record.getMessage() for record in caplog.records if record.name == "refrain.files"]
    assert len([line for line in said if "refrain.sqlite3" in line]) == 1
    caplog.clear()
    services(folder).store.close()
    assert [record for record in caplog.records if record.name == "refrain.files"] == []


def test_work_is_found_again_when_the_queue_file_is_lost(tmp_path):
    folder = tmp_path / "data"
    built = services(folder)
    organisation = built.manage_organisations.create("Desk")
    from app.domain.jobs.jobs import JobKind

    upload = built.accept_upload.begin(JobKind.IMPORT, organisation)
    upload.put(b'{"text": "The harbour was closed.", "lang": "en"}\n')
    job = upload.finish()
    built.store.close()
    for path in folder.glob("refrain.sqlite3-queue*"):
        path.unlink()
    again = services(folder)
    signals = again.background.requeue_stalled()
    assert [(signal.id, signal.part) for signal in signals] == [(job.id, 0)]
    for signal in signals:
        again.run_jobs(signal.id, signal.part)
    assert again.run_jobs.get(organisation, JobKind.IMPORT, job.id).state == "done"
    assert again.archive.size == 1
    again.store.close()
