"""The real application over SQLite and an embedder without a model."""

import threading

import pytest
from builders import client, services
from fakes import HeldClock
from sqlalchemy import event


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(tmp_path, clock):
    built = services(tmp_path, clock=clock)
    yield built
    built.store.close()


@pytest.fixture
def desk(archive):
    """A caller with every scope."""
    return client(archive)


@pytest.fixture
def check(desk):
    """The answer to a check of a text."""

    def ask(text, **fields):
        answer = desk.post("/v1/checks", json={"text": text, "said_at": "2021-05-23", **fields})
        assert answer.status_code == 201, answer.text
        return answer.json()

    return ask


@pytest.fixture
def record(desk):
    """The statement that a POST answers with."""

    def put(text, said_at=None, **fields):
        answer = desk.post("/v1/statements", json={"text": text, "said_at": said_at, **fields})
        assert answer.status_code == 201, answer.text
        return answer.json()

    return put


@pytest.fixture
def queries(archive, monkeypatch):
    """How many statements of SQL a page executes, in the threads of requests; who asks is looked up each time."""
    monkeypatch.setattr("app.web.authentication._SESSION_KNOWN_FOR_S", 0)

    def count(browser, address):
        seen = []

        def listener(*_):
            if threading.current_thread().name.startswith("AnyIO worker"):
                seen.append(1)

        event.listen(archive.store.engine, "before_cursor_execute", listener)
        try:
            assert browser.get(address).status_code == 200
        finally:
            event.remove(archive.store.engine, "before_cursor_execute", listener)
        return len(seen)

    return count
