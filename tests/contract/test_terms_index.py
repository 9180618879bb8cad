"""What every index of terms must do; a dictionary of sets of terms is the oracle."""

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.contract import (
    ALWAYS as ALWAYS_KNOWN,
)
from index.contract import (
    NEVER,
    SHARED,
    UNFILTERED,
    Attributes,
    Checkpoint,
    LexicalIndex,
    SearchFilter,
    SnapshotUnusable,
    WrongShape,
)
from index.factory import open_index, open_lexical_index
from index.search.snapshots import read_snapshot, write_snapshot

ALWAYS = (0, 1)


@pytest.fixture
def index() -> LexicalIndex:
    return open_lexical_index()


def days(*pairs: tuple[int, int]) -> Attributes:
    return Attributes(np.array(pairs, np.int64).reshape(-1, 2))


def put(index: LexicalIndex, texts: dict[int, str], period: tuple[int, int] = ALWAYS) -> None:
    index.upsert(np.array(list(texts), np.int64), list(texts.values()), days(*[period] * len(texts)))


def ids(hits: list) -> list[int]:
    return [hit.id for hit in hits]


def found(index: LexicalIndex, *terms: str, k: int = 99, where: SearchFilter = UNFILTERED) -> set[int]:
    return set(ids(index.search(terms, k, where)))


@pytest.mark.parametrize("size", [0, 1, 2])
def test_small_indexes_give_all_that_share_a_term(index: LexicalIndex, size: int) -> None:
    put(index, dict.fromkeys(range(size), "attack @idlib #400"))
    assert len(index) == size
    for k in (0, 1, 2, 10):
        assert ids(index.search(["attack"], k)) == list(range(size))[:k]
    assert found(index, "@idlib", "wheat") == found(index, "#400") == set(range(size))
    assert found(index, "wheat") == found(index) == found(index, "idlib") == set()


def test_the_best_share_more_and_rarer_terms_and_repeating_a_term_of_the_query_is_nothing(index: LexicalIndex) -> None:
    put(index, {1: "attack staged chlorine", 2: "attack staged", 3: "attack wheat", 4: "wheat harvest", 5: "attack"})
    hits = index.search(["attack", "staged", "chlorine"], 9)
    assert ids(hits)[:2] == [1, 2]
    assert set(ids(hits)) == {1, 2, 3, 5}
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)
    assert all(hit.similarity > 0 for hit in hits)
    assert index.search(["attack", "staged", "chlorine", "attack", "attack"], 9) == hits


def test_equals_come_in_order_of_id(index: LexicalIndex) -> None:
    put(index, dict.fromkeys((7, 3, 5), "attack"))
    assert ids(index.search(["attack"], 9)) == [3, 5, 7]


def test_a_change_is_seen_by_the_next_search(index: LexicalIndex) -> None:
    put(index, {1: "attack", 2: "attack"})
    assert found(index, "attack") == {1, 2}
    index.upsert(np.array([1]), ["wheat"], days((5, 6)))
    assert len(index) == 2
    assert (found(index, "attack"), found(index, "wheat")) == ({2}, {1})
    assert found(index, "wheat", where=SearchFilter(ends_by=5)) == set()
    assert index.terms_of([1, 2]) == [{"wheat"}, {"attack"}]
    assert index.remove(np.array([1, 1, 99])) == 1
    assert found(index, "wheat") == set()
    assert index.remove(np.array([1])) == index.remove(np.array([], np.int64)) == 0
    put(index, {1: "attack"})
    assert found(index, "attack") == {1, 2}


def test_several_changes_before_a_search_leave_the_last(index: LexicalIndex) -> None:
    put(index, {1: "attack"})
    put(index, {1: "wheat"})
    index.remove(np.array([1]))
    put(index, {1: "rain"})
    assert len(index) == 1
    assert [found(index, term) for term in ("attack", "wheat", "rain")] == [set(), set(), {1}]


def test_the_last_of_several_entries_with_one_id_wins(index: LexicalIndex) -> None:
    index.upsert(np.array([1, 2, 1]), ["attack", "attack", "wheat"], days(ALWAYS, ALWAYS, (8, 9)))
    assert len(index) == 2
    assert (found(index, "attack"), found(index, "wheat")) == ({2}, {1})
    assert found(index, "attack", "wheat", where=SearchFilter(ends_by=5)) == {2}


