"""The part of an index that takes in changes: plain vectors, compared one by one.

Rows are only ever appended; what is replaced or removed is marked dead. A reader holds a `TailView`, which no later
change touches, so that a search needs no lock.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from index.contract import Attributes, FloatArray, IdArray, SearchFilter
from index.search.engines.entries import Entries, closest, columns_of, filter_mask

_FIRST_CAPACITY: Final = 1_024

_GATHERED: Final = 8
"""Where fewer rows than this part pass, they are gathered, instead of all being compared."""


@dataclass(frozen=True, slots=True)
class TailView:
    """Content at one moment: rows, and which of them are alive."""

    rows: Entries
    alive: npt.NDArray[np.bool_]

    @property
    def used(self) -> int:
        """Rows, dead ones included."""
        return len(self.alive)

    @property
    def size(self) -> int:
        """Rows that are alive."""
        return int(np.count_nonzero(self.alive))

    def search(
        self, vector: FloatArray, k: int, where: SearchFilter, language: int | None
    ) -> tuple[IdArray, FloatArray]:
        """Ids and similarities of the best `k` that pass, and of all as good as the last of them, in any order."""
        inside = self.alive & filter_mask(where, self.rows.ids, self.rows.columns, language)
        places = np.flatnonzero(inside)
        if _GATHERED * len(places) > self.used:
            similarities = (self.rows.vectors @ vector)[places]
        else:
            similarities = self.rows.vectors[places] @ vector
        best = closest(similarities, k)
        return self.rows.ids[places[best]], similarities[best]

    def living(self) -> Entries:
        """The entries that are alive."""
        return self.rows.select(self.alive)


class Tail:
    """Writer's side; its caller lets one thread in at a time."""

    def __init__(self, dimension: int) -> None:
        self.slots: dict[int, int] = {}
        """Row of every id that is alive."""
        none = columns_of(Attributes(np.zeros((_FIRST_CAPACITY, 2), np.int64)), _FIRST_CAPACITY)
        self._rows = Entries(
            np.empty(_FIRST_CAPACITY, np.int64),
            np.empty((_FIRST_CAPACITY, dimension), np.float32),
            none._replace(languages=np.zeros(_FIRST_CAPACITY, np.int32)),
        )
        self._alive = np.zeros(_FIRST_CAPACITY, np.bool_)
        self._used = 0

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def used(self) -> int:
        """Rows, dead ones included."""
        return self._used

    def view(self) -> TailView:
        """The content as it is now."""
        return TailView(self._rows.select(slice(0, self._used)), self._alive[: self._used].copy())

    def put(self, entries: Entries) -> None:
        """Adds entries whose ids differ, or replaces those that are there; languages are codes."""
        n = len(entries.ids)
        self._reserve(self._used + n)
        self.remove(entries.ids.tolist())
        rows = slice(self._used, self._used + n)
        self._rows.ids[rows], self._rows.vectors[rows] = entries.ids, entries.vectors
        for column, values in zip(self._rows.columns, entries.columns, strict=True):
            column[rows] = values
        self._alive[rows] = True
        self.slots.update(zip(entries.ids.tolist(), range(self._used, self._used + n), strict=True))
        self._used += n

    def remove(self, ids: list[int]) -> int:
        """Removes entries and gives how many there were."""
        slots = [self.slots.pop(entry) for entry in ids if entry in self.slots]
        self._alive[slots] = False
        return len(slots)

    def since(self, row: int) -> "Tail":
        """Copy with the living rows from this one on alone."""
        view = self.view()
        alive = view.alive.copy()
        alive[:row] = False
        copy = Tail(self._rows.vectors.shape[1])
        copy.put(view.rows.select(alive))
        return copy

    def _reserve(self, rows: int) -> None:
        capacity = len(self._alive)
        if rows <= capacity:
            return
        capacity = max(rows, capacity + capacity // 2)
        self._rows = Entries(
            _grown(self._rows.ids, capacity),
            _grown(self._rows.vectors, capacity),
            self._rows.columns.mapped(lambda column: _grown(column, capacity)),
        )
        self._alive = _grown(self._alive, capacity)


def _grown(array: npt.NDArray[Any], capacity: int) -> npt.NDArray[Any]:
    grown = np.zeros((capacity, *array.shape[1:]), array.dtype)
    grown[: len(array)] = array
    return grown
