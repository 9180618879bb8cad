"""What is particular to vectors in Qdrant: filters over a graph, writers without transactions, a server's refusals."""

import itertools
from contextlib import suppress

import numpy as np
import pytest
from drifting import DIMENSION, FILTERS, drifting, recall
from engines import LocalTurns, open_qdrant, qdrants

from bench.qdrant_on_edge.collections import EdgeCollections
from bench.qdrant_on_edge.server import Stub, serving
from index.contract import Attributes, WrongShape
from index.factory import RemoteEngine, open_index
from index.search.engines import qdrant_server
from index.search.engines.exact import ExactIndex
from index.search.engines.qdrant import QdrantIndex
from index.search.engines.qdrant_collections import GRAPH, PAYLOAD_INDEXES
from index.search.engines.qdrant_server import Address
from index.search.shared import EngineUnusable, IndexBusy, SharedIndex

_numbers = itertools.count(1)


class Down(Exception):
    """What the maker of an index has chosen to be raised."""


@pytest.fixture(scope="module")
def drifted(tmp_path_factory):
    """An index by its graph, the oracle, and queries from the place where the newest entries are."""
    *entries, queries = drifting()
    folder = tmp_path_factory.mktemp("drifting")
    collections = EdgeCollections(folder, {**GRAPH, "full_scan_threshold": 10}, indexed_from_kb=1)
    graph = QdrantIndex(collections, "drifting", "one", DIMENSION, LocalTurns())
    with graph.building("a test") as changes:
        changes.upsert(*entries)
    exact = ExactIndex(DIMENSION)
    exact.upsert(*entries)
    yield graph, exact, queries[::5]
    collections.close()


@pytest.mark.parametrize("passes", FILTERS)
def test_queries_of_the_newest_date_lose_nothing_to_a_filter(drifted, passes):
    graph, exact, queries = drifted
    found = [graph.search(query, 10, FILTERS[passes]) for query in queries]
    right = [exact.search(query, 10, FILTERS[passes]) for query in queries]
    assert [len(hits) for hits in found] == [len(hits) for hits in right]
    assert recall(found, right) >= 0.98


@pytest.fixture
def stub(tmp_path):
    """A server without collections."""
    with serving(Stub(EdgeCollections(tmp_path / "served"))) as served:
        yield served
    served.collections.close()


def opened(stub, dimension=DIMENSION, key="", path=""):
    """An index by the address of a server, as the service opens it."""
    return open_index(stub.url + path, dimension, name="one", remote=RemoteEngine(LocalTurns(), key, Down))


def one(of=0):
    return np.eye(DIMENSION, dtype=np.float32)[[of]]


def undated(n=1):
    return Attributes(np.tile([0, 1], (n, 1)))


@pytest.fixture
def two(qdrant_of_engines):
    """One index, as two processes have it open."""
    name = f"of two, {next(_numbers)}"
    opened = [QdrantIndex(qdrants[-1]["qdrant over HTTP"], "two", name, DIMENSION, LocalTurns()) for _ in range(2)]
    yield opened
    opened[0].drop()


def test_what_one_process_writes_the_other_finds(two):
    first, second = two
    assert isinstance(first, SharedIndex)
    first.upsert(np.array([1]), one(), undated())
    assert [hit.id for hit in second.search(one()[0], 3)] == [1]
    second.remove(np.array([1]))
    assert first.search(one()[0], 3) == []
    assert len(first) == len(second) == 0


def test_after_an_error_the_checkpoint_stays_and_entries_are_counted_anew(two):
    first, second = two
    with first.changing() as changes:
        changes.upsert(np.array([1]), one(), undated())
        changes.advance(5)
    with suppress(ZeroDivisionError), first.changing() as changes:
        changes.upsert(np.array([2]), one(), undated())
        changes.advance(6)
        raise ZeroDivisionError
    assert second.position() == ("", 5, 1)
    with second.changing() as changes:
        changes.upsert(np.array([2, 3]), np.vstack([one(), one()]), undated(2))
        changes.advance(6)
    assert first.position() == ("", 6, 3)


def test_the_old_content_is_searched_until_the_new_is_complete(two):
    first, second = two
    first.upsert(np.array([1]), one(), undated())
    with first.building("anew") as changes:
        changes.upsert(np.array([2, 3]), np.vstack([one(), one()]), undated(2))
        changes.advance(4)
        assert [hit.id for hit in second.search(one()[0], 3)] == [1]
        with pytest.raises(IndexBusy), second.building("too"):
            pass
    assert [hit.id for hit in second.search(one()[0], 3)] == [2, 3]
    assert second.position() == ("anew", 4, 2)


def test_new_content_that_fails_leaves_the_old_and_nothing_else(stub):
    index = opened(stub)
    index.upsert(np.array([1]), one(), undated())
    before = stub.collections.listed()
    with suppress(ZeroDivisionError), index.building("anew") as changes:
        changes.upsert(np.array([2]), one(), undated())
        raise ZeroDivisionError
    assert [hit.id for hit in index.search(one()[0], 3)] == [1]
    assert stub.collections.listed() == before
    with index.building("anew"):
        pass
    assert len(stub.collections.listed()) == 1


def test_what_a_killed_builder_left_goes_with_the_next_build(stub):
    index = opened(stub)
    stub.collections.create(f"{index._alias}-leftover", DIMENSION)
    stub.collections.create("another", DIMENSION)
    with index.building("anew"):
        pass
    assert [name.rpartition("-")[0] for name in stub.collections.listed()] == ["", index._alias]


