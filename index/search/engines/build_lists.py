"""Builds inverted lists from entries: fits centroids where those there are of other entries, and sorts rows by them."""

import mmap
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import faiss
import numpy as np
import numpy.typing as npt

from index.contract import FloatArray, IdArray
from index.search.engines.entries import Columns
from index.search.engines.fixed_point import Fixed, scale_of, to_fixed, to_float
from index.search.engines.inverted_lists import Table

_MOST_LISTS: Final = 2_048
_ENTRIES_A_LIST: Final = 256
_SAMPLED_A_LIST: Final = 48
_ITERATIONS: Final = 8
_REFIT_AFTER: Final = 1.25
"""Growth since the centroids were fitted, after which they are fitted again: new entries are about new things."""

_AT_ONCE: Final = 8_192
_SEED: Final = 20_260_101


class Source(NamedTuple):
    """Entries to build from: `read` gives the vectors of rows, in 16 bits."""

    ids: IdArray
    columns: Columns
    read: Callable[[npt.NDArray[np.int64]], Fixed]


def build_table(sources: Sequence[Source], dimension: int, known: Table | None, folder: Path | None) -> Table:
    """Table of the entries of all sources, whose ids differ. Its vectors are written to a file without a name in
    `folder`, None: where temporary files lie. Raises `OSError`.

    `known`: whose centroids are kept while they are of most of the entries.
    """
    counts = [len(source.ids) for source in sources]
    total = sum(counts)
    read = _reader(sources, counts, dimension)
    if known is not None and total <= _REFIT_AFTER * known.trained_on:
        centroids, trained_on = known.centroids, known.trained_on
    else:
        centroids, trained_on = _fitted(read, total, dimension), total
    nearest = faiss.IndexFlatIP(dimension)
    nearest.add(centroids)
    lists = np.empty(total, np.int32)
    largest = 0.0
    for begin in range(0, total, _AT_ONCE):
        rows = np.arange(begin, min(begin + _AT_ONCE, total))
        vectors = to_float(read(rows))
        lists[rows] = nearest.search(vectors, 1)[1][:, 0]
        largest = max(largest, float(np.abs(vectors).max(initial=0)))
    order = np.argsort(lists, kind="stable")
    offsets = np.zeros(len(centroids) + 1, np.int64)
    np.cumsum(np.bincount(lists, minlength=len(centroids)), out=offsets[1:])
    columns = sources[0].columns
    for source in sources[1:]:
        columns = columns.joined(source.columns)
    return Table(
        centroids,
        offsets,
        np.concatenate([source.ids for source in sources])[order],
        columns.select(order),
        _written(read, order, dimension, folder),
        scale_of(np.array([largest], np.float32)),
        trained_on,
    )


def _reader(
    sources: Sequence[Source], counts: Sequence[int], dimension: int
) -> Callable[[npt.NDArray[np.int64]], Fixed]:
    """Reads rows of all sources, numbered one source after the other."""
    firsts = np.concatenate([[0], np.cumsum(counts)])

    def read(rows: npt.NDArray[np.int64]) -> Fixed:
        found = np.empty((len(rows), dimension), np.int16)
        for source, first, end in zip(sources, firsts[:-1], firsts[1:], strict=True):
            theirs = np.flatnonzero((rows >= first) & (rows < end))
            if len(theirs):
                found[theirs] = source.read(rows[theirs] - first)
        return found

    return read


def _fitted(read: Callable[[npt.NDArray[np.int64]], Fixed], total: int, dimension: int) -> FloatArray:
    """Centroids of a sample of the rows: shape (lists, dimension)."""
    lists = min(_MOST_LISTS, max(total // _ENTRIES_A_LIST, int(total**0.5)))
    sampled = min(total, _SAMPLED_A_LIST * lists)
    rows = np.sort(np.random.default_rng(_SEED).choice(total, sampled, replace=False))
    sample = np.empty((sampled, dimension), np.float32)
    for begin in range(0, sampled, _AT_ONCE):
        sample[begin : begin + _AT_ONCE] = to_float(read(rows[begin : begin + _AT_ONCE]))
    means: Any = faiss.Kmeans(
        dimension,
        lists,
        niter=_ITERATIONS,
        spherical=True,
        seed=_SEED,
        min_points_per_centroid=1,
        max_points_per_centroid=_SAMPLED_A_LIST,
    )
    means.train(sample)
    centroids: FloatArray = means.centroids
    return centroids


def _written(
    read: Callable[[npt.NDArray[np.int64]], Fixed], order: npt.NDArray[np.int64], dimension: int, folder: Path | None
) -> Fixed:
    """The rows in this order, mapped from a file that goes away with the mapping."""
    with tempfile.TemporaryFile(dir=folder) as file:
        for begin in range(0, len(order), _AT_ONCE):
            file.write(read(order[begin : begin + _AT_ONCE]).tobytes())
        file.flush()
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return np.frombuffer(mapped, np.int16).reshape(len(order), dimension)


def fixed_rows(vectors: FloatArray) -> Callable[[npt.NDArray[np.int64]], Fixed]:
    """Reader of plain vectors."""
    return lambda rows: to_fixed(vectors[rows])


def background_priority() -> None:
    """Lets the calling thread compute only while no other wants to, on one processor."""
    faiss.omp_set_num_threads(1)
    if sys.platform == "linux":  # where a priority is a thread's, not the process's
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, 19)
