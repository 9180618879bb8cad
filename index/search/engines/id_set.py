"""A set of ids in an array, eight bytes each, with recent changes beside it."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from index.contract import IdArray

_LEAST_CHANGES: Final = 10_000


class IdSet:
    """Set of ids. Its caller lets one thread in at a time."""

    def __init__(self, ids: IdArray | None = None) -> None:
        self._sorted = np.unique(np.empty(0, np.int64) if ids is None else ids)
        self._added: set[int] = set()
        self._removed: set[int] = set()

    def __len__(self) -> int:
        return len(self._sorted) + len(self._added) - len(self._removed)

    def __contains__(self, entry: int) -> bool:
        return entry in self._added or (entry not in self._removed and self._in_array(entry))

    def add(self, entry: int) -> None:
        """Adds an id, or does nothing where it is there."""
        if self._in_array(entry):
            self._removed.discard(entry)
        else:
            self._added.add(entry)
        self._merge_where_due()

    def remove(self, entry: int) -> None:
        """Removes an id that is there."""
        if entry in self._added:
            self._added.remove(entry)
        else:
            self._removed.add(entry)
        self._merge_where_due()

    def array(self) -> IdArray:
        """All ids, in order."""
        self._merge()
        return self._sorted

    def _in_array(self, entry: int) -> bool:
        place = int(np.searchsorted(self._sorted, entry))
        return place < len(self._sorted) and int(self._sorted[place]) == entry

    def _merge_where_due(self) -> None:
        if len(self._added) + len(self._removed) > max(_LEAST_CHANGES, len(self._sorted) // 16):
            self._merge()

    def _merge(self) -> None:
        kept = self._sorted[~np.isin(self._sorted, _array(self._removed))] if self._removed else self._sorted
        self._sorted = np.union1d(kept, _array(self._added)) if self._added else kept
        self._added, self._removed = set(), set()


def _array(ids: Iterable[int]) -> IdArray:
    return np.fromiter(ids, np.int64)
