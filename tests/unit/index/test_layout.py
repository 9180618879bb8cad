"""Layout of vectors in a plane."""

import numpy as np
import pytest

from index.layout import nearest, positions


@pytest.fixture(params=["pca", "umap"])
def method(request, monkeypatch):
    """Both layouts; UMAP's process is stood in for, as the package is heavy and may not be there."""
    monkeypatch.setattr(positions, "method", lambda: request.param)
    monkeypatch.setattr(positions, "LEAST_FOR_UMAP", 5)
    if request.param == "umap":
        monkeypatch.setattr(positions, "_by_umap", lambda vectors: vectors[:, :2] * 100)
    return request.param


def grouped(count=60, dimension=16):
    drawn = np.random.default_rng(1)
    vectors = np.concatenate(
        [np.eye(dimension)[group] + drawn.normal(size=(count // 3, dimension)) * 0.05 for group in range(3)]
    )
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_groups_lie_apart_in_the_unit_square_and_again_in_the_same_place(method):
    vectors = grouped()
    found = positions.lay_out(vectors)
    assert found.shape == (60, 2)
    assert found.min() >= 0
    assert found.max() <= 1
    centres = found.reshape(3, 20, 2).mean(axis=1)
    spread = found.reshape(3, 20, 2).std(axis=1).max()
    assert min(np.linalg.norm(centres[one] - centres[other]) for one, other in ((0, 1), (0, 2), (1, 2))) > 3 * spread
    assert (positions.lay_out(vectors) == found).all()


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_vectors_are_laid_out_too(count):
    assert positions.lay_out(grouped()[:count]).shape == (count, 2)


def test_umap_that_fails_gives_the_plain_layout(monkeypatch):
    vectors = grouped()
    monkeypatch.setattr(positions, "method", lambda: "pca")
    plain = positions.lay_out(vectors)
    monkeypatch.setattr(positions, "method", lambda: "umap")
    monkeypatch.setattr(positions, "LEAST_FOR_UMAP", 5)
    monkeypatch.setattr(positions.sys, "executable", "/nothing/is/here")
    assert (positions.lay_out(vectors) == plain).all()


def test_new_vectors_are_placed_amid_their_nearest():
    vectors = grouped()
    known = np.arange(60) % 20 != 0
    laid_out = positions.lay_out(vectors)
    placed = positions.near_neighbours(vectors[~known], vectors[known], laid_out[known])
    for group, found in enumerate(placed):
        centre = laid_out[group * 20 : group * 20 + 20].mean(axis=0)
        assert np.linalg.norm(found - centre) < 0.1
    alone = positions.near_neighbours(vectors[:2], vectors[2:3], laid_out[2:3])
    assert np.allclose(alone, laid_out[2])


def test_neighbours_among_many_are_nearly_those_of_all_comparisons(monkeypatch):
    vectors = grouped(count=900)
    exact, distances = nearest.nearest(vectors, 5)
    assert (exact[:, 0] == np.arange(900)).all()
    assert (np.diff(distances) >= 0).all()
    assert distances.min() >= 0
    monkeypatch.setattr(nearest, "_FLAT_UP_TO", 100)
    searched, _ = nearest.nearest(vectors, 5)
    assert np.mean([len(set(one) & set(other)) / 5 for one, other in zip(exact, searched, strict=True)]) > 0.9
