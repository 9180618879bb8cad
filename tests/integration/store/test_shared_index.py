"""Vectors that all processes share, in the PostgreSQL that holds the archive."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, request, services, write_jsonl
from sqlalchemy import text
from waiting import until

from app.domain.core.errors import NotReady
from app.services.search.index_worker import IndexWorker
from app.services.search.shared_index_sync import SharedIndexSync
from app.services.search.verify_archive import VerifyArchive
from app.store.connections import writing
from index.contract import NEVER, Attributes
from index.factory import open_embedder
from index.search.shared import EngineUnusable


@pytest.fixture
def backend():
    return "postgresql"


@pytest.fixture
def sharing(process):
    """Makes processes whose vectors are in the database."""
    return lambda name="one", **options: process(name, index_url="pgvector:", **options)


def found(process, of=STAGED):
    [check] = process.check_statements([request(of, limit=50)])
    return sorted(match.precedent.external_id for match in check.matches)


def vectors(process):
    return process.archive.index.shared


def test_what_one_process_records_changes_and_withdraws_is_so_for_every_other(sharing):
    one, other = sharing("one"), sharing("other")
    first, _ = one.record_statements(
        [draft(STAGED, "2021-01-01", external_id="1"), draft(STAGED_ELSEWHERE, "2021-01-01", external_id="2")]
    )
    assert found(other) == found(one) == ["1", "2"]
    other.edit_statement.change(first.statement.id, {"text": GRAIN}, None)
    assert found(one) == ["2"]
    assert found(one, GRAIN) == ["1"]
    one.edit_statement.withdraw(first.statement.id)
    assert found(other, GRAIN) == []
    assert len(vectors(one)) == one.archive.size == other.archive.size == 1


def test_a_process_that_starts_has_nothing_to_build(sharing, monkeypatch):
    one = sharing("one")
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    at = vectors(one).position()
    monkeypatch.setattr(SharedIndexSync, "build", lambda *_: pytest.fail("built again"))
    another = sharing("another")
    assert found(another) == ["1"]
    assert vectors(another).position() == at


def test_a_snapshot_holds_the_terms_alone(sharing, tmp_path):
    one = sharing("one")
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    one.archive.save()
    assert [file.name for file in (tmp_path / "one").glob("index*")] == ["index.terms"]
    again = sharing("one")
    assert (again.archive.size, found(again)) == (1, ["1"])


def test_a_process_that_has_seen_less_undoes_nothing(sharing):
    slow, quick = sharing("slow"), sharing("quick")
    [recorded] = quick.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    with slow.store.reading() as before:
        assert before.statements.sequence() == 1
        quick.edit_statement.withdraw(recorded.statement.id)
        at = vectors(quick).position()
        slow.archive.sync(before)
        assert vectors(slow).position() == at
    assert len(vectors(slow)) == 0
    assert found(slow) == []


def test_changes_of_a_process_that_died_before_it_indexed_them_are_made_by_the_next(sharing, monkeypatch):
    dying, next_one = sharing("dying"), sharing("next")
    with monkeypatch.context() as patched:
        patched.setattr(dying.archive, "sync", lambda *_: None)
        dying.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    assert len(vectors(next_one)) == 0
    assert found(next_one) == ["1"]


def test_processes_that_write_and_search_at_once_agree_in_the_end(sharing):
    processes = [sharing(f"process-{number}") for number in range(3)]
    wrong = []

    def write(number):
        for step in range(8):
            own = f"{number}-{step}"
            own_process = processes[number]
            [recorded] = own_process.record_statements(
                [draft(f"{STAGED} Reported by station {own}.", "2021-01-01", external_id=own)]
            )
            if own not in found(own_process):
                wrong.append(own)
            if step % 3 == 0:
                own_process.edit_statement.withdraw(recorded.statement.id)
                if own in found(own_process):
                    wrong.append(f"{own} withdrawn")

    with ThreadPoolExecutor(len(processes)) as pool:
        list(pool.map(write, range(len(processes))))
    left = sorted(f"{number}-{step}" for number in range(3) for step in range(8) if step % 3)
    assert wrong == []
    assert [found(each) for each in processes] == [left] * 3
    assert len(vectors(processes[0])) == len(left)


def test_an_index_is_built_anew_while_others_search_and_write(sharing):
    one, other = sharing("one"), sharing("other")
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    with vectors(one).changing() as changes:
        changes.remove(np.array([1]))
    assert found(other) == []
    stop, seen = threading.Event(), []

    def go_on():
        number = 0
        while not stop.is_set():
            number += 1
            other.record_statements([draft(f"{GRAIN} Number {number}.", "2021-01-01", external_id=f"grain {number}")])
            seen.append(f"grain {number}" in found(other, GRAIN))

    busy = threading.Thread(target=go_on)
    busy.start()
    one.archive.rebuild()
    stop.set()
    busy.join()
    assert all(seen)
    assert found(one) == found(other) == ["1"]
    assert len(vectors(one)) == 1 + len(seen)


def test_of_two_processes_that_build_one_has_to_wait(sharing):
    one, other = sharing("one"), sharing("other")
    with vectors(one).building("another source"), pytest.raises(NotReady, match="another process is building"):
        other.archive.rebuild()


def test_a_service_that_starts_while_another_builds_says_so_until_it_is_ready(sharing):
    one, starting = sharing("one"), sharing("starting", opened=False)
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    with vectors(one).building("of another model"):
        pass
    worker = IndexWorker(starting.archive)
    try:
        with suppress(ZeroDivisionError), vectors(one).building("of a third"):
            worker.start()
            until(lambda: "another process is building the index" in str(worker.failure))
            assert not starting.archive.ready
            raise ZeroDivisionError
        until(lambda: worker.failure is None)
        assert found(starting) == ["1"]
    finally:
        worker.stop()


def test_an_archive_that_took_the_place_of_another_has_its_own_vectors(sharing, store):
    before = sharing("before")
    before.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    before.store.close()
    with writing(store.engine) as connection:  # as restoring does
        connection.execute(text("UPDATE archive SET id = gen_random_uuid()"))
        connection.execute(text("UPDATE statements SET external_id = 'restored'"))
    assert found(sharing("after")) == ["restored"]


def test_verify_finds_and_mends_what_is_wrong_with_shared_vectors(sharing):
    one = sharing("one")
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1"), draft(GRAIN, external_id="2")])
    verify = VerifyArchive(one.store, one.encoder, one.archive)
    assert verify().faults == ()
    undated = Attributes(np.array([[NEVER, NEVER]]))
    with vectors(one).changing() as changes:
        changes.upsert(np.array([1]), one.encoder.embed([GRAIN]), undated)
    [fault] = verify().faults
    assert (fault.kind, fault.count) == ("snapshot", 1)
    assert verify(repair=True).sound
    assert verify().faults == ()
    with vectors(one).changing() as changes:
        changes.remove(np.array([1]))
    assert "The shared index holds 1 vectors, not 2." in [fault.sentence for fault in verify(repair=True).faults]
    assert found(one) == ["1"]


def test_the_commands_fill_build_and_verify_it_beside_a_process_that_searches(sharing, url, tmp_path):
    serving = sharing("serving", embedder=open_embedder("hashing", tmp_path))
    lines = write_jsonl(tmp_path / "more.jsonl", {"id": "1", "text": STAGED, "language": "en", "date": "2021-01-01"})

    def refrain(*arguments):
        settings = {
            "DATABASE_URL": url, "INDEX_URL": "pgvector:", "EMBEDDER": "hashing", "DATA_DIR": str(tmp_path / "command"),
        }  # fmt: skip
        environment = os.environ | {f"REFRAIN_{name}": value for name, value in settings.items()}
        command = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)

    imported = refrain("import", str(lines))
    assert imported.returncode == 0, imported.stderr
    assert found(serving) == ["1"]
    built = refrain("reindex")
    assert (built.returncode, "holds 1 statements" in built.stderr) == (0, True), built.stderr
    assert found(serving) == ["1"]
    verified = refrain("verify")
    assert (verified.returncode, "All is as it should be." in verified.stdout) == (0, True), verified.stdout


def test_an_archive_in_sqlite_is_answered_with_what_to_set(tmp_path):
    with pytest.raises(EngineUnusable, match="this archive is in SQLite"):
        services(tmp_path / "one", index_url="pgvector:")
