"""The thread that keeps the index: what it does once the index is ready."""

import logging
import threading

import pytest

from app.domain.core.errors import EncoderUnavailable
from app.services.search import index_worker
from app.services.search.index_worker import IndexWorker


class ReadyArchive:
    """An index that is there at once."""

    ready, size = True, 3

    def __getattr__(self, name):
        return lambda *_, **__: None


@pytest.fixture
def followed():
    """Runs a worker that calls something once ready, until it was called and the thread followed again."""
    workers = []

    def run(warm_up):
        called = threading.Event()

        def noted():
            called.set()
            warm_up()

        workers.append(IndexWorker(ReadyArchive(), noted))
        workers[-1].start()
        assert called.wait(10)
        return workers[-1]

    yield run
    for worker in workers:
        worker.stop()


def test_what_the_first_check_needs_is_loaded_once(followed):
    calls = []
    worker = followed(lambda: calls.append(1))
    worker._stopping.wait(1.2)
    assert calls == [1]
    assert worker.failure is None


@pytest.mark.parametrize("error", [EncoderUnavailable("the model is away"), ZeroDivisionError()])
def test_the_index_is_followed_though_the_first_check_fails(followed, caplog, error):
    def fail():
        raise error

    with caplog.at_level(logging.ERROR):
        worker = followed(fail)
        worker._stopping.wait(0.8)
    assert worker.failure is None
    assert worker._thread.is_alive()
    assert ("the first check failed" in caplog.text) is isinstance(error, ZeroDivisionError)


def test_the_index_is_ready_before_what_a_check_can_compute_itself_is_stored():
    begun, may_go_on = threading.Event(), threading.Event()

    class Upgraded(ReadyArchive):
        def backfill_part(self, stop):
            assert not stop()
            begun.set()
            may_go_on.wait(10)
            return False

    worker = IndexWorker(Upgraded())
    worker.start()
    assert begun.wait(10)
    assert worker.failure is None
    may_go_on.set()
    worker.stop()


class FailingUpgrade(ReadyArchive):
    """An index of another version, of which nothing can be computed anew."""

    def __init__(self):
        self.followed, self.asked = threading.Semaphore(0), []

    def sync(self):
        self.followed.release()

    def backfill_part(self, stop):
        self.asked.append(stop)
        raise ZeroDivisionError


@pytest.mark.parametrize(("backfills", "times"), [(True, 1), (False, 0)])
def test_one_of_several_processes_computes_what_is_of_another_version_and_tries_again_much_later(
    monkeypatch, caplog, backfills, times
):
    monkeypatch.setattr(index_worker, "_FOLLOW_EVERY_S", 0.01)
    archive = FailingUpgrade()
    worker = IndexWorker(archive, backfills=backfills)
    worker.start()
    assert all(archive.followed.acquire(timeout=10) for _ in range(5))
    assert worker.failure is None
    worker.stop()
    assert len(archive.asked) == times
    assert ("were not made anew: trying again in 10 minutes" in caplog.text) is backfills


def test_the_index_is_followed_while_it_is_saved_and_a_stop_waits_for_that(monkeypatch):
    begun, may_go_on, synced = threading.Event(), threading.Event(), threading.Semaphore(0)
    monkeypatch.setattr(index_worker, "_SAVE_EVERY_S", 0.1)

    class Large(ReadyArchive):
        saves = 0

        def save_where_due(self):
            begun.set()
            assert may_go_on.wait(10)
            self.saves += 1

        def sync(self):
            if begun.is_set():
                synced.release()

    archive = Large()
    worker = IndexWorker(archive)
    worker.start()
    assert begun.wait(10)
    assert all(synced.acquire(timeout=10) for _ in range(2))
    assert worker.failure is None
    threading.Timer(0.2, may_go_on.set).start()
    worker.stop()
    assert archive.saves == 2  # and once more at the end


def test_an_index_that_cannot_be_saved_is_followed_and_saved_later(monkeypatch, caplog):
    saved = threading.Event()
    monkeypatch.setattr(index_worker, "_SAVE_EVERY_S", 0.1)
    monkeypatch.setattr(index_worker, "_RETRY_AFTER_S", 0.1)

    errors = [OSError(28, "No space left on device"), ZeroDivisionError()]

    class Failing(ReadyArchive):
        def save_where_due(self):
            if errors:
                raise errors.pop(0)
            saved.set()

    worker = IndexWorker(Failing())
    worker.start()
    assert saved.wait(20)
    assert worker.failure is None
    assert "the snapshot of the index was not written: No space left on device" in caplog.text
    assert "the index was not saved" in caplog.text
    worker.stop()


def test_a_backfill_that_fails_keeps_nothing_from_being_searched(caplog):
    class Failing(ReadyArchive):
        def backfill_part(self):
            raise ZeroDivisionError

    worker = IndexWorker(Failing())
    with caplog.at_level(logging.ERROR):
        worker.start()
        worker._stopping.wait(0.8)
    assert worker.failure is None
    assert "were not made anew" in caplog.text
    worker.stop()
