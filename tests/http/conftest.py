"""The real application over SQLite and an embedder without a model."""

import pytest
from builders import client, services
from fakes import HeldClock


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
