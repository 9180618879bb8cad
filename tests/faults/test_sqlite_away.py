"""The database file is locked by another process, or its disk is full: reads go on, and nothing is lost or doubled."""

import contextlib
import json
import resource
import sqlite3
import time

import pytest
from taken_away import WORD, refused, seconds_of
from waiting import until

HANGS_S = 5  # far above what is wanted, for machines that are busy with other tests


@contextlib.contextmanager
def locked(service):
    """Another process holds the write lock."""
    other = sqlite3.connect(service.data / "refrain.sqlite3", isolation_level=None)
    try:
        other.execute("PRAGMA busy_timeout = 20000")
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()


@contextlib.contextmanager
def full(service):
    """Every write past the present end of a file fails, as on a disk without room."""
    before = resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE)
    grown = service.data / "refrain.sqlite3-wal"
    while grown.stat().st_size < service.log.stat().st_size + 30_000:  # which the log still needs
        assert service.check("Grow.", record=True).status_code == 201
    resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (grown.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, before)


def recorded(service):
    with contextlib.closing(sqlite3.connect(service.data / "refrain.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM checks").fetchone()[0]


@pytest.mark.parametrize("fault", [locked, full])
def test_reads_and_unrecorded_checks_go_on_and_writes_are_refused_at_once(serve, fault):
    service = serve().wait_until_ready()
    assert service.statement(0).status_code == 201
    lines = "".join(json.dumps({"id": f"{n}", "text": f"Line {n} of the {WORD}."}) + "\n" for n in range(300))
    with fault(service):
        until(lambda: refused(service.check(record=True)))
        answer, took_s = seconds_of(lambda: service.check(record=True))
        assert refused(answer)
        assert took_s < HANGS_S
        for key in (0, 1, 2):  # the last ones were never used before
            assert service.check("Statement number 0 of the", key=key).status_code == 201
        assert service.caller.get("/v1/statements").status_code == 200
        assert refused(service.caller.post("/v1/imports", content=lines))
        assert until(lambda: not service.readiness()["ready"])
        ready = service.readiness()
        assert ready["reason"] == ready["reasons"][0]
        assert service.caller.get("/livez").status_code == 200
        before = recorded(service)
    until(lambda: service.readiness()["ready"])
    assert service.check(record=True).status_code == 201
    assert recorded(service) == before + 1
    until(lambda: all(service.caller.get(f"/v1/keys/{key}").json()["last_used_at"] for key in service.key_ids))
    assert "Traceback" not in service.written
    assert len(service.unusual) < 25, service.unusual


def test_a_job_waits_for_the_lock_and_then_goes_on(serve):
    service = serve().wait_until_ready()
    lines = "".join(json.dumps({"id": f"{n}", "text": f"Line {n} of the {WORD}."}) + "\n" for n in range(700))
    job = service.upload(lines)
    with locked(service):
        time.sleep(1)
        assert service.job(job)["state"] in ("queued", "running")
    until(lambda: service.job(job)["state"] not in ("queued", "running"))
    ended = service.job(job)
    assert (ended["state"], ended["counts"]["new"], service.statement_count()) == ("done", 700, 700)
    assert "Traceback" not in service.written