def test_a_window_admits_by_end_and_by_begin(index: LexicalIndex) -> None:
    index.upsert(np.array([1, 2, 3]), ["attack"] * 3, days((0, 10), (5, 20), (NEVER, NEVER)))
    windows = [(None, None), (10, None), (9, None), (None, 5), (None, 4), (20, 4), (NEVER, None), (None, NEVER)]
    assert {window: found(index, "attack", where=SearchFilter(*window)) for window in windows} == {
        (None, None): {1, 2, 3}, (10, None): {1}, (9, None): set(), (None, 5): {1, 2}, (None, 4): {1}, (20, 4): {1},
        (NEVER, None): {1, 2}, (None, NEVER): {1, 2},
    }  # fmt: skip


def test_a_window_admits_by_what_begins_no_earlier(index: LexicalIndex) -> None:
    index.upsert(np.array([1, 2, 3]), ["attack"] * 3, days((0, 10), (5, 20), (NEVER, NEVER)))
    bounds = {-1: {1, 2}, 0: {1, 2}, 1: {2}, 5: {2}, 6: set(), NEVER: set()}
    assert {at: found(index, "attack", where=SearchFilter(begins_from=at)) for at in bounds} == bounds
    assert found(index, "attack", where=SearchFilter(ends_by=10, begins_from=0)) == {1}


def test_a_window_admits_periods_before_1970(index: LexicalIndex) -> None:
    put(index, {1: "attack"}, (-(10**17), -(10**16)))
    assert found(index, "attack", where=SearchFilter(ends_by=0)) == {1}
    assert found(index, "attack", where=SearchFilter(ends_by=-(10**16) - 1)) == set()


def test_a_narrow_window_still_gives_its_best_k(index: LexicalIndex) -> None:
    put(index, dict.fromkeys(range(3_000), "attack staged"))
    index.upsert(np.arange(5_000, 5_010), ["attack"] * 10, days(*[(-5, -4)] * 10))
    assert ids(index.search(["attack", "staged"], 10, SearchFilter(ends_by=-1))) == list(range(5_000, 5_010))


def labelled(owners: list[int], languages: list[str], known_from: list[int]) -> Attributes:
    """Attributes of undated entries."""
    return Attributes(days(*[(NEVER, NEVER)] * len(owners)).periods, np.array(owners), languages, np.array(known_from))


def test_a_filter_admits_by_owner_language_and_the_moment_from_which_an_entry_is_known(index: LexicalIndex) -> None:
    tags = ["en", "sr-Latn-RS-x-longer-than-the-others", ""]
    index.upsert(np.array([1, 2, 3]), ["attack"] * 3, labelled([SHARED, 7, 8], tags, [5, 6, ALWAYS_KNOWN]))
    owned = {viewer: found(index, "attack", where=SearchFilter(viewer=viewer)) for viewer in (None, 7, 8, 9)}
    assert owned == {None: {1}, 7: {1, 2}, 8: {1, 3}, 9: {1}}
    spoken = {tag: found(index, "attack", where=SearchFilter(viewer=7, language=tag)) for tag in (*tags, "e", "xx")}
    assert spoken == {tags[0]: {1}, tags[1]: {2}, "": set(), "e": set(), "xx": set()}
    known = {at: found(index, "attack", where=SearchFilter(viewer=8, known_by=at)) for at in (4, 5, NEVER, -NEVER)}
    assert known == {4: {3}, 5: {1, 3}, NEVER: {1, 3}, -NEVER: {3}}


def test_a_filter_admits_by_id(index: LexicalIndex) -> None:
    put(index, dict.fromkeys((1, 2, 3), "attack"))
    assert found(index, "attack", where=SearchFilter(among=frozenset({3, 1, 99}))) == {1, 3}
    assert found(index, "attack", where=SearchFilter(among=frozenset())) == set()
    assert found(index, "attack", where=SearchFilter(excluded=frozenset({1, 99}))) == {2, 3}
    assert found(index, "attack", where=SearchFilter(among=frozenset({1, 2}), excluded=frozenset({2}))) == {1}


def test_a_filter_changes_no_similarity(index: LexicalIndex) -> None:
    put(index, {1: "attack staged", 2: "attack", 3: "wheat"}, (1, 2))
    everything = SearchFilter(ends_by=5, begins_by=5, begins_from=0, known_by=9, among=frozenset({1, 2, 3}))
    assert index.search(["attack", "staged"], 9, everything) == index.search(["attack", "staged"], 9)


