"""The large, unchanging part of an index: vectors in clusters (inverted lists), of which a search reads the nearest.

The lists hold 8 bits a component, and the best few hundred of what they give are scored again with 16 bits a component.
Both lie on disk and are mapped, so that processes share them. A search reads nearest lists until they hold enough rows
that pass its filter, so that a filter costs no recall, however its rows lie; of few rows it reads each.
"""

import threading
from typing import Any, Final, NamedTuple

import faiss
import numpy as np
import numpy.typing as npt

from index.contract import FloatArray, IdArray, SearchFilter
from index.search.engines.entries import Columns, closest, id_array, rounded
from index.search.engines.faiss_lists import lists_over
from index.search.engines.fixed_point import Codes, Fixed, query_codes, to_float
from index.search.engines.row_masks import Bits, RowMasks, cleared, count, counts_between, packed, unpacked
from index.search.mapped_files import pages_of

RowArray = npt.NDArray[np.int64]

_READ_EACH: Final = 2_000
"""Rows that pass, up to which each is scored."""

_MORE: Final = 100
"""Rows scored again beyond `k`."""

_SETTLED: Final = 40
"""Best rows that a turn of reading has to leave as they are for it to be the last."""

_MOST_TURNS: Final = 16
"""Bound on the rows read, in first turns."""

_MAPPED_ROWS: Final = 128
"""Rows read of the mapped file after which its pages are given back to the system, which keeps them in its cache."""


class Table(NamedTuple):
    """Rows of n entries, list after list; `columns.languages` are codes."""

    centroids: FloatArray
    """Shape (lists, dimension), of length 1."""
    offsets: RowArray
    """Shape (lists + 1,): the first row of every list, and n."""
    ids: IdArray
    columns: Columns
    vectors: Fixed
    """Shape (n, dimension), mapped."""
    codes: Codes
    """Of the same shape, mapped: `vectors` in 8 bits."""
    scale: float
    """Of the codes: steps to 1."""
    trained_on: int
    """Number of entries when the centroids were fitted."""


