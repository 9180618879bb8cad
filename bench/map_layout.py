"""Layout of the map: time and memory of UMAP, t-SNE (openTSNE) and PCA, and how well neighbours stay neighbours.

    python bench/map_layout.py [--points 50000] [--only pca umap umap_alone tsne]

Vectors are synthetic: 400 groups on the unit sphere of 384 dimensions. `kept` is the share of a vector's ten nearest
that are among its thirty nearest in the plane, of 500 drawn. Each method runs in a process of its own, on one thread.
"""

import argparse
import multiprocessing
import resource
import time

import numpy as np


def vectors_of(points: int) -> np.ndarray:
    drawn = np.random.default_rng(0)
    centres = drawn.normal(size=(400, 384))
    vectors = centres[drawn.integers(400, size=points)] + drawn.normal(size=(points, 384)) * 0.8
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def umap(vectors: np.ndarray) -> np.ndarray:
    from index.layout.umap_process import positions

    return positions(vectors)


def umap_alone(vectors: np.ndarray) -> np.ndarray:
    """With UMAP's own search for neighbours and its own first positions."""
    import umap

    options = {"n_neighbors": 15, "min_dist": 0.1, "metric": "cosine", "random_state": 0, "n_jobs": 1}
    return umap.UMAP(**options).fit_transform(vectors)


def tsne(vectors: np.ndarray) -> np.ndarray:
    from openTSNE import TSNE

    return np.asarray(TSNE(metric="cosine", n_jobs=1, random_state=0).fit(vectors))


def pca(vectors: np.ndarray) -> np.ndarray:
    from index.layout.positions import principal_components

    return principal_components(vectors)


METHODS = {"pca": pca, "umap": umap, "umap_alone": umap_alone, "tsne": tsne}


def kept(vectors: np.ndarray, positions: np.ndarray) -> float:
    shares = []
    for at in np.random.default_rng(1).integers(len(vectors), size=500):
        near = set(np.argsort(-(vectors @ vectors[at]))[1:11].tolist())
        plane = np.argsort(((positions - positions[at]) ** 2).sum(axis=1))[1:31]
        shares.append(len(near & set(plane.tolist())) / 10)
    return float(np.mean(shares))


def measure(name: str, points: int) -> None:
    vectors = vectors_of(points)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, used = time.perf_counter(), time.process_time()
    positions = METHODS[name](vectors)
    wall, processor = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"| {name} | {points:,} | {wall:.1f} s | {processor:.1f} s | {peak / 1024:.0f} MiB ({before / 1024:.0f} before) | {kept(vectors, positions):.2f} |",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--points", type=int, default=50_000)
    options.add_argument("--only", nargs="*", default=list(METHODS))
    given = options.parse_args()
    print("| layout | points | wall | processor | peak memory | kept |\n|---|---|---|---|---|---|")
    for name in given.only:
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(name, given.points))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
