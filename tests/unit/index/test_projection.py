"""A projection takes out what tells language and kind, and keeps what tells two things apart."""

import numpy as np
import pytest

from index.contract import WrongShape
from index.search.projection import Projection, ProjectionSettings, fit_projection

DIMENSION = 24


def unit(rows):
    rows = np.asarray(rows, np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def cosines(one, other):
    return (one * other).sum(1)


@pytest.fixture
def random():
    return np.random.default_rng(11)


@pytest.fixture
def worded(random):
    """Forty things in two languages: what is said, shifted by language, with some noise in a few directions."""
    said = random.normal(size=(40, DIMENSION))
    shift = np.zeros((2, DIMENSION))
    shift[0, 0], shift[1, 1] = 4, 4
    noise = np.zeros(DIMENSION)
    noise[2:6] = 2
    return [unit(said + shift[kind] + random.normal(size=said.shape) * noise) for kind in (0, 1)]


def test_an_identity_projection_changes_nothing_and_knows_no_themes(random):
    vectors = unit(random.normal(size=(9, DIMENSION)))
    clear = Projection.identity(DIMENSION)
    meaning = clear.project(vectors)
    np.testing.assert_allclose(meaning, vectors, atol=1e-6)
    assert clear.dimension == DIMENSION
    assert clear.topics_of(meaning).shape == (9, 0)
    assert (clear.topics_of(meaning) @ clear.topics_of(meaning).T == 0).all()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_projection_gives_rows_of_length_one(worded, count):
    fitted = fit_projection({"en": worded[0], "ru": worded[1]}, [worded[0] - worded[1]])
    meaning = fitted.project(worded[0][:count])
    assert meaning.shape == (count, fitted.dimension)
    assert meaning.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(meaning, axis=1), 1, atol=1e-5)


def test_the_means_of_two_kinds_coincide_after_projection(worded):
    fitted = fit_projection({"en": worded[0], "ru": worded[1]}, [worded[0] - worded[1]])
    apart = np.linalg.norm(worded[0].mean(0) - worded[1].mean(0))
    means = [((vectors - fitted.centre) @ fitted.matrix).mean(0) for vectors in worded]
    assert apart > 0.5
    np.testing.assert_allclose(means[0], means[1], atol=1e-4)


def test_two_wordings_of_one_thing_come_closer_than_two_things(worded):
    def margin(one, other):
        return cosines(one, other).mean() - cosines(one, np.roll(other, 1, axis=0)).mean()

    fitted = fit_projection({"en": worded[0], "ru": worded[1]}, [worded[0] - worded[1]])
    through = [fitted.project(vectors) for vectors in worded]
    assert margin(*through) > margin(*worded) + 0.1
    assert cosines(*through).mean() > cosines(*worded).mean()


def test_more_spread_changes_the_vectors_less(worded):
    kinds, pairs = {"all": np.vstack(worded)}, [worded[0] - worded[1]]
    centred = unit(worded[0] - np.vstack(worded).mean(0))
    strongly, weakly = (
        fit_projection(kinds, pairs, settings=ProjectionSettings(spread=spread)).project(worded[0])
        for spread in (1e-3, 1e3)
    )
    assert cosines(weakly, centred).min() > 0.999
    assert cosines(strongly, centred).mean() < cosines(weakly, centred).mean()


def test_without_pairs_only_the_kinds_are_taken_out(worded):
    fitted = fit_projection({"en": worded[0], "ru": worded[1]}, [])
    direction = worded[0].mean(0) - worded[1].mean(0)
    assert np.abs(direction @ fitted.matrix).max() < 1e-4
    assert np.linalg.matrix_rank(fitted.matrix.astype(np.float64), tol=1e-3) == DIMENSION - 1


def test_texts_of_one_theme_are_closer_by_theme_than_others(random):
    direction = random.normal(size=(4, DIMENSION)) * 2
    number = np.arange(200) % 4
    vectors = unit(direction[number] + random.normal(size=(200, DIMENSION)) * 2)
    tags = [[f"theme {one}", "everything"] for one in number]
    fitted = fit_projection(
        {"all": vectors}, [random.normal(size=(50, DIMENSION))], (vectors, tags), ProjectionSettings(topics=3)
    )
    themes = fitted.topics_of(fitted.project(vectors))
    assert themes.shape == (200, 3)
    alike = themes @ themes.T
    same = number[:, None] == number[None]
    assert alike[same].mean() > alike[~same].mean() + 0.5


def test_rare_tags_are_no_themes(random):
    vectors = unit(random.normal(size=(30, DIMENSION)))
    tags = [["common"] if number < 8 else [f"rare {number}"] for number in range(30)]
    fitted = fit_projection({"all": vectors}, [], (vectors, tags), ProjectionSettings(min_topic_size=8))
    assert fitted.topic_matrix.shape == (DIMENSION, 1)


def test_fitting_twice_gives_the_same_projection(worded):
    kinds, pairs = {"en": worded[0], "ru": worded[1]}, [worded[0] - worded[1]]
    assert fit_projection(kinds, pairs).fingerprint == fit_projection(kinds, pairs).fingerprint
    assert fit_projection(kinds, pairs).fingerprint != Projection.identity(DIMENSION).fingerprint


def test_another_projection_has_another_fingerprint():
    clear = Projection.identity(4)
    for name in ("centre", "matrix", "topic_centre"):
        arrays = {one: getattr(clear, one) for one in ("centre", "matrix", "topic_centre", "topic_matrix")}
        arrays[name] = arrays[name] + 1
        assert Projection(**arrays).fingerprint != clear.fingerprint
    assert Projection.identity(4).fingerprint == clear.fingerprint


@pytest.mark.parametrize(
    "shapes",
    [((3,), (4, 4), (4,), (4, 2)), ((4,), (4, 3), (4,), (4, 2)), ((4,), (4, 4), (4,), (3, 2)),
     ((4,), (4, 4), (3,), (4, 2))],
)  # fmt: skip
def test_maps_that_do_not_fit_each_other_are_refused(shapes):
    with pytest.raises(WrongShape, match="do not match"):
        Projection(*(np.zeros(shape, np.float32) for shape in shapes))
