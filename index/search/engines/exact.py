"""Compares with every entry, in numpy: the oracle that other engines are tested against; enough for small archives."""

import threading
from collections.abc import Sequence

import numpy as np

from index.contract import UNFILTERED, Attributes, FloatArray, Hit, IdArray, SearchFilter, State
from index.search.engines.entries import (
    Columns,
    Entries,
    checked,
    checked_query,
    columns_of,
    entries_of,
    filter_mask,
    last_of_each_id,
    ranked,
    state_of,
)


class ExactIndex:
    """`VectorIndex` on plain arrays. Every change copies them."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._lock = threading.Lock()
        none = columns_of(Attributes(np.empty((0, 2), np.int64)), 0)
        # Replaced in one assignment, so that a search sees all or nothing of a change.
        self._entries = Entries(np.empty(0, np.int64), np.empty((0, dimension), np.float32), none)

    def __len__(self) -> int:
        return len(self._entries.ids)

    def upsert(self, ids: IdArray, vectors: FloatArray, attributes: Attributes) -> None:
        changed = checked(ids, vectors, attributes, self.dimension)
        new = changed.select(last_of_each_id(changed.ids))
        with self._lock:
            kept = self._entries.select(~np.isin(self._entries.ids, new.ids))
            self._entries = Entries(
                np.concatenate([kept.ids, new.ids]),
                np.concatenate([kept.vectors, new.vectors]),
                Columns.joined(kept.columns, new.columns),
            )

    def remove(self, ids: IdArray) -> int:
        with self._lock:
            kept = ~np.isin(self._entries.ids, ids)
            self._entries = self._entries.select(kept)
            return int(np.count_nonzero(~kept))

    def search(self, vector: FloatArray, k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        vector = checked_query(vector, self.dimension)
        entries = self._entries
        inside = np.flatnonzero(filter_mask(where, entries.ids, entries.columns, where.language))
        return ranked(entries.ids[inside], entries.vectors[inside] @ vector, k)

    def vectors(self, ids: Sequence[int]) -> FloatArray:
        entries = self._entries
        row_of = {entry: number for number, entry in enumerate(entries.ids.tolist())}
        return entries.vectors[[row_of[entry] for entry in ids]]

    def attributes(self, ids: Sequence[int]) -> Attributes:
        entries = self._entries
        row_of = {entry: number for number, entry in enumerate(entries.ids.tolist())}
        columns = entries.columns.select(np.array([row_of[entry] for entry in ids], np.int64))
        return Attributes(columns.periods, columns.owners, columns.languages.tolist(), columns.known_from)

    def state(self) -> State:
        return state_of(self._entries.select(np.arange(len(self))))

    def restore(self, state: State) -> None:
        entries = entries_of(state, self.dimension)
        with self._lock:
            self._entries = entries.select(np.arange(len(entries.ids)))
