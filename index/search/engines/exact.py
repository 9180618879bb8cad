"""Compares with every entry, in numpy: the oracle that other engines are tested against; enough for small archives."""

import threading
from collections.abc import Sequence

import numpy as np

from index.contract import FloatArray, Hit, IdArray, PeriodArray, State, TimeWindow
from index.search.engines.entries import admits, checked, checked_query, entries_of, last_of_each_id, ranked, state_of


class ExactIndex:
    """`VectorIndex` on plain arrays. Every change copies them."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._lock = threading.Lock()
        self._keep(np.empty(0, np.int64), np.empty((0, dimension), np.float32), np.empty((0, 2), np.int64))

    def __len__(self) -> int:
        return len(self._entries[0])

    def upsert(self, ids: IdArray, vectors: FloatArray, periods: PeriodArray) -> None:
        ids, vectors, periods = checked(ids, vectors, periods, self.dimension)
        new = last_of_each_id(ids)
        with self._lock:
            old_ids, old_vectors, old_periods = self._entries
            kept = ~np.isin(old_ids, ids)
            self._keep(
                np.concatenate([old_ids[kept], ids[new]]),
                np.concatenate([old_vectors[kept], vectors[new]]),
                np.concatenate([old_periods[kept], periods[new]]),
            )

    def remove(self, ids: IdArray) -> int:
        with self._lock:
            old_ids, old_vectors, old_periods = self._entries
            kept = ~np.isin(old_ids, ids)
            self._keep(old_ids[kept], old_vectors[kept], old_periods[kept])
            return int(np.count_nonzero(~kept))

    def search(self, vector: FloatArray, k: int, window: TimeWindow | None = None) -> list[Hit]:
        vector = checked_query(vector, self.dimension)
        ids, vectors, periods = self._entries
        inside = np.flatnonzero(admits(window or TimeWindow(), periods))
        return ranked(ids[inside], vectors[inside] @ vector, k)

    def vectors(self, ids: Sequence[int]) -> FloatArray:
        known, vectors, _ = self._entries
        row_of = {entry: number for number, entry in enumerate(known.tolist())}
        return vectors[[row_of[entry] for entry in ids]]

    def state(self) -> State:
        ids, vectors, periods = self._entries
        return state_of(ids.copy(), vectors.copy(), periods.copy())

    def restore(self, state: State) -> None:
        ids, vectors, periods = entries_of(state, self.dimension)
        with self._lock:
            self._keep(ids.copy(), vectors.copy(), periods.copy())

    def _keep(self, ids: IdArray, vectors: FloatArray, periods: PeriodArray) -> None:
        self._entries = (ids, vectors, periods)  # in one assignment, so that a search sees all or nothing of a change
