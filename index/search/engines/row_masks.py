"""Bit masks of the rows of an unchanging table that pass a filter, kept for the next search with the same one."""

import threading
from collections import OrderedDict
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.contract import NEVER, SHARED, SearchFilter
from index.search.engines.entries import Columns

Bits = npt.NDArray[np.uint8]
"""A bit a row, the lowest first, padded to whole 8 bytes."""

_REMEMBERED: Final = 32


class Condition(NamedTuple):
    """Filter by attributes, without conditions that all rows of the table meet; two that say the same are equal."""

    ends_by: int | None
    begins_by: int | None
    begins_from: int | None
    viewer: int | None
    language: int | None
    known_by: int | None
    shared_only: bool
    """True where the table has private rows."""


class RowMasks:
    """Masks over the attributes of n rows. Safe to call from several threads."""

    def __init__(self, columns: Columns) -> None:
        """`columns.languages`: codes."""
        self._begins = np.ascontiguousarray(columns.periods[:, 0])
        self._ends = np.ascontiguousarray(columns.periods[:, 1])
        self._owners = columns.owners
        self._languages = columns.languages
        self._known_from = columns.known_from
        dated = self._begins < NEVER
        self._last_end = int(self._ends[dated].max(initial=-NEVER))
        self._last_begin = int(self._begins[dated].max(initial=-NEVER))
        self._last_known = int(self._known_from.max(initial=-NEVER))
        self._private = frozenset(np.unique(self._owners).tolist()) - {SHARED}
        self._lock = threading.Lock()
        self._masks: OrderedDict[Condition, Bits] = OrderedDict()

    def condition(self, where: SearchFilter, language: int | None) -> Condition | None:
        """The filter's condition on attributes; None where every row meets it."""
        known_by = where.known_by
        condition = Condition(
            None if where.ends_by is None else min(where.ends_by, self._last_end),
            None if where.begins_by is None else min(where.begins_by, self._last_begin),
            where.begins_from,
            where.viewer if where.viewer in self._private else None,
            language,
            None if known_by is None or known_by >= self._last_known else known_by,
            bool(self._private),
        )
        return None if condition == Condition(*(None,) * 6, shared_only=False) else condition

    def mask(self, condition: Condition) -> Bits:
        """Rows that meet a condition; not to be changed."""
        with self._lock:
            if condition in self._masks:
                self._masks.move_to_end(condition)
                return self._masks[condition]
        found = packed(self._inside(condition))
        with self._lock:
            self._masks[condition] = found
            if len(self._masks) > _REMEMBERED:
                self._masks.popitem(last=False)
        return found

    def _inside(self, condition: Condition) -> npt.NDArray[np.bool_]:
        inside = np.ones(len(self._begins), np.bool_)
        if condition.shared_only:
            inside = self._owners == SHARED
            if condition.viewer is not None:
                inside |= self._owners == condition.viewer
        if condition.ends_by is not None:
            inside &= self._ends <= condition.ends_by
        if condition.begins_by is not None:
            inside &= self._begins <= condition.begins_by
        if condition.begins_from is not None:
            inside &= (self._begins >= condition.begins_from) & (self._begins < NEVER)
        if condition.language is not None:
            inside &= self._languages == condition.language
        if condition.known_by is not None:
            inside &= self._known_from <= condition.known_by
        return inside


def packed(mask: npt.NDArray[np.bool_]) -> Bits:
    """Bits of a mask of shape (n,)."""
    bits = np.zeros(-(-len(mask) // 64) * 8, np.uint8)
    some = np.packbits(mask, bitorder="little")
    bits[: len(some)] = some
    return bits


def unpacked(bits: Bits) -> npt.NDArray[np.int64]:
    """Rows whose bit is set, in order."""
    return np.flatnonzero(np.unpackbits(bits, bitorder="little"))


def count(bits: Bits) -> int:
    """Number of rows whose bit is set."""
    return int(np.bitwise_count(bits.view(np.uint64)).sum())


def counts_between(bits: Bits, offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Set bits between neighbours of `offsets`, shape (m,): m - 1 numbers that are too large by at most 14 each."""
    until = np.zeros(len(bits) + 1, np.int64)
    np.cumsum(np.bitwise_count(bits), out=until[1:])
    return until[np.minimum((offsets[1:] + 7) // 8, len(bits))] - until[offsets[:-1] // 8]


def cleared(bits: Bits, rows: npt.NDArray[np.int64]) -> Bits:
    """Copy without these rows."""
    copy = bits.copy()
    np.bitwise_and.at(copy, rows >> 3, ~(np.uint8(1) << (rows & 7).astype(np.uint8)))
    return copy


def has(bits: Bits, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Mask of those of the rows whose bit is set."""
    mask: npt.NDArray[np.bool_] = (bits[rows >> 3] >> (rows & 7).astype(np.uint8) & 1).astype(np.bool_)
    return mask
