"""Layout of vectors in a plane: by UMAP where that is installed, else by principal components (PCA)."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from index.contract import FloatArray

LEAST_FOR_UMAP: Final = 500
"""Vectors below which the plain layout serves: UMAP takes half a minute to begin."""
_TIMEOUT_S: Final = 480.0
"""By the clock: on a busy machine the process waits for its turn."""
_NEIGHBOURS: Final = 5
_AT_ONCE: Final = 256
_OUTER: Final = (0.5, 99.5)
"""Percentiles of each coordinate that become 0 and 1: a few vectors far out do not press the others together."""


@cache
def method() -> str:
    """Name of the layout in use: `umap` or `pca`."""
    return "umap" if importlib.util.find_spec("umap") else "pca"


def lay_out(vectors: FloatArray) -> FloatArray:
    """Positions of unit vectors, shape (n, dimension), in the unit square: shape (n, 2). Deterministic.

    UMAP runs in a process of its own at low priority: its memory is free again afterwards. Where it fails or takes
    more than five minutes of processor time or eight by the clock, the positions are those of PCA.
    """
    if len(vectors) >= LEAST_FOR_UMAP and method() == "umap":
        found = _by_umap(vectors)
        if found is not None:
            return _in_square(found)
    return _in_square(principal_components(vectors))


def principal_components(vectors: FloatArray) -> FloatArray:
    """The two coordinates in which the vectors differ most: shape (n, 2)."""
    if len(vectors) < 2:
        return np.zeros((len(vectors), 2), np.float32)
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    two = axes[:, -2:][:, ::-1]
    two = two * np.where(two[np.abs(two).argmax(axis=0), range(two.shape[1])] < 0, -1, 1)
    return np.pad(centred @ two, ((0, 0), (0, 2 - two.shape[1]))).astype(np.float32)


def near_neighbours(vectors: FloatArray, placed: FloatArray, positions: FloatArray) -> FloatArray:
    """Positions for vectors amid those placed already: the mean of their five nearest, by cosine, weighted by it.

    `placed` of shape (m, dimension), at least one; `positions` of shape (m, 2).
    """
    found = np.zeros((len(vectors), 2), np.float32)
    count = min(_NEIGHBOURS, len(placed))
    for start in range(0, len(vectors), _AT_ONCE):
        cosines = vectors[start : start + _AT_ONCE] @ placed.T
        nearest = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        weights = np.maximum(np.take_along_axis(cosines, nearest, axis=1), 1e-3) ** 8
        found[start : start + len(cosines)] = (positions[nearest] * weights[..., None]).sum(axis=1) / weights.sum(
            axis=1, keepdims=True
        )
    return found


def _by_umap(vectors: FloatArray) -> FloatArray | None:
    with tempfile.TemporaryDirectory(prefix="refrain-layout-") as folder:
        source, target = Path(folder, "vectors.npy"), Path(folder, "positions.npy")
        np.save(source, vectors)
        command = [sys.executable, "-m", "index.layout.umap_process", str(source), str(target)]
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        try:
            subprocess.run(  # noqa: S603 - our own module, and paths that we made
                command, check=True, timeout=_TIMEOUT_S, capture_output=True, env={**os.environ, "PYTHONPATH": path}
            )
            positions = np.asarray(np.load(target), np.float32)
        except (OSError, subprocess.SubprocessError, ValueError):
            return None
        usable = positions.shape == (len(vectors), 2) and bool(np.isfinite(positions).all())
        return positions if usable else None


def _in_square(positions: FloatArray) -> FloatArray:
    if not len(positions):
        return positions.astype(np.float32)
    low, high = np.percentile(positions, _OUTER, axis=0)
    scaled: FloatArray = np.clip((positions - low) / np.maximum(high - low, 1e-9), 0, 1).astype(np.float32)
    return scaled