def test_terms_of_what_is_not_there_are_none(index: LexicalIndex) -> None:
    put(index, {1: "attack @idlib", 2: ""})
    assert index.terms_of([2, 1, 9]) == [frozenset(), {"attack", "@idlib"}, frozenset()]
    assert index.terms_of([]) == []
    assert len(index) == 2


def test_idf_is_that_of_bm25(index: LexicalIndex) -> None:
    put(index, {number: "attack wheat" if number == 0 else "attack" for number in range(10)})
    rarity = index.idf(["attack", "wheat", "unheard", "wheat"])
    expected = {
        term: math.log(1 + (10 - n + 0.5) / (n + 0.5)) for term, n in (("attack", 10), ("wheat", 1), ("unheard", 0))
    }
    assert rarity == pytest.approx(expected)
    assert rarity["unheard"] > rarity["wheat"] > rarity["attack"] >= 0


def test_idf_in_an_empty_index_is_no_error(index: LexicalIndex) -> None:
    assert index.idf([]) == {}
    assert index.idf(["attack"])["attack"] >= 0


@pytest.mark.parametrize(
    ("entries", "terms", "attributes"),
    [
        (np.array([1, 2]), ["wheat"], days(ALWAYS, ALWAYS)),
        (np.array([1]), ["wheat", "wheat"], days(ALWAYS)),
        (np.array([1]), ["wheat"], days(ALWAYS, ALWAYS)),
        (np.array([1]), ["wheat"], Attributes(np.array([0, 1]))),
    ],
)
def test_what_does_not_fit_changes_nothing(
    index: LexicalIndex, entries: np.ndarray, terms: list[str], attributes: Attributes
) -> None:
    put(index, {1: "attack"})
    with pytest.raises(WrongShape):
        index.upsert(entries, terms, attributes)
    assert (found(index, "attack"), found(index, "wheat")) == ({1}, set())


@pytest.mark.parametrize("term", ["(", '"', "a:b", "AND", "-attack", "*", "@", "#", "[1TO2]", "\\", "é", "攻击"])
def test_a_term_is_nothing_but_itself(index: LexicalIndex, term: str) -> None:
    put(index, {1: f"attack {term}", 2: "attack"})
    assert found(index, term) == {1}


def test_a_query_of_more_terms_than_any_text_has_is_answered_by_its_rarest(index: LexicalIndex) -> None:
    put(index, {number: f"attack t{number}" for number in range(2_000)})
    assert 1_234 in found(index, *(f"x{number}" for number in range(150)), "t1234", "attack")
    assert len(found(index, *(f"t{number}" for number in range(2_000)), k=5_000)) > 0


@pytest.mark.parametrize("size", [0, 1, 2, 300])
def test_a_state_restores_the_same_content(index: LexicalIndex, size: int) -> None:
    put(index, {number: f"attack t{number % 7}" for number in range(size)}, (3, 4))
    state = index.state()
    put(index, dict.fromkeys(range(size, size + 20), "wheat"))  # the state is a copy
    other = open_lexical_index()
    put(other, {5_000: "attack"})
    other.restore(state)
    assert len(other) == size
    assert found(other, "attack", k=999) == set(range(size))
    assert found(other, "attack", k=999, where=SearchFilter(ends_by=3)) == set()
    assert found(other, "wheat") == set()
    put(other, {5_000: "attack"})
    assert 5_000 in found(other, "attack", k=999)


def test_an_entry_without_terms_outlives_a_restoration(index: LexicalIndex) -> None:
    put(index, {1: "", 2: "attack", 3: ""})
    other = open_lexical_index()
    other.restore(index.state())
    assert (len(other), other.terms_of([1, 2, 3])) == (3, [frozenset(), {"attack"}, frozenset()])


def test_a_state_of_another_kind_changes_nothing(index: LexicalIndex) -> None:
    put(index, {1: "attack"})
    state = index.state()
    wrong = [
        open_index("exact:", 3).state(),
        {**state, "kind": np.array("graph")},
        {"ids": np.arange(3)},
        {**state, "ids": np.arange(5)},
        {**state, "periods": np.zeros((5, 2), np.int64)},
    ]
    for one in wrong:
        with pytest.raises(WrongShape):
            index.restore(one)
        assert (len(index), found(index, "attack")) == (1, {1})


