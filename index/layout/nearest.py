"""Nearest neighbours of all vectors of a layout among each other, by one search of an inverted file (FAISS)."""

from typing import Any, Final

import faiss
import numpy as np

from index.contract import FloatArray, IdArray

_FLAT_UP_TO: Final = 4_000
"""Vectors that are compared each with each."""
_PROBES: Final = 12
_ROUNDS: Final = 8
_TRAINED_ON_EACH: Final = 40
"""Vectors of a list that its centre is found by."""


def nearest(vectors: FloatArray, count: int) -> tuple[IdArray, FloatArray]:
    """Rows of the `count` nearest of each of n unit vectors, itself among them, and their cosine distances, 0 to 2.

    Both of shape (n, count), the nearest first. Approximate above some thousands; -1 where there are no more.
    """
    dimension = vectors.shape[1]
    flat = faiss.IndexFlatIP(dimension)
    index: Any = flat
    if len(vectors) > _FLAT_UP_TO:
        index = faiss.IndexIVFFlat(flat, dimension, int(len(vectors) ** 0.5), faiss.METRIC_INNER_PRODUCT)
        index.cp.niter, index.cp.max_points_per_centroid = _ROUNDS, _TRAINED_ON_EACH
        index.train(vectors)
        index.nprobe = _PROBES
    index.add(vectors)
    cosines, rows = index.search(vectors, count)
    return rows, np.maximum(0, 1 - cosines).astype(np.float32)
