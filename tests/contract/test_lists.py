"""Inverted lists: how much of what is nearest they find, and that nothing is lost while they are built."""

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from mmap import ACCESS_READ, PAGESIZE, mmap
from pathlib import Path

import numpy as np
import pytest
from drifting import DIMENSION, FILTERS, SIZE, drifting, recall

from index.contract import Attributes, Checkpoint, SearchFilter, WrongShape
from index.search.engines import build_at_exit
from index.search.engines import faiss as engine
from index.search.engines.exact import ExactIndex
from index.search.engines.faiss import FaissIndex
from index.search.engines.fixed_point import to_codes, to_fixed
from index.search.mapped_files import pages_of
from index.search.snapshots import read_snapshot, write_snapshot


def days(n: int) -> Attributes:
    return Attributes(np.tile([0, 1], (n, 1)))


def ids(hits: list) -> set[int]:
    return {hit.id for hit in hits}


def circle(n: int) -> np.ndarray:
    """Unit vectors of four components, all different."""
    angles = np.linspace(0, np.pi, n)
    return np.stack([np.cos(angles), np.sin(angles), 0 * angles, 0 * angles], 1).astype(np.float32)


@pytest.fixture(scope="module")
def drifted() -> tuple[FaissIndex, ExactIndex, np.ndarray]:
    entries, vectors, attributes, queries = drifting()
    lists, exact = FaissIndex(DIMENSION, approximate_above=SIZE // 2, candidates=SIZE // 5), ExactIndex(DIMENSION)
    for index in (lists, exact):
        for part in np.array_split(np.arange(SIZE), 4):  # in order of date: the lists are fitted to the older ones
            columns = (attributes.periods, attributes.owners, np.array(attributes.languages), attributes.known_from)
            index.upsert(entries[part], vectors[part], Attributes(*(column[part] for column in columns)))
    lists.wait_until_built()
    assert lists.approximate
    return lists, exact, queries


@pytest.mark.parametrize("name", FILTERS)
def test_the_nearest_are_found_where_vectors_drift_with_date(drifted: tuple, name: str) -> None:
    lists, exact, queries = drifted
    where = FILTERS[name]
    found, expected = ([index.search(query, 10, where) for query in queries] for index in (lists, exact))
    assert all(len(hits) == len(true) > 0 for hits, true in zip(found, expected, strict=True))
    assert recall(found, expected) >= 0.98


def test_more_than_the_lists_nearby_hold_is_found_where_it_is_asked_for(drifted: tuple) -> None:
    lists, exact, queries = drifted
    for k in (SIZE // 4, SIZE, 2 * SIZE):
        assert len(lists.search(queries[0], k)) == len(exact.search(queries[0], k))


def test_nothing_is_lost_and_nothing_returns_while_lists_are_built() -> None:
    index = FaissIndex(4, approximate_above=100, candidates=50)
    kept = np.arange(300)
    index.upsert(kept, circle(300), days(300))
    stop = threading.Event()
    builds: list[object] = []
    until = time.monotonic() + 60

    def write(number: int) -> None:
        own = np.arange(1_000 * number, 1_000 * number + 40)
        vectors = np.repeat(np.eye(4, dtype=np.float32)[[2 + number % 2]], 40, 0)
        for step in itertools.count():
            if step >= 30 and (len(builds) > 3 or time.monotonic() > until):
                return
            index.upsert(own, vectors, days(40))
            assert set(own.tolist()) <= ids(index.search(vectors[0], 200))
            index.upsert(own[:20], -vectors[:20], days(20))
            found = index.search(vectors[0], 200)
            assert [hit.similarity for hit in found if hit.id in set(own[:20].tolist())] in ([], [-1.0] * 20)
            assert index.remove(own) == 40
            assert not set(own.tolist()) & ids(index.search(vectors[0], 400))

    def read() -> None:
        query = circle(300)[7]
        while not stop.is_set():
            lists = index.lists
            if not any(lists is known for known in builds):
                builds.append(lists)
            assert 300 <= len(index) <= 380  # two writers have at most 40 each
            hits = index.search(query, 1)
            assert hits[0].similarity == pytest.approx(1, abs=1e-4)
            np.testing.assert_allclose(index.vectors([7, 200]), circle(300)[[7, 200]], atol=1e-4)
            assert ids(index.search(query, 9, SearchFilter(among=frozenset({3, 150})))) == {3, 150}

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for done in [pool.submit(write, number) for number in (1, 2)]:
                done.result(120)
        finally:
            stop.set()
        for done in readers:
            done.result(60)
    index.wait_until_built()
    assert len(builds) > 3
    assert len(index) == 300
    assert ids(index.search(circle(300)[0], 999)) == set(kept.tolist())


def test_waiting_for_a_build_waits_for_the_next_one_that_is_due_after_it() -> None:
    index = FaissIndex(4, approximate_above=100)
    for begin in range(0, 3_000, 150):
        index.upsert(np.arange(begin, begin + 150), circle(3_000)[begin : begin + 150], days(150))
    index.wait_until_built()
    assert not index.building
    assert index.lists is not None
    assert len(index) == 3_000
    assert len(index.lists) > 2_800


def test_a_build_that_fails_costs_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    index = FaissIndex(4, approximate_above=100)
    with monkeypatch.context() as broken:
        broken.setattr(engine, "build_table", full)
        index.upsert(np.arange(150), circle(150), days(150))
        index.wait_until_built()
        assert not index.approximate
        assert len(index.search(circle(150)[3], 999)) == 150
    index.upsert(np.arange(150, 450), circle(300), days(300))
    index.wait_until_built()
    assert index.approximate
    assert len(index.search(circle(150)[3], 999)) == 450


def test_a_state_has_nothing_of_what_was_removed() -> None:
    index = FaissIndex(4, approximate_above=100)
    index.upsert(np.arange(300), circle(300), days(300))
    index.wait_until_built()
    index.remove(np.array([5]))
    index.upsert(np.array([6]), circle(300)[[100]], days(1))
    state = index.state()
    assert 5 not in state["lists_ids"].tolist() + state["ids"].tolist()
    for erased in (5, 6):
        gone = to_fixed(circle(300)[erased])
        assert not (state["lists_vectors"] == gone).all(1).any()
        assert not (state["lists_codes"] == to_codes(gone[None], float(state["lists_scale"][0]))).all(1).any()
    assert len(index) == 299


def test_lists_of_a_snapshot_are_searched_where_they_lie_and_a_former_one_has_no_codes(tmp_path: Path) -> None:
    index, of = FaissIndex(4, approximate_above=100), Checkpoint(sequence=7, fingerprint="one")
    index.upsert(np.arange(300), circle(300), days(300))
    index.wait_until_built()
    state = index.state()
    without_codes = {name: array for name, array in state.items() if name != "lists_codes"}
    former, where_is_no_room = FaissIndex(4), FaissIndex(4, tmp_path / "missing")
    former.restore(without_codes)
    where_is_no_room.restore(without_codes)
    write_snapshot(tmp_path / "snapshot", index, of)
    mapped = FaissIndex(4)
    assert read_snapshot(tmp_path / "snapshot", mapped, "one") == of
    for one in (former, where_is_no_room, mapped):
        assert one.lists is not None
        assert (one.lists.table.codes == state["lists_codes"]).all()
        for query in circle(60):
            assert one.search(query, 20) == index.search(query, 20)
    assert (former.builds, mapped.builds) == (1, 0)  # a new snapshot is due where there were no codes
    pages = [pages_of(mapped.lists.table.vectors), pages_of(mapped.lists.table.codes)]
    assert pages[0].mapping is pages[1].mapping


def test_pages_of_an_array_hold_nothing_of_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(5 * PAGESIZE))
    with (tmp_path / "file").open("rb") as file:
        mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
    array = np.frombuffer(mapped, np.uint8, 3 * PAGESIZE, 64)
    pages = pages_of(array)
    assert (pages.mapping, pages.begin, pages.length) == (mapped, PAGESIZE, 2 * PAGESIZE)
    pages.give_back()
    assert not array.any()
    assert pages_of(array[:100]).length == 0
    assert pages_of(np.zeros(3)) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lists_offsets", np.array([0, 5, 3, 300])),
        ("lists_languages", np.full(300, 9, np.int32)),
        ("lists_vectors", np.zeros((300, 3), np.int16)),
        ("lists_codes", np.zeros((299, 4), np.uint8)),
        ("lists_alive", np.zeros(3, np.uint8)),
        ("lists_kind", np.array("graph")),
        ("ids", np.array([1])),
    ],
)
def test_lists_that_do_not_fit_are_refused(name: str, value: np.ndarray) -> None:
    index = FaissIndex(4, approximate_above=100)
    index.upsert(np.arange(300), circle(300), days(300))
    index.wait_until_built()
    other = FaissIndex(4)
    other.upsert(np.array([1]), circle(1), days(1))
    with pytest.raises(WrongShape):
        other.restore({**index.state(), name: value})
    assert ids(other.search(circle(1)[0], 9)) == {1}


def test_a_build_ends_with_its_process_and_costs_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    ending = threading.Event()
    ending.set()
    monkeypatch.setattr(build_at_exit, "_ending", ending)
    index = FaissIndex(4, approximate_above=50)
    index.upsert(np.arange(60), circle(60), days(60))
    for thread in threading.enumerate():
        if thread.name == "build-index":
            thread.join(10)
    assert not index.approximate
    assert len(index) == 60
    assert ids(index.search(circle(60)[7], 1)) == {7}
