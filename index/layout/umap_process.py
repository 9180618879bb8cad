"""Process that lays vectors out by UMAP: `python -m index.layout.umap_process VECTORS.npy POSITIONS.npy`."""

import os
import sys
from pathlib import Path

import numpy as np


def main(source: Path, target: Path) -> None:
    """Reads vectors, shape (n, dimension), and writes positions, shape (n, 2)."""
    import umap

    vectors = np.load(source)
    layout = umap.UMAP(
        n_components=2, n_neighbors=15, min_dist=0.1, metric="cosine", random_state=0, n_jobs=1, low_memory=True
    )
    np.save(target, np.asarray(layout.fit_transform(vectors), np.float32))


if __name__ == "__main__":
    os.nice(10)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
