"""Builds inverted lists from entries: fits centroids where those there are of other entries, and sorts rows by them."""

import mmap
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import faiss
import numpy as np
import numpy.typing as npt

from index.contract import FloatArray, IdArray
from index.search.engines.build_at_exit import check_not_ending
from index.search.engines.entries import Columns
from index.search.engines.fixed_point import Codes, Fixed, scale_of, to_codes, to_fixed, to_float
from index.search.engines.inverted_lists import Table
from index.search.mapped_files import pages_of

_MOST_LISTS: Final = 4_096
_ENTRIES_A_LIST: Final = 128
_SAMPLED_A_LIST: Final = 40
_ITERATIONS: Final = 6
_SAMPLED_FOR_SCALE: Final = 16_384
_REFIT_AFTER: Final = 1.5
"""Growth since the centroids were fitted, after which they are fitted again: new entries are about new things."""

_AT_ONCE: Final = 8_192
_SEED: Final = 20_260_101


T = TypeVar("T", bound=np.generic)

Read = Callable[[npt.NDArray[np.int64]], Fixed]
"""Gives the vectors of rows, in 16 bits."""


class Source(NamedTuple):
    """Entries to build from."""

    ids: IdArray
    columns: Columns
    read: Read
    lists: npt.NDArray[np.int32] | None = None
    """Lists of the rows under the known centroids, where they are known."""


def build_table(sources: Sequence[Source], dimension: int, known: Table | None, folder: Path | None) -> Table:
    """Table of the entries of all sources, whose ids differ. Vectors and codes are written to files without a name in
    `folder`, None: where temporary files lie. Raises `OSError`.

    `known`: whose centroids are kept while they are of most of the entries.
    """
    read = _reader(sources)
    total = sum(len(source.ids) for source in sources)
    if known is not None and total <= _REFIT_AFTER * known.trained_on:
        centroids, trained_on = known.centroids, known.trained_on
        lists = np.concatenate(
            [source.lists if source.lists is not None else _assigned(source, centroids) for source in sources]
        )
    else:
        centroids, trained_on = _fitted(read, total, dimension), total
        lists = np.concatenate([_assigned(source, centroids) for source in sources])
    order = np.argsort(lists, kind="stable")
    offsets = np.zeros(len(centroids) + 1, np.int64)
    np.cumsum(np.bincount(lists, minlength=len(centroids)), out=offsets[1:])
    columns = sources[0].columns
    for source in sources[1:]:
        columns = columns.joined(source.columns)
    in_order = (read(order[begin : begin + _AT_ONCE]) for begin in range(0, total, _AT_ONCE))
    vectors = _written(in_order, folder, np.int16).reshape(total, dimension)
    scale = scale_of(_sample(read, total, _SAMPLED_FOR_SCALE, dimension))
    return Table(
        centroids,
        offsets,
        np.concatenate([source.ids for source in sources])[order],
        columns.select(order),
        vectors,
        codes_of(vectors, scale, folder),
        scale,
        trained_on,
    )


def codes_of(vectors: Fixed, scale: float, folder: Path | None) -> Codes:
    """Rows of vectors in 8 bits, mapped from a file in `folder` as those of `build_table` are. Raises `OSError`."""
    pages = pages_of(vectors)

    def parts() -> Iterator[Codes]:
        for begin in range(0, len(vectors), _AT_ONCE):
            yield to_codes(vectors[begin : begin + _AT_ONCE], scale)
            if pages is not None:
                pages.give_back()

    return _written(parts(), folder, np.uint8).reshape(vectors.shape)


def _assigned(source: Source, centroids: FloatArray) -> npt.NDArray[np.int32]:
    """Lists of the rows of a source: those of the nearest centroids."""
    nearest = faiss.IndexFlatIP(centroids.shape[1])
    nearest.add(centroids)
    lists = np.empty(len(source.ids), np.int32)
    for begin in range(0, len(lists), _AT_ONCE):
        check_not_ending()
        rows = np.arange(begin, min(begin + _AT_ONCE, len(lists)))
        lists[rows] = nearest.search(to_float(source.read(rows)), 1)[1][:, 0]
    return lists


def _reader(sources: Sequence[Source]) -> Read:
    """Reads rows of all sources, numbered one source after the other."""
    firsts = np.concatenate([[0], np.cumsum([len(source.ids) for source in sources])])

    def read(rows: npt.NDArray[np.int64]) -> Fixed:
        parts, places = [], []
        for source, first, end in zip(sources, firsts[:-1], firsts[1:], strict=True):
            theirs = np.flatnonzero((rows >= first) & (rows < end))
            parts.append(source.read(rows[theirs] - first))
            places.append(theirs)
        found = np.concatenate(parts)
        found[np.concatenate(places)] = found.copy()
        return found

    return read


def _sample(read: Read, total: int, most: int, dimension: int) -> FloatArray:
    """Vectors of some rows."""
    sampled = min(total, most)
    rows = np.sort(np.random.default_rng(_SEED).choice(total, sampled, replace=False))
    sample = np.empty((sampled, dimension), np.float32)
    for begin in range(0, sampled, _AT_ONCE):
        check_not_ending()
        sample[begin : begin + _AT_ONCE] = to_float(read(rows[begin : begin + _AT_ONCE]))
    return sample


def _fitted(read: Read, total: int, dimension: int) -> FloatArray:
    """Centroids of a sample of the rows: shape (lists, dimension)."""
    check_not_ending()
    lists = min(_MOST_LISTS, max(total // _ENTRIES_A_LIST, int(total**0.5)))
    means: Any = faiss.Kmeans(
        dimension,
        lists,
        niter=_ITERATIONS,
        spherical=True,
        seed=_SEED,
        min_points_per_centroid=1,
        max_points_per_centroid=_SAMPLED_A_LIST,
    )
    means.train(_sample(read, total, _SAMPLED_A_LIST * lists, dimension))
    centroids: FloatArray = means.centroids
    return centroids


def _written(parts: Iterable[npt.NDArray[Any]], folder: Path | None, kind: type[T]) -> npt.NDArray[T]:
    """The numbers of all parts, which there are, mapped from a file that goes away with the mapping."""
    with tempfile.TemporaryFile(dir=folder) as file:
        for part in parts:
            check_not_ending()
            file.write(part.data)
        file.flush()
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return np.frombuffer(mapped, kind)


def fixed_rows(vectors: FloatArray) -> Read:
    """Reader of plain vectors."""
    return lambda rows: to_fixed(vectors[rows])


def one_processor(*, lowest_priority: bool) -> None:
    """Lets the calling thread compute on one processor; with `lowest_priority` only while no other wants to."""
    faiss.omp_set_num_threads(1)
    if lowest_priority and sys.platform == "linux":  # where a priority is a thread's, not the process's
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, 19)
