"""Engines that the battery runs over, and small vectors and attributes for it.

Those that keep their vectors in a database have each an index under a name of its own, in one database.
"""

import itertools
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import numpy as np

from bench.qdrant_on_edge.collections import EdgeCollections
from index.contract import NEVER, Attributes, VectorIndex
from index.factory import open_index
from index.search.engines.faiss import FaissIndex
from index.search.engines.pgvector import PgvectorIndex
from index.search.engines.qdrant import QdrantIndex
from index.search.engines.qdrant_collections import Collections, Point
from index.search.shared import IndexBusy

DIMENSION = 8
ENGINES = [
    "faiss:", "exact:", "lists", "lists at once", "pgvector:", "pgvector by graph", "qdrant", "qdrant by graph",
    "qdrant over HTTP",
]  # fmt: skip
"""Lists are `faiss:` with inverted lists from the first entry on; at once: built before a change returns. By graph: an
index of any size is searched by it. Qdrant is its engine out of a wheel, within the process or behind HTTP."""

TOLERANCE = 5e-5
"""Of similarities where vectors are stored in 16 bits: dimension ** 0.5 times half a step."""


databases: list[Any] = []
"""Connections to the database; the fixture `database_of_engines` puts them here."""

qdrants: list[dict[str, Collections]] = []
"""Places for collections of Qdrant, by engine; the fixture `qdrant_of_engines` puts them here."""

_numbers = itertools.count(1)


class ListsAtOnce(FaissIndex):
    """Index whose lists hold every change when it returns."""

    def upsert(self, *entries: Any) -> None:
        super().upsert(*entries)
        self.wait_until_built()

    def remove(self, ids: np.ndarray) -> int:
        removed = super().remove(ids)
        self.wait_until_built()
        return removed


def opened(engine: str) -> VectorIndex:
    if engine.startswith("lists"):
        lists = ListsAtOnce if engine == "lists at once" else FaissIndex
        return lists(DIMENSION, approximate_above=0)
    if engine.startswith("pgvector"):
        return open_pgvector(DIMENSION, **({"exact_up_to": -1} if engine == "pgvector by graph" else {}))
    if engine.startswith("qdrant"):
        return open_qdrant(DIMENSION, engine)
    return open_index(engine, DIMENSION)


def open_qdrant(dimension: int, engine: str = "qdrant") -> QdrantIndex:
    """An empty index."""
    return QdrantIndex(qdrants[-1][engine], "battery", f"{next(_numbers)}", dimension, LocalTurns())


class LocalTurns:
    """Turns of the threads of this process."""

    _locks: ClassVar[dict[str, threading.Lock]] = {}

    @contextmanager
    def __call__(self, name: str, *, wait: bool = True) -> Iterator[None]:
        lock = self._locks.setdefault(name, threading.Lock())
        if not lock.acquire(timeout=30 if wait else 0):
            raise IndexBusy("another thread has it")
        try:
            yield
        finally:
            lock.release()


class BuiltAtOnce(EdgeCollections):
    """Collections whose graph holds every change when it returns."""

    def upsert(self, name: str, points: Sequence[Point]) -> None:
        super().upsert(name, points)
        if len(points) > 1:  # else it is the position alone
            self.wait_until_built(name)


def open_pgvector(dimension: int, **options: Any) -> VectorIndex:
    """An empty index."""
    return PgvectorIndex(databases[-1], f"of the battery, {next(_numbers)}", dimension, **options)


def axis(*places: int) -> np.ndarray:
    """Unit vectors along the axes named."""
    return np.eye(DIMENSION, dtype=np.float32)[list(places)]


def days(*pairs: tuple[int, int]) -> Attributes:
    return Attributes(np.array(pairs, np.int64).reshape(-1, 2))


def ids(hits: list) -> list[int]:
    return [hit.id for hit in hits]


def labelled(owners: list[int], languages: list[str], known_from: list[int]) -> Attributes:
    """Attributes of undated entries."""
    return Attributes(days(*[(NEVER, NEVER)] * len(owners)).periods, np.array(owners), languages, np.array(known_from))