class InvertedLists:
    """Approximate nearest neighbours among the rows of a table. Safe to call from several threads."""

    def __init__(self, table: Table, candidates: int) -> None:
        """`candidates`: rows that pass the filter whose codes a search reads in its first turn."""
        self.table = table
        self._candidates = candidates
        self._masks = RowMasks(table.columns)
        order = np.argsort(table.ids, kind="stable")
        self._sorted_ids, self._row_of_sorted = table.ids[order], order.astype(np.int32)
        self._read = 0
        self._reading = threading.Lock()
        self._pages = pages_of(table.vectors)
        self._lists = lists_over(table.codes, table.offsets, table.centroids)

    def __len__(self) -> int:
        return len(self.table.ids)

    def everything(self) -> Bits:
        """Mask of all rows."""
        return packed(np.ones(len(self), np.bool_))

    def rows_of(self, ids: IdArray) -> RowArray:
        """Rows of ids, in order, -1 for one that is not there."""
        places = np.minimum(np.searchsorted(self._sorted_ids, ids), max(len(self) - 1, 0))
        if not len(self):
            return np.full(len(ids), -1, np.int64)
        return np.where(self._sorted_ids[places] == ids, self._row_of_sorted[places], -1).astype(np.int64)

    def vectors(self, rows: RowArray) -> FloatArray:
        """Vectors of rows, in order."""
        return to_float(self.fixed(rows))

    def fixed(self, rows: RowArray) -> Fixed:
        """Vectors of rows in 16 bits, in order. Gives pages back to the system after some rows."""
        order = np.argsort(rows, kind="stable")
        found = np.empty((len(rows), self.table.centroids.shape[1]), np.int16)
        found[order] = self.table.vectors[rows[order]]
        self._release(len(rows))
        return found

    def _release(self, rows: int) -> None:
        """Notes that rows were read of the mapped file, and gives its pages back where they were many."""
        with self._reading:
            self._read += rows
            if self._pages is not None and self._read > _MAPPED_ROWS:
                self._read = 0
                self._pages.give_back()

    def search(
        self, vector: FloatArray, k: int, where: SearchFilter, language: int | None, alive: Bits, *, all_alive: bool
    ) -> tuple[IdArray, FloatArray]:
        """Ids and similarities of the best `k` rows that are alive and pass, and of some more, in any order."""
        mask = self._mask(where, language, alive, all_alive=all_alive)
        passing = len(self) if mask is None else count(mask)
        if k <= 0 or passing == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if mask is not None and passing <= max(_READ_EACH, k):
            rows = unpacked(mask)
            similarities = self.vectors(rows) @ vector
        else:
            rows, similarities = self._nearest(vector, k, mask, passing)
        best = closest(similarities, k)
        return self.table.ids[rows[best]], similarities[best]

    def _mask(self, where: SearchFilter, language: int | None, alive: Bits, *, all_alive: bool) -> Bits | None:
        """Rows that are alive and pass; None for all."""
        condition = self._masks.condition(where, language)
        mask = None if all_alive else alive
        if condition is not None:
            mask = self._masks.mask(condition) if mask is None else mask & self._masks.mask(condition)
        if where.among is not None:
            rows = self.rows_of(id_array(where.among))
            among = np.zeros(len(self), np.bool_)
            among[rows[rows >= 0]] = True
            mask = packed(among) if mask is None else mask & packed(among)
        if where.excluded:
            rows = self.rows_of(id_array(where.excluded))
            mask = cleared(alive if mask is None else mask, rows[rows >= 0])
        return mask

    def _nearest(self, vector: FloatArray, k: int, mask: Bits | None, passing: int) -> tuple[RowArray, FloatArray]:
        """Rows that the nearest lists give, and their similarities."""
        sizes = np.diff(self.table.offsets) if mask is None else counts_between(mask, self.table.offsets)
        proximity = self.table.centroids @ vector
        order = np.argsort(-proximity)
        order = order[sizes[order] > 0]
        read_until = np.cumsum(sizes[order])
        wanted = min(k + _MORE, passing)
        while True:
            rows = self._read_in_turns(vector, wanted, order, proximity, read_until, mask)
            similarities = self.vectors(rows) @ vector
            if len(rows) < wanted or wanted == passing:
                return rows, similarities
            compared = rounded(similarities)
            if compared.min() < np.partition(compared, len(compared) - k)[len(compared) - k]:
                return rows, similarities
            wanted = min(4 * wanted, passing)  # all are equal from the k-th on: those with the lowest ids are wanted

    def _read_in_turns(
        self,
        vector: FloatArray,
        wanted: int,
        order: RowArray,
        proximity: FloatArray,
        read_until: RowArray,
        mask: Bits | None,
    ) -> RowArray:
        """The `wanted` rows with the best codes in the first lists of an order.

        Each turn reads as many rows as all before it, until one changes nothing among the best few: near something
        that is soon, and where all is far away, and the nearest lie anywhere, late.
        """
        rows, scores = np.empty(0, np.int64), np.empty(0, np.float32)
        begin, read = 0, 0
        while begin < len(order):
            goal = max(read + self._candidates if read == 0 else 2 * read, len(rows) + 1)
            end = min(int(np.searchsorted(read_until, goal)) + 1, len(order))
            lists = order[begin:end]
            more_rows, more_scores = self._from_lists(vector, wanted, lists, proximity[lists], mask)
            known = len(rows)
            rows, scores = np.concatenate([rows, more_rows]), np.concatenate([scores, more_scores])
            best = np.argsort(-scores, kind="stable")[:wanted]
            settled = known > 0 and (best[:_SETTLED] < known).all()
            rows, scores = rows[best], scores[best]
            begin, read = end, int(read_until[end - 1])
            if len(rows) >= wanted and (settled or read >= _MOST_TURNS * self._candidates):
                break
        return rows

    def _from_lists(
        self, vector: FloatArray, wanted: int, lists: RowArray, proximity: FloatArray, mask: Bits | None
    ) -> tuple[RowArray, FloatArray]:
        """Rows with the best codes in these lists, at most `wanted`, and their scores."""
        query, _ = query_codes(vector)
        keys, coarse = np.ascontiguousarray(lists, np.int64), np.ascontiguousarray(proximity, np.float32)
        scores, rows = np.empty(wanted, np.float32), np.empty(wanted, np.int64)
        parameters: Any = faiss.IVFSearchParameters
        selector: Any = faiss.IDSelectorBitmap
        chosen = {} if mask is None else {"sel": selector(mask)}
        self._lists.search_preassigned_c(
            1,
            faiss.swig_ptr(query),
            wanted,
            faiss.swig_ptr(keys),
            faiss.swig_ptr(coarse),
            faiss.swig_ptr(scores),
            faiss.swig_ptr(rows),
            False,
            parameters(nprobe=len(keys), **chosen),
        )
        found = rows >= 0
        return rows[found], scores[found]
