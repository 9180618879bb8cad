"""A flat FAISS index over slots: exact search in one process, up to some hundred thousand entries.

FAISS keeps vectors in one array and knows of no ids, dates or replacing. So every entry has a slot in that array: a
removed entry leaves a free slot to the next new one, and a bitmap tells each search which slots are in use. Replacing
and removing thus cost the same in an index of any size, and a time window is applied before the search, not after.
"""

import threading
from collections.abc import Sequence
from typing import Final

import faiss
import numpy as np
import numpy.typing as npt

from index.contract import UNFILTERED, Attributes, FloatArray, Hit, IdArray, SearchFilter, State
from index.search.engines.entries import (
    Entries,
    checked,
    checked_query,
    columns_of,
    entries_of,
    last_of_each_id,
    passing,
    ranked,
    rounded,
    state_of,
)

_FIRST_CAPACITY: Final = 1024
_MORE_FOR_TIES: Final = 16


class FaissIndex:
    """`VectorIndex` on FAISS. One lock for all: FAISS must not be changed during a search."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._lock = threading.Lock()
        self._clear()

    def __len__(self) -> int:
        return len(self._slots)

    def upsert(self, ids: IdArray, vectors: FloatArray, attributes: Attributes) -> None:
        entries = checked(ids, vectors, attributes, self.dimension)
        entries = entries.select(last_of_each_id(entries.ids))
        with self._lock:
            self._put(entries)

    def remove(self, ids: IdArray) -> int:
        with self._lock:
            slots = [self._slots.pop(entry) for entry in set(np.asarray(ids).tolist()) if entry in self._slots]
            self._alive[slots] = False
            self._free += slots
            return len(slots)

    def search(self, vector: FloatArray, k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        vector = checked_query(vector, self.dimension)
        with self._lock:
            used = self._flat.ntotal
            rows = np.arange(used)
            counts = self._alive[rows] & passing(where, self._ids[rows], self._columns.select(rows))
            available = int(np.count_nonzero(counts))
            k = min(k, available)
            if k <= 0:
                return []
            bitmap = np.packbits(counts, bitorder="little")
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bitmap))  # type: ignore[call-arg, arg-type]
            similarities, slots = self._nearest(vector, k, available, chosen)
            return ranked(self._ids[slots], similarities, k)

    def vectors(self, ids: Sequence[int]) -> FloatArray:
        with self._lock:
            return self._vectors()[[self._slots[entry] for entry in ids]]

    def state(self) -> State:
        with self._lock:
            slots = np.flatnonzero(self._alive[: self._flat.ntotal])
            return state_of(Entries(self._ids[slots], self._vectors()[slots], self._columns.select(slots)))

    def restore(self, state: State) -> None:
        entries = entries_of(state, self.dimension)
        with self._lock:
            self._clear()
            self._put(entries)

    def _clear(self) -> None:
        self._flat = faiss.IndexFlatIP(self.dimension)
        self._slots: dict[int, int] = {}
        self._free: list[int] = []
        self._ids = np.empty(_FIRST_CAPACITY, np.int64)
        self._columns = columns_of(Attributes(np.zeros((_FIRST_CAPACITY, 2), np.int64)), _FIRST_CAPACITY)
        self._alive = np.zeros(_FIRST_CAPACITY, np.bool_)

    def _put(self, entries: Entries) -> None:
        """Writes entries whose ids differ, each to its old slot, a free one, or a new one at the end."""
        slots = np.array([self._slot_for(entry) for entry in entries.ids.tolist()], np.int64)
        end = int(slots.max(initial=-1)) + 1
        if end > self._flat.ntotal:
            self._flat.add(np.zeros((end - self._flat.ntotal, self.dimension), np.float32))
        self._vectors()[slots] = entries.vectors
        self._ids[slots] = entries.ids
        if entries.columns.languages.dtype.itemsize > self._columns.languages.dtype.itemsize:
            widened = self._columns.languages.astype(entries.columns.languages.dtype)
            self._columns = self._columns._replace(languages=widened)
        for column, values in zip(self._columns, entries.columns, strict=True):
            column[slots] = values
        self._alive[slots] = True

    def _slot_for(self, entry: int) -> int:
        if entry not in self._slots:
            self._slots[entry] = self._free.pop() if self._free else len(self._slots)
            if self._slots[entry] >= len(self._ids):
                self._grow()
        return self._slots[entry]

    def _grow(self) -> None:
        more = len(self._ids)
        self._ids = np.concatenate([self._ids, np.empty(more, np.int64)])
        self._columns = self._columns.joined(self._columns)
        self._alive = np.concatenate([self._alive, np.zeros(more, np.bool_)])

    def _vectors(self) -> FloatArray:
        """FAISS's own array, shape (slots, dimension), to read and write; not to be kept, as adding moves it."""
        size = self._flat.ntotal * self.dimension
        if not size:
            return np.empty((0, self.dimension), np.float32)
        array: FloatArray = faiss.rev_swig_ptr(self._flat.get_xb(), size).reshape(-1, self.dimension)
        return array

    def _nearest(
        self, vector: FloatArray, k: int, available: int, chosen: "faiss.SearchParameters"
    ) -> tuple[FloatArray, npt.NDArray[np.int64]]:
        """The best `k` slots and all that are as good as the last of them, in any order: which of equals FAISS
        prefers is not for it to say."""
        limit = k
        while True:
            limit = min(limit + _MORE_FOR_TIES, available)
            similarities, slots = self._flat.search(vector[None], limit, params=chosen)
            compared = rounded(similarities[0])
            if limit == available or compared[-1] < compared[k - 1]:
                return similarities[0], slots[0]
            limit *= 2
