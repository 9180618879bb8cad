"""What a filter lets pass, in every engine."""

from collections.abc import Iterator

import numpy as np
import pytest
from engines import ENGINES, axis, days, ids, labelled, opened

from index.contract import ALWAYS, NEVER, SHARED, SearchFilter, VectorIndex
from index.search.engines.faiss import FaissIndex

pytestmark = pytest.mark.usefixtures("database_of_engines", "qdrant_of_engines")


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest) -> Iterator[VectorIndex]:
    index = opened(request.param)
    yield index
    if isinstance(index, FaissIndex):
        index.wait_until_built()


def test_a_window_admits_by_end_and_by_begin(index: VectorIndex) -> None:
    index.upsert(np.array([1, 2, 3]), axis(0, 0, 0), days((0, 10), (5, 20), (NEVER, NEVER)))
    found = {
        window: ids(index.search(axis(0)[0], 9, SearchFilter(*window)))
        for window in [(None, None), (10, None), (9, None), (None, 5), (None, 4), (20, 4), (NEVER, None), (None, NEVER)]
    }
    assert found == {
        (None, None): [1, 2, 3], (10, None): [1], (9, None): [], (None, 5): [1, 2], (None, 4): [1], (20, 4): [1],
        (NEVER, None): [1, 2], (None, NEVER): [1, 2],
    }  # fmt: skip


def test_a_window_admits_by_what_begins_no_earlier(index: VectorIndex) -> None:
    index.upsert(np.array([1, 2, 3]), axis(0, 0, 0), days((0, 10), (5, 20), (NEVER, NEVER)))
    bounds = {-1: [1, 2], 0: [1, 2], 1: [2], 5: [2], 6: [], NEVER: []}
    assert {at: ids(index.search(axis(0)[0], 9, SearchFilter(begins_from=at))) for at in bounds} == bounds
    assert ids(index.search(axis(0)[0], 9, SearchFilter(ends_by=10, begins_from=0))) == [1]


def test_private_entries_are_found_by_their_owner_alone(index: VectorIndex) -> None:
    index.upsert(np.array([1, 2, 3]), axis(0, 0, 0), labelled([SHARED, 7, 8], [""] * 3, [ALWAYS] * 3))
    found = {viewer: ids(index.search(axis(0)[0], 9, SearchFilter(viewer=viewer))) for viewer in (None, 7, 8, 9)}
    assert found == {None: [1], 7: [1, 2], 8: [1, 3], 9: [1]}
    assert ids(index.search(axis(0)[0], 9)) == [1]


def test_a_filter_admits_by_language_and_by_the_moment_from_which_an_entry_is_known(index: VectorIndex) -> None:
    tags = ["en", "sr-Latn-RS-x-longer-than-the-others", ""]
    index.upsert(np.array([1]), axis(0), days((0, 1)))
    index.upsert(np.array([1, 2, 3]), axis(0, 0, 0), labelled([SHARED] * 3, tags, [5, 6, ALWAYS]))
    found = {tag: ids(index.search(axis(0)[0], 9, SearchFilter(language=tag))) for tag in (*tags, "e", "xx", None)}
    assert found == {tags[0]: [1], tags[1]: [2], "": [3], "e": [], "xx": [], None: [1, 2, 3]}
    known = {at: ids(index.search(axis(0)[0], 9, SearchFilter(known_by=at))) for at in (4, 5, 6, NEVER, -NEVER)}
    assert known == {4: [3], 5: [1, 3], 6: [1, 2, 3], NEVER: [1, 2, 3], -NEVER: [3]}


def test_a_filter_admits_by_id(index: VectorIndex) -> None:
    index.upsert(np.array([1, 2, 3]), axis(0, 0, 0), days(*[(0, 1)] * 3))
    query = axis(0)[0]
    assert ids(index.search(query, 9, SearchFilter(among=frozenset({3, 1, 99})))) == [1, 3]
    assert index.search(query, 9, SearchFilter(among=frozenset())) == []
    assert ids(index.search(query, 2, SearchFilter(excluded=frozenset({1, 99})))) == [2, 3]
    assert ids(index.search(query, 9, SearchFilter(among=frozenset({1, 2}), excluded=frozenset({2})))) == [1]


def test_a_replaced_entry_has_its_new_attributes(index: VectorIndex) -> None:
    index.upsert(np.array([1]), axis(0), labelled([7], ["en"], [9]))
    index.upsert(np.array([1]), axis(0), labelled([SHARED], ["ru"], [3]))
    assert ids(index.search(axis(0)[0], 9, SearchFilter(language="ru", known_by=3))) == [1]
    assert index.search(axis(0)[0], 9, SearchFilter(viewer=7, language="en")) == []
