"""What every index must do; `exact` and, for sequences of changes, a plain dictionary are the oracles."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from engines import DIMENSION, ENGINES, TOLERANCE, axis, days, ids, labelled, opened
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.contract import ALWAYS, NEVER, SHARED, UNFILTERED, Attributes, SearchFilter, VectorIndex, WrongShape
from index.factory import UnknownEngine, open_index
from index.search.engines.faiss import FaissIndex
from index.search.engines.qdrant import QdrantIndex

pytestmark = pytest.mark.usefixtures("database_of_engines", "qdrant_of_engines")


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest) -> Iterator[VectorIndex]:
    index = opened(request.param)
    yield index
    if isinstance(index, FaissIndex):
        index.wait_until_built()


def some(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, Attributes]:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(n, DIMENSION)).astype(np.float32)
    begins = random.integers(0, 1000, n)
    return (
        random.permutation(n * 3)[:n],
        vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        Attributes(np.stack([begins, begins + random.integers(1, 50, n)], axis=1)),
    )


@pytest.mark.parametrize("size", [0, 1, 2])
def test_small_indexes_give_all_they_have(index: VectorIndex, size: int) -> None:
    index.upsert(np.arange(size), axis(*range(size)), days(*[(0, 1)] * size))
    assert len(index) == size
    for k in (0, 1, 2, 10):
        hits = index.search(axis(0)[0], k)
        assert ids(hits) == list(range(size))[:k]
    assert [hit.similarity for hit in index.search(axis(0)[0], 2)] == [1.0, 0.0][:size]


def test_similarity_is_the_cosine(index: VectorIndex) -> None:
    index.upsert(np.array([7, 8]), np.array([axis(0)[0], -axis(0)[0]]), days((0, 1), (0, 1)))
    assert [(hit.id, hit.similarity) for hit in index.search(axis(0)[0], 5)] == [(7, 1.0), (8, -1.0)]


def test_equals_come_in_order_of_id_even_where_k_cuts_them(index: VectorIndex) -> None:
    entries = np.random.default_rng(1).permutation(200)
    index.upsert(entries, axis(*[0] * 200), days(*[(0, 1)] * 200))
    assert ids(index.search(axis(0)[0], 3)) == [0, 1, 2]


def test_a_change_is_seen_by_the_next_search(index: VectorIndex) -> None:
    index.upsert(np.array([1]), axis(0), days((0, 1)))
    index.upsert(np.array([1]), axis(1), days((5, 6)))
    assert len(index) == 1
    assert index.search(axis(1)[0], 1)[0].similarity == 1.0
    assert index.search(axis(1)[0], 1, SearchFilter(ends_by=4)) == []
    assert index.remove(np.array([1, 1, 99])) == 1
    assert index.search(axis(1)[0], 1) == []
    assert index.remove(np.array([1])) == 0
    assert index.remove(np.array([], np.int64)) == 0


def test_the_last_of_several_entries_with_one_id_wins(index: VectorIndex) -> None:
    index.upsert(np.array([1, 2, 1]), axis(0, 1, 2), days((0, 1), (0, 1), (8, 9)))
    assert len(index) == 2
    assert ids(index.search(axis(2)[0], 1)) == [1]
    assert ids(index.search(axis(2)[0], 5, SearchFilter(ends_by=5))) == [2]


def test_vectors_are_given_as_they_were_put_in_the_order_asked_for(index: VectorIndex) -> None:
    entries, vectors, attributes = some(300)
    index.upsert(entries, vectors, attributes)
    same = np.testing.assert_array_equal if kept_whole(index) else close
    same(index.vectors(entries[::-1].tolist()), vectors[::-1])
    index.remove(entries[:100])
    index.upsert(entries[100:200], vectors[:100], Attributes(attributes.periods[:100]))
    same(index.vectors(entries[100:200].tolist()), vectors[:100])
    same(index.vectors([int(entries[250])] * 2), vectors[[250, 250]])


def test_attributes_are_given_as_they_were_put_in_the_order_asked_for(index: VectorIndex) -> None:
    index.upsert(np.array([1, 2, 3]), axis(0, 0, 0), labelled([SHARED, 7, 8], ["en", "", "ru"], [5, 6, ALWAYS]))
    index.upsert(np.array([2]), axis(0), days((3, 4))._replace(languages=["sr-Latn"]))
    periods, owners, languages, known_from = index.attributes([3, 2, 3])
    assert np.array(periods).tolist() == [[NEVER, NEVER], [3, 4], [NEVER, NEVER]]
    assert (list(owners), list(languages)) == ([8, SHARED, 8], ["ru", "sr-Latn", "ru"])
    assert list(known_from) == [ALWAYS] * 3
    assert len(index.attributes([]).periods) == 0
    index.remove(np.array([3]))
    with pytest.raises(KeyError):
        index.attributes([1, 3])


def test_no_vectors_are_asked_for_and_given(index: VectorIndex) -> None:
    assert index.vectors([]).shape == (0, DIMENSION)
    index.upsert(np.array([1]), axis(0), days((0, 1)))
    assert index.vectors([]).shape == (0, DIMENSION)


@pytest.mark.parametrize("unknown", [0, 2, 99])
def test_a_vector_of_an_entry_that_is_not_there_is_an_error(index: VectorIndex, unknown: int) -> None:
    index.upsert(np.array([1, 2]), axis(0, 1), days((0, 1), (0, 1)))
    index.remove(np.array([2]))
    with pytest.raises(KeyError):
        index.vectors([1, unknown])


def test_vectors_are_a_copy(index: VectorIndex) -> None:
    index.upsert(np.array([1]), axis(0), days((0, 1)))
    index.vectors([1])[:] = 7
    np.testing.assert_array_equal(index.vectors([1]), axis(0))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_narrow_window_still_gives_its_best_k(engine: str) -> None:
    found, expected = opened(engine), opened("exact:")
    entries = some(5000)
    for index in (found, expected):
        index.upsert(*entries)
    query = some(1, seed=5)[1][0]
    for window in [
        SearchFilter(ends_by=20),
        SearchFilter(begins_by=3),
        SearchFilter(ends_by=500, begins_by=100),
        UNFILTERED,
    ]:
        assert_alike(found.search(query, 10, window), expected.search(query, 10, window))
        assert len(found.search(query, 10, window)) == 10


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_after_many_changes(engine: str) -> None:
    found, expected = opened(engine), opened("exact:")
    for seed in range(6):
        for index in (found, expected):
            index.upsert(*some(700, seed))
            index.remove(np.arange(seed, 2000, 3))
        assert len(found) == len(expected)
        assert_alike(found.search(axis(seed)[0], 25), expected.search(axis(seed)[0], 25))


@pytest.mark.parametrize(
    ("entries", "vectors", "attributes"),
    [
        (np.array([1, 2]), axis(0), days((0, 1), (0, 1))),
        (np.array([1]), axis(0)[:, 1:], days((0, 1))),
        (np.array([1]), axis(0)[0], days((0, 1))),
        (np.array([1]), axis(0), days((0, 1), (0, 1))),
        (np.array([1]), axis(0), Attributes(np.array([0, 1]))),
        (np.array([[1]]), axis(0), days((0, 1))),
        (np.array([1.5]), axis(0), days((0, 1))),
        (np.array([1]), axis(0), days((0, 1))._replace(owners=np.array([1, 2]))),
        (np.array([1]), axis(0), days((0, 1))._replace(known_from=np.array([0.5]))),
        (np.array([1]), axis(0), days((0, 1))._replace(languages=[])),
        (np.array([1]), axis(0) * np.nan, days((0, 1))),
    ],
)
def test_arrays_that_do_not_fit_change_nothing(
    index: VectorIndex, entries: np.ndarray, vectors: np.ndarray, attributes: Attributes
) -> None:
    index.upsert(np.array([1]), axis(3), days((0, 1)))
    with pytest.raises(WrongShape):
        index.upsert(entries, vectors, attributes)
    assert [(hit.id, hit.similarity) for hit in index.search(axis(3)[0], 5)] == [(1, 1.0)]


@pytest.mark.parametrize("query", [np.zeros(3), np.zeros((1, DIMENSION)), np.full(DIMENSION, np.inf)])
def test_a_query_that_does_not_fit_is_refused(index: VectorIndex, query: np.ndarray) -> None:
    with pytest.raises(WrongShape):
        index.search(query, 1)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_state_restores_the_same_content_in_either_engine(index: VectorIndex, engine: str) -> None:
    index.upsert(*some(300))
    index.upsert(np.array([901, 903]), axis(1, 1), labelled([7, SHARED], ["en", "ru"], [2, 3]))
    index.remove(np.arange(0, 900, 2))
    state = index.state()
    before = index.search(axis(0)[0], 20)
    index.upsert(*some(50, seed=9))  # the state is a copy
    other = opened(engine)
    other.upsert(*some(10, seed=3))
    if not engine.startswith(("faiss", "lists")) and not kept_whole(index):
        with pytest.raises(WrongShape):
            other.restore(state)
        assert len(other) == 10
        return
    other.restore(state)
    assert_alike(other.search(axis(0)[0], 20), before)
    assert ids(other.search(axis(0)[0], 9, SearchFilter(viewer=7, language="en", known_by=2))) == [901]
    other.upsert(np.array([10_000]), axis(0), days((0, 1)))
    assert ids(other.search(axis(0)[0], 1)) == [10_000]


def test_a_state_of_another_dimension_or_kind_changes_nothing(index: VectorIndex) -> None:
    index.upsert(np.array([1]), axis(0), days((0, 1)))
    state = index.state()
    for wrong in (open_index("exact:", 3).state(), {**state, "kind": np.array("graph")}, {"ids": np.arange(3)}):
        if wrong.get("vectors", np.zeros(0)).size or "kind" not in wrong or str(wrong["kind"]) != str(state["kind"]):
            with pytest.raises(WrongShape):
                index.restore(wrong)
    smaller = open_index("exact:", 3)
    smaller.upsert(np.array([1]), np.eye(3, dtype=np.float32)[:1], days((0, 1)))
    with pytest.raises(WrongShape):
        index.restore(smaller.state())
    assert ids(index.search(axis(0)[0], 1)) == [1]


def test_searches_are_right_while_other_threads_change_the_index(index: VectorIndex) -> None:
    index.upsert(np.arange(50), axis(*[0] * 50), days(*[(0, 1)] * 50))
    rounds = 6 if isinstance(index, QdrantIndex) else 40

    def change(seed: int) -> None:
        for step in range(rounds):
            at = 1000 + seed * 100 + step
            index.upsert(np.arange(at, at + 60), axis(*[1] * 60), days(*[(5, 6)] * 60))
            index.remove(np.arange(at, at + 30))

    def search(_: int) -> bool:
        return all(
            ids(index.search(axis(0)[0], 50)) == list(range(50))
            and len(index.search(axis(1)[0], 70, SearchFilter(ends_by=2))) == 50
            for _ in range(rounds * 5 // 2)
        )

    with ThreadPoolExecutor(6) as pool:
        changes = [pool.submit(change, seed) for seed in range(3)]
        assert all(pool.map(search, range(3)))
        for done in changes:
            done.result()


@pytest.mark.parametrize("url", ["", "faiss", "milvus:", "exact://x"])
def test_an_unknown_engine_is_answered_with_those_there_are(url: str) -> None:
    with pytest.raises(UnknownEngine, match="faiss:, exact:, pgvector: and qdrant://HOST:PORT"):
        open_index(url, DIMENSION)


def kept_whole(index: VectorIndex) -> bool:
    """True for an engine that keeps vectors in 32 bits."""
    return not (isinstance(index, FaissIndex) and index.approximate_above == 0)


def close(found: np.ndarray, expected: np.ndarray) -> None:
    np.testing.assert_allclose(found, expected, atol=TOLERANCE)


def assert_alike(found: list, expected: list) -> None:
    """The same similarities, and the same ids but for neighbours that are equal up to rounding."""
    close([h.similarity for h in found], [h.similarity for h in expected])
    exact = {hit.id: hit.similarity for hit in expected}
    assert all(abs(exact[hit.id] - hit.similarity) < TOLERANCE for hit in found if hit.id in exact)
    assert len(exact.keys() & set(ids(found))) >= len(expected) - 1


entry_ids = st.integers(0, 12)
entries = st.lists(
    st.tuples(entry_ids, st.integers(0, DIMENSION - 1), st.one_of(st.integers(0, 6), st.just(NEVER))), max_size=8
)


class AgainstDictionary(RuleBasedStateMachine):
    """Any sequence of changes leaves an index with what a dictionary would hold."""

    engine = ""

    def __init__(self) -> None:
        super().__init__()
        self.index = opened(self.engine)
        self.known: dict[int, tuple[int, int]] = {}

    @rule(entries=entries)
    def upsert(self, entries: list[tuple[int, int, int]]) -> None:
        self.index.upsert(
            np.array([e[0] for e in entries], np.int64),
            axis(*[e[1] for e in entries]),
            days(*[(e[2], min(e[2] + 1, NEVER)) for e in entries]),
        )
        self.known |= {entry: (place, day) for entry, place, day in entries}

    @rule(entries=st.lists(entry_ids, max_size=8))
    def remove(self, entries: list[int]) -> None:
        known = set(entries) & self.known.keys()
        assert self.index.remove(np.array(entries, np.int64)) == len(known)
        for entry in known:
            del self.known[entry]

    @rule()
    def save_and_restore(self) -> None:
        state = self.index.state()
        self.index = opened(self.engine)
        self.index.restore(state)

    @rule(place=st.integers(0, DIMENSION - 1), k=st.integers(0, 15), bound=st.one_of(st.none(), st.integers(0, 8)))
    def search(self, place: int, k: int, bound: int | None) -> None:
        hits = self.index.search(axis(place)[0], k, SearchFilter(ends_by=bound))
        inside = [
            (-float(at == place), entry)
            for entry, (at, day) in self.known.items()
            if bound is None or (day != NEVER and day + 1 <= bound)
        ]
        assert [(-hit.similarity, hit.id) for hit in hits] == sorted(inside)[:k]

    @invariant()
    def has_the_right_size(self) -> None:
        assert len(self.index) == len(self.known)


class FaissAgainstDictionary(AgainstDictionary):
    engine = "faiss:"


class ExactAgainstDictionary(AgainstDictionary):
    engine = "exact:"


class ListsAgainstDictionary(AgainstDictionary):
    engine = "lists"


class ListsAtOnceAgainstDictionary(AgainstDictionary):
    engine = "lists at once"


class PgvectorAgainstDictionary(AgainstDictionary):
    engine = "pgvector:"


class GraphAgainstDictionary(AgainstDictionary):
    engine = "pgvector by graph"


class QdrantAgainstDictionary(AgainstDictionary):
    engine = "qdrant"

    def teardown(self) -> None:
        self.index.drop()


TestAnySequenceOfChangesOnFaiss = FaissAgainstDictionary.TestCase
TestAnySequenceOfChangesOnExact = ExactAgainstDictionary.TestCase
TestAnySequenceOfChangesOnLists = ListsAgainstDictionary.TestCase
TestAnySequenceOfChangesOnListsAtOnce = ListsAtOnceAgainstDictionary.TestCase
TestAnySequenceOfChangesOnPgvector = PgvectorAgainstDictionary.TestCase
TestAnySequenceOfChangesOnGraph = GraphAgainstDictionary.TestCase
TestAnySequenceOfChangesOnQdrant = QdrantAgainstDictionary.TestCase
for case in (
    TestAnySequenceOfChangesOnFaiss,
    TestAnySequenceOfChangesOnExact,
    TestAnySequenceOfChangesOnLists,
    TestAnySequenceOfChangesOnListsAtOnce,
):
    case.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
for case in (TestAnySequenceOfChangesOnPgvector, TestAnySequenceOfChangesOnGraph):
    case.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestAnySequenceOfChangesOnQdrant.settings = settings(max_examples=6, stateful_step_count=12, deadline=None)
