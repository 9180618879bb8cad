"""An archive whose vectors are on a Qdrant server, beside SQLite and beside PostgreSQL."""

import threading

import numpy as np
import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, request
from starlette.testclient import TestClient
from waiting import until

from app.domain.access.keys import Scope
from app.domain.core.errors import IndexUnavailable
from app.main import create_app
from app.services.search.shared_index_sync import SharedIndexSync
from app.services.search.verify_archive import VerifyArchive
from app.settings import Settings
from bench.qdrant_on_edge.collections import EdgeCollections
from bench.qdrant_on_edge.server import Stub, serving
from index.search.shared import IndexBusy


@pytest.fixture
def stub(tmp_path):
    with serving(Stub(EdgeCollections(tmp_path / "served"))) as served:
        yield served
    served.collections.close()


@pytest.fixture
def sharing(process, stub):
    """Makes processes whose vectors are on the server."""
    return lambda name="one", **options: process(name, index_url=stub.url, **options)


def found(process, of=STAGED):
    [check] = process.check_statements([request(of, limit=50)])
    return sorted(match.precedent.external_id for match in check.matches)


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
    assert len(one.archive.index.shared) == one.archive.size == other.archive.size == 1


def test_private_statements_are_found_by_their_organisation_alone(sharing):
    one = sharing("one")
    ours = one.manage_keys.organisation("Ours")
    theirs = one.manage_keys.organisation("Theirs")
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1", owner=ours.key)])
    checks = [one.check_statements([request(STAGED)], organisation=who)[0] for who in (ours, theirs)]
    assert [len(check.matches) for check in checks] == [1, 0]
    key = int(one.archive.index.shared.state()["ids"][0])
    assert one.archive.index.shared.attributes([key]).owners.tolist() == [ours.key]


def test_a_process_that_starts_has_nothing_to_build_and_another_archive_has_its_own(sharing, monkeypatch):
    one = sharing("one")
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    at = one.archive.index.shared.position()
    with monkeypatch.context() as patched:
        patched.setattr(SharedIndexSync, "build", lambda *_: pytest.fail("built again"))
        assert found(sharing("another")) == ["1"]
    assert one.archive.index.shared.position() == at


def test_writers_take_turns_and_one_builds_at_a_time(sharing):
    one, other = sharing("one"), sharing("other")
    seen = []

    def write():
        with other.archive.index.shared.changing() as changes:
            seen.append(changes.checkpoint)

    with one.archive.index.shared.changing() as changes:
        waiting = threading.Thread(target=write)
        waiting.start()
        changes.advance(0)
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(10)
    assert seen == [0]
    mine, theirs = one.archive.index.shared, other.archive.index.shared
    busy = pytest.raises(IndexBusy, match="another process is building")
    with mine.building("new"), busy, theirs.building("too"):
        pass


def test_verify_finds_and_mends_what_is_wrong(sharing):
    one = sharing("one")
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1"), draft(GRAIN, external_id="2")])
    verify = VerifyArchive(one.store, one.encoder, one.archive)
    assert verify().faults == ()
    with one.archive.index.shared.changing() as changes:
        changes.remove(np.array([1]))
    assert verify(repair=True).sound
    assert found(one) == ["1"]


def test_while_the_server_is_down_checks_answer_503_and_readyz_says_why(sharing, stub, tmp_path):
    one = sharing("one")
    one.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    secret, _ = one.manage_keys.create("reader", [Scope.CHECK, Scope.WRITE], "newsroom")
    headers = {"Authorization": f"Bearer {secret}"}
    with TestClient(create_app(one, Settings(data_dir=tmp_path / "one"))) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        stub.status = 503
        answer = client.post("/v1/checks", json={"text": STAGED}, headers=headers)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "the Qdrant server" in answer.json()["detail"]
        until(lambda: client.get("/readyz").status_code == 503)
        assert "answered 503" in client.get("/readyz").json()["reason"]
        stub.status = 0
        until(lambda: client.get("/readyz").status_code == 200)
        assert client.post("/v1/checks", json={"text": STAGED}, headers=headers).status_code == 201


def test_a_start_without_the_server_says_so(process, stub):
    stub.status = 500
    with pytest.raises(IndexUnavailable, match=r"the Qdrant server http://127\.0\.0\.1:\d+ answered 500"):
        process("one", index_url=stub.url)
