"""Process that lays vectors out by UMAP: `python -m index.layout.umap_process VECTORS.npy POSITIONS.npy`.

Neighbours come from FAISS and the first positions from principal components: UMAP's own ways to both take longer.
"""

import os
import resource
import sys
import warnings
from pathlib import Path
from typing import Final

import numpy as np

from index.contract import FloatArray
from index.layout.nearest import nearest

_NEIGHBOURS: Final = 15
MOST_PROCESSOR_S: Final = 300
"""Processor time after which the process is ended."""


def positions(vectors: FloatArray) -> FloatArray:
    """Positions of n unit vectors, shape (n, dimension), with n above 15: shape (n, 2). Deterministic."""
    import umap

    warnings.filterwarnings("ignore", "precomputed_knn", UserWarning)  # it could place no new vectors, and need not
    rows, distances = nearest(vectors, _NEIGHBOURS)
    layout = umap.UMAP(
        n_components=2,
        n_neighbors=_NEIGHBOURS,
        min_dist=0.1,
        metric="cosine",
        init="pca",
        random_state=0,
        n_jobs=1,
        precomputed_knn=(rows.astype(np.int32), distances),
    )
    return np.asarray(layout.fit_transform(vectors), np.float32)


def main(source: Path, target: Path) -> None:
    """Reads vectors, shape (n, dimension), and writes positions, shape (n, 2)."""
    np.save(target, positions(np.load(source)))


if __name__ == "__main__":
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_S, MOST_PROCESSOR_S))
    main(Path(sys.argv[1]), Path(sys.argv[2]))
