"""`refrain reindex --to`, `--embedder`, `--drop-old`."""

import pytest
from builders import STAGED, write_jsonl

from bench.qdrant_on_edge.collections import EdgeCollections
from bench.qdrant_on_edge.server import Stub, serving


@pytest.fixture
def stub(tmp_path):
    with serving(Stub(EdgeCollections(tmp_path / "served"), "a-secret-key")) as served:
        yield served
    served.collections.close()


def said(ran):
    return " ".join(ran.err.split())


def test_an_archive_moves_to_a_server_and_back_and_the_old_index_is_dropped_on_request(
    refrain, stub, tmp_path, monkeypatch
):
    monkeypatch.setenv("REFRAIN_QDRANT_API_KEY", "a-secret-key")
    lines = write_jsonl(tmp_path / "one.jsonl", {"id": "1", "text": STAGED, "language": "en", "date": "2021-01-01"})
    assert refrain("import", lines).code == 0
    moved = refrain("reindex", "--to", stub.url)
    assert moved.code == 0, moved.err
    assert f"{stub.url} with the embedder hashing is in force with 1 statements; 1 compared" in said(moved)
    assert "go back to it with refrain reindex --to faiss:" in said(moved)
    assert "a-secret-key" not in moved.err
    assert refrain("check", STAGED, "--said-at", "2021-05-23", "--json").code == 0
    assert any("/query" in path for _, path, _ in stub.requests)
    assert "is there already" in said(refrain("reindex", "--to", stub.url))
    assert refrain("reindex", "--to", "faiss:").code == 0
    assert len(stub.collections.listed()) == 1
    assert "Old indexes deleted: 1" in said(refrain("reindex", "--drop-old"))
    assert stub.collections.listed() == []
    assert "There is no old index" not in said(refrain("reindex", "--drop-old"))


def test_a_target_that_cannot_work_is_refused_in_a_line(refrain, stub):
    assert "There is no index 'annoy:'" in refrain("reindex", "--to", "annoy:").failed_in_a_line()
    assert "REFRAIN_QDRANT_API_KEY" in refrain("reindex", "--to", stub.url).failed_in_a_line()
    assert "this archive is in SQLite" in refrain("reindex", "--to", "pgvector:").failed_in_a_line()
    assert "--drop-old goes alone" in refrain("reindex", "--to", "faiss:", "--drop-old").failed_in_a_line()
    assert "There is no old index" in said(refrain("reindex", "--drop-old"))