def test_a_build_waits_for_the_graph(stub):
    index = opened(stub)
    stub.building = 2
    with index.building("anew") as changes:
        changes.finish()
        assert stub.building == 0


def test_indexes_of_the_payload_are_there_before_the_first_entry(stub):
    opened(stub).upsert(np.array([1]), one(), undated())
    paths = [path.partition("?")[0].rpartition("/")[2] for method, path, _ in stub.requests if method == "PUT"]
    indexed = [body for _, path, body in stub.requests if path.partition("?")[0].endswith("/index")]
    assert paths[1 : len(PAYLOAD_INDEXES) + 2] == ["index"] * len(PAYLOAD_INDEXES) + ["points"]
    assert {"field_name": "owner", "field_schema": {"type": "keyword", "is_tenant": True}} in indexed


def test_a_search_names_who_asks_and_asks_for_acorn(stub):
    opened(stub).search(one()[0], 3, FILTERS["owner from one place"])
    [*_, (_, path, body)] = [request for request in stub.requests if "/query" in request[1]][:1]
    assert body["filter"]["must"] == [{"key": "owner", "match": {"any": ["0", "7"]}}]
    assert body["params"]["acorn"] == {"enable": True, "max_selectivity": 1.0}
    assert "refrain-" in path


def test_collections_of_another_name_are_left_alone(stub):
    first, second = opened(stub, path="/newsroom"), opened(stub)
    first.upsert(np.array([1]), one(), undated())
    assert second.search(one()[0], 3) == []
    assert {name.partition("-")[0] for name in stub.collections.listed()} == {"newsroom", "refrain"}


def test_an_index_of_another_dimension_is_refused(stub):
    opened(stub)
    with pytest.raises(WrongShape, match="vectors of 24 numbers, not 3: give another COLLECTION"):
        opened(stub, 3)


def test_a_server_that_is_not_there_raises_what_the_maker_chose(stub):
    index = opened(stub)
    stub.status = 500
    with pytest.raises(Down, match=r"the Qdrant server http://127\.0\.0\.1:\d+ answered 500"):
        index.search(one()[0], 3)
    stub.status = 404
    with pytest.raises(Down, match="has lost the index: start again"):
        index.search(one()[0], 3)
    with pytest.raises(Down, match="cannot be reached"):
        open_index("qdrant://127.0.0.1:9", 3, remote=RemoteEngine(LocalTurns(), "", Down))


def test_the_key_goes_with_every_request_and_into_no_message(stub):
    stub.api_key = "right-and-secret"
    opened(stub, key="right-and-secret").search(one()[0], 3)
    for wrong in ("", "wrong-and-secret"):
        with pytest.raises(EngineUnusable, match="refuses the key: set REFRAIN_QDRANT_API_KEY") as refused:
            opened(stub, key=wrong)
        assert "secret" not in str(refused.value)
    index = opened(stub, key="right-and-secret")
    stub.api_key = "changed meanwhile"
    with pytest.raises(Down, match="refuses the key"):
        index.search(one()[0], 3)


def test_an_older_server_is_refused(stub, monkeypatch):
    stub.version = "1.15.4"
    with pytest.raises(EngineUnusable, match=r"Qdrant 1\.15\.4, .* install 1\.16 or newer"):
        opened(stub)
    monkeypatch.setattr(qdrant_server, "LEAST_VERSION", (1, 15))
    opened(stub)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("qdrant://db", ("http://db:6333", "refrain")),
        ("qdrant://db:7000/news_room-2", ("http://db:7000", "news_room-2")),
        ("qdrants://db.example.org/x/", ("https://db.example.org:6333", "x")),
        ("qdrant://[::1]:6333", ("http://[::1]:6333", "refrain")),
    ],
)
def test_addresses_are_read(url, expected):
    assert Address.of(url) == expected


@pytest.mark.parametrize("rest", ["", ":6333", "db:port", "db:99999", "db/a/b", "db/ä", "db?tls=1", "db/a#b"])
def test_an_address_that_is_none_is_answered_with_its_form(rest):
    with pytest.raises(EngineUnusable, match="is not of the form qdrant://HOST:PORT/COLLECTION"):
        Address.of(f"qdrant://{rest}")


def test_a_key_in_the_address_is_refused_and_not_repeated():
    with pytest.raises(EngineUnusable, match="REFRAIN_QDRANT_API_KEY") as refused:
        Address.of("qdrant://:secret@db:6333")
    assert "secret" not in str(refused.value)


def test_dates_beyond_the_precision_of_floats_are_never_admitted_too_early(qdrant_of_engines):
    index = open_qdrant(DIMENSION)
    far = 2**60 + 1
    index.upsert(np.array([1, 2]), np.vstack([one(), one()]), Attributes(np.array([[far, far + 1], [5, 6]])))
    found = {at: [hit.id for hit in index.search(one()[0], 3, FILTERS["none"])] for at in (far,)}
    assert found == {far: [1, 2]}
    bounds = {far: [2], far + 1_000: [1, 2]}
    for bound, expected in bounds.items():
        where = type(FILTERS["none"])(ends_by=bound)
        assert [hit.id for hit in index.search(one()[0], 3, where)] == expected
    index.drop()
