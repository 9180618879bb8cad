"""The parent of serving processes: which it kills, and when it starts another."""

import errno
import os
import signal
import subprocess

import pytest

from app.cli import serving_processes
from app.cli.serving_processes import ServingProcesses
from app.observability import metric_files


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass where the test says so."""
    now = [1_000.0]
    monkeypatch.setattr(serving_processes.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def parent(clock, monkeypatch):
    monkeypatch.setattr(metric_files, "forget_process", lambda _: None)
    made = ServingProcesses(2, lambda: None)
    made._ready = True
    made._reports.of_process(2).write([], 0, 0)
    yield made
    os.close(made._alive)
    os.close(made._held)


@pytest.fixture
def child(parent):
    """A process that runs as number 1 and has reported."""
    with subprocess.Popen(["sleep", "60"]) as started:
        parent._numbers[started.pid] = 1
        parent._started_at[1] = 1_000.0
        own = parent._reports.of_process(1)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, "getpid", lambda: started.pid)
            own.write([], 0, 0)
        yield started
        started.kill()


def test_one_that_does_not_report_is_killed(parent, child, clock):
    for _ in range(63):
        assert child.poll() is None
        parent._kill_hung()
        clock[0] += 1
    assert child.wait(10) == -signal.SIGKILL


def test_none_is_killed_because_all_stood_still(parent, child, clock):
    parent._kill_hung()
    clock[0] += 3_600
    parent._kill_hung()
    clock[0] += 1
    parent._kill_hung()
    assert child.poll() is None


def test_one_that_cannot_be_started_is_started_later(parent, monkeypatch, caplog):
    def refuse():
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(serving_processes.os, "fork", refuse)
    assert parent._due() == [1, 2]
    assert not parent._fork(2)
    assert "a process cannot be started: Resource temporarily unavailable" in caplog.text
    monkeypatch.undo()
    assert parent._due() == [1, 2]
    assert 2 not in parent._again_after  # so that its first start is no replacement
    assert signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_one_that_ends_again_and_again_is_started_less_and_less_often(parent, clock):
    waited = []
    for _ in range(8):
        parent._started_at[1] = began = clock[0]
        ended = os.fork()
        if not ended:
            os._exit(3)
        parent._numbers[ended] = 1
        while parent._numbers:
            parent._bury()
        while 1 not in parent._due():
            clock[0] += 1
        waited.append(clock[0] - began)
    assert waited == [5, 10, 20, 40, 80, 160, 300, 300]


def test_where_none_answers_the_first_is_started_alone(parent):
    assert parent._due() == [1, 2]
    parent._reports.remove(2)
    assert parent._due() == [1]
    parent._reports.of_process(1).write(["the index is being loaded"], 0, 0)
    assert parent._due() == [1]
