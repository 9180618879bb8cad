"""Engines that the battery runs over, and small vectors and attributes for it."""

from typing import Any

import numpy as np

from index.contract import NEVER, Attributes, VectorIndex
from index.factory import open_index
from index.search.engines.faiss import FaissIndex

DIMENSION = 8
ENGINES = ["faiss:", "exact:", "lists", "lists at once"]
"""The last two are `faiss:` with inverted lists from the first entry on; at once: built before a change returns."""

TOLERANCE = 5e-5
"""Of similarities where vectors are stored in 16 bits: dimension ** 0.5 times half a step."""


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
    return open_index(engine, DIMENSION)


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