@pytest.mark.parametrize("size", [0, 1, 2, 100])
def test_a_snapshot_keeps_what_was_written(index: LexicalIndex, size: int, tmp_path: Path) -> None:
    put(index, {number: f"attack @idlib #{number} удар" for number in range(size)})
    made = Checkpoint(sequence=41, fingerprint="read so")
    write_snapshot(tmp_path / "index.terms", index, made)
    other = open_lexical_index()
    assert read_snapshot(tmp_path / "index.terms", other, "read so") == made
    terms = ["удар", f"#{size - 1}"]
    assert other.search(terms, 999) == index.search(terms, 999)
    assert other.idf(terms) == index.idf(terms)


def test_a_snapshot_of_vectors_is_none_of_terms_and_the_other_way_round(index: LexicalIndex, tmp_path: Path) -> None:
    vectors, made = open_index("faiss:", 4), Checkpoint(1, "read so")
    put(index, {1: "attack"})
    write_snapshot(tmp_path / "vectors", vectors, made)
    write_snapshot(tmp_path / "terms", index, made)
    with pytest.raises(SnapshotUnusable, match="another index"):
        read_snapshot(tmp_path / "vectors", index, "read so")
    with pytest.raises(SnapshotUnusable, match="another index"):
        read_snapshot(tmp_path / "terms", vectors, "read so")
    assert found(index, "attack") == {1}


def test_searches_are_right_while_other_threads_change_the_index(index: LexicalIndex) -> None:
    put(index, dict.fromkeys(range(50), "attack"))
    stop = threading.Event()

    def change(seed: int) -> None:
        for step in range(20):
            at = 1_000 + seed * 100 + step
            put(index, dict.fromkeys(range(at, at + 20), "wheat"), (5, 6))
            index.remove(np.arange(at, at + 10))

    def search(_: int) -> bool:
        right = True
        while not stop.is_set():
            right &= ids(index.search(["attack"], 99)) == list(range(50))
            right &= found(index, "wheat", where=SearchFilter(ends_by=2)) == set()
        return right

    with ThreadPoolExecutor(5) as pool:
        searches = [pool.submit(search, number) for number in range(2)]
        try:
            for done in [pool.submit(change, seed) for seed in range(3)]:
                done.result(60)
        finally:
            stop.set()
        assert all(one.result(60) for one in searches)


entry_ids = st.integers(0, 12)
texts = st.lists(st.sampled_from(["attack", "wheat", "rain", "@idlib", "#400", "удар"]), max_size=4)
bounds = st.one_of(st.integers(0, 6), st.just(NEVER))


class AgainstDictionary(RuleBasedStateMachine):
    """Any sequence of changes leaves an index with what a dictionary would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.index = open_lexical_index()
        self.known: dict[int, tuple[frozenset[str], int]] = {}

    @rule(entries=st.lists(st.tuples(entry_ids, texts, bounds), max_size=6))
    def upsert(self, entries: list[tuple[int, list[str], int]]) -> None:
        self.index.upsert(
            np.array([entry for entry, _, _ in entries], np.int64),
            [" ".join(text) for _, text, _ in entries],
            days(*[(day, min(day + 1, NEVER)) for _, _, day in entries]),
        )
        self.known |= {entry: (frozenset(text), day) for entry, text, day in entries}

    @rule(entries=st.sets(entry_ids, max_size=6))
    def remove(self, entries: set[int]) -> None:
        known = entries & self.known.keys()
        assert self.index.remove(np.array(sorted(entries), np.int64)) == len(known)
        for entry in known:
            del self.known[entry]

    @rule()
    def save_and_restore(self) -> None:
        state = self.index.state()
        self.index = open_lexical_index()
        self.index.restore(state)

    @rule(wanted=texts, bound=st.one_of(st.none(), st.integers(0, 8)))
    def search(self, wanted: list[str], bound: int | None) -> None:
        inside = {
            entry
            for entry, (text, day) in self.known.items()
            if text & set(wanted) and (bound is None or (day != NEVER and day + 1 <= bound))
        }
        where = SearchFilter(ends_by=bound)
        hits = self.index.search(wanted, 99, where)
        assert {hit.id for hit in hits} == inside
        assert len(hits) == len(inside)
        assert self.index.search(wanted, 2, where) == hits[:2] or len(self.index.search(wanted, 2, where)) == 2

    @invariant()
    def has_the_terms_that_were_added(self) -> None:
        assert len(self.index) == len(self.known)
        assert self.index.terms_of(list(self.known)) == [text for text, _ in self.known.values()]


TestAnySequenceOfChanges = AgainstDictionary.TestCase
TestAnySequenceOfChanges.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)
