"""Writers take turns, counters go on in memory, and what was done is kept although it could not be noted."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, draft, services
from fakes import HeldClock
from sqlalchemy import event
from waiting import until

from app.domain.access.keys import Scope
from app.domain.access.rate_limits import Quota
from app.domain.core.errors import StoreUnavailable
from app.domain.jobs.jobs import JobKind, JobState
from app.domain.statements.statements import Finding, NarrativeLabel
from app.services.access.ports import StoredResponse
from app.services.jobs.ports import TaskSignal
from app.services.lock_timeout import as_request
from app.store.access.rate_limits import open_limits
from app.store.faults import StoreFault
from app.store.write_turns import WriteTurns


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(tmp_path, clock):
    built = services(tmp_path, clock=clock)
    yield built
    built.store.close()


def other_writer(folder, suffix=""):
    """Another process that holds the write lock of the archive's file, or of one beside it."""
    connection = sqlite3.connect(folder / f"refrain.sqlite3{suffix}", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return closing(connection)


def test_writers_of_a_process_go_in_order_and_a_request_does_not_wait_behind_a_stuck_one():
    turns, order, held = WriteTurns(), [], threading.Event()

    def write(number):
        with turns.turn():
            order.append(number)
            turns.wrote()

    def write_in_request():
        with as_request(), turns.turn():
            order.append("never")

    with ThreadPoolExecutor(12) as writers:
        with turns.turn():
            waiting = []
            for number in range(10):
                waiting.append(writers.submit(write, number))
                until(lambda: len(turns._waiting) == len(waiting) + 1)
            asked = writers.submit(write_in_request)
            with pytest.raises(StoreUnavailable):
                asked.result(timeout=20)
            held.set()
        for one in waiting:
            one.result(timeout=20)
    assert order == list(range(10))


def test_a_full_disk_is_reported_as_such_and_nothing_is_half_written(archive):
    with archive.store.reading() as tx:
        before = tx.statements.sequence()
    with archive.store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.rollback()
    archive.store.engine.dispose()

    event.listen(archive.store.engine, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count = {pages}"))
    many = [draft(f"Statement {number} " + "words " * 100, external_id=f"{number}") for number in range(50)]
    with pytest.raises(StoreUnavailable, match="the disk of the database is full"):
        archive.record_statements(many)
    with archive.store.reading() as tx:
        assert (tx.statements.count(), tx.statements.sequence()) == (0, before)


def test_an_unexpected_error_names_the_constraint_and_no_value(archive):
    insert = "INSERT INTO organisations (id, name, created_at, operator) VALUES ('x', 'secret', 0, 0)"

    def twice():
        with archive.store.writing() as tx:
            for _ in range(2):
                tx._connection.exec_driver_sql(insert)

    with pytest.raises(StoreFault) as raised:
        twice()
    assert "UNIQUE constraint failed: organisations" in str(raised.value)
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_limits_count_on_in_memory_while_their_file_is_locked(archive, tmp_path):
    limits = open_limits(archive.store.engine)
    quotas = [Quota("key", "key:k", 5)]
    assert [limits.take(quotas, 1, NOW).granted for _ in range(2)] == [True, True]
    with other_writer(tmp_path, ".limits"), as_request():
        assert [limits.take(quotas, 1, NOW).granted for _ in range(5)] == [True, True, True, False, False]
    limits.close()


def test_limits_after_the_clock_was_set_back(archive):
    limits = open_limits(archive.store.engine)
    quotas = [Quota("key", "key:k", 1)]
    assert limits.take(quotas, 1, NOW).granted
    earlier = NOW - timedelta(days=1)
    assert [limits.take(quotas, 1, earlier).granted for _ in range(2)] == [True, False]
    limits.close()


def test_a_part_held_in_the_future_is_taken_after_the_clock_was_set_back(archive, clock):
    upload = archive.accept_upload.begin(JobKind.IMPORT, archive.manage_keys.organisation("Desk"))
    upload.put(b'{"text": "Words."}')
    job = upload.finish()
    with archive.store.writing() as tx:
        assert tx.jobs.claim(job.id, 0, clock(), clock() + timedelta(seconds=30))
    clock.advance(hours=-1)
    [signal] = archive.background.requeue_stalled()
    archive.run_jobs(signal.id, signal.part)
    assert archive.run_jobs.get(job.organisation, JobKind.IMPORT, job.id).state is JobState.DONE


def test_an_answer_that_could_not_be_kept_at_once_is_kept_for_the_next_request(archive, tmp_path):
    desk, idempotency = archive.manage_keys.organisation("Desk"), archive.idempotency
    claim = idempotency.begin(desk, "once", "hash")
    answer = StoredResponse(201, "application/json", b"{}")
    with other_writer(tmp_path), as_request():
        idempotency.settle(claim, answer)
        with pytest.raises(StoreUnavailable):
            idempotency.begin(desk, "another", "hash")
    assert idempotency.begin(desk, "once", "hash") == answer


def test_authenticating_writes_nothing_until_it_is_written_down(archive, tmp_path, clock):
    secret, key = archive.manage_keys.create("Plugin", [Scope.CHECK], "Desk")
    with other_writer(tmp_path), as_request():
        archive.manage_keys.authenticate(secret)
        archive.last_uses.write()
    assert archive.manage_keys.get(key.id).last_used_at == NOW
    archive.last_uses.write()
    with archive.store.reading() as tx:
        assert tx.access.key(key.id).last_used_at == NOW


def test_a_statement_with_very_many_narratives_is_recorded_in_bounded_transactions(archive):
    longest = []
    writing = archive.store.writing

    def counted(**options):
        longest.append(0)
        return writing(**options)

    @event.listens_for(archive.store.engine, "before_cursor_execute")
    def _count(connection, cursor, statement, parameters, context, executemany):
        if longest and statement.startswith("INSERT INTO narratives"):
            longest[-1] += len(parameters) if executemany else 1

    archive.store.writing = counted
    names = [f"Script {number}" for number in range(1_500)]
    labels = tuple(NarrativeLabel(name, names[0] if name != names[0] else None) for name in names)
    findings = tuple(Finding(verdict=f"verdict {number}") for number in range(1_500))
    one = draft("Words.", external_id="1", narratives=(), findings=findings)
    one = replace(one, narratives=labels)
    [recorded] = archive.record_statements([one])
    assert (len(recorded.statement.narratives), len(recorded.statement.findings)) == (1_500, 1_500)
    assert 0 < max(longest) <= 200
    [again] = archive.record_statements([one])
    assert again.outcome == "unchanged"


def test_a_worker_thread_that_has_ended_is_reported_and_started_again(archive):
    def end(*_):
        raise SystemExit

    object.__setattr__(archive.background, "run_jobs", end)
    archive.background.start()
    try:
        archive.background.queue.send_signal(TaskSignal("job", "none", 0))
        until(lambda: archive.background.failure == "a worker thread has ended")
        archive.background.restart_threads()
        assert archive.background.failure is None
    finally:
        archive.background.stop()
