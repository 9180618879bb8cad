"""Linear projection that removes language and register from embeddings (NAP, WCCN).

An encoder puts a post beside posts and Russian beside Russian, whatever they say. The projection is fitted
on labelled pairs; it removes those directions and weights the others by how much they differ between two wordings of
one thing (nuisance attribute projection and within-class covariance normalisation, as speaker verification does it:
Solomonoff et al. 2005, Hatch et al. 2006). A second map gives topic vectors, fitted to the tags of analysts.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.contract import FloatArray, WrongShape
from index.embedders.windows import unit_rows


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Projection: two linear maps over an embedder's vectors of `dimension` d."""

    centre: FloatArray
    """Shape (d,): taken off every vector first."""
    matrix: FloatArray
    """Shape (d, m): removes directions of language and register, and weights the rest."""
    topic_centre: FloatArray
    """Shape (m,): mean, subtracted from a projected unit vector."""
    topic_matrix: FloatArray
    """Shape (m, t); t may be 0, and then all topic similarities are 0."""

    def __post_init__(self) -> None:
        (d,), (rows, m), (n,), (k, _) = (
            self.centre.shape,
            self.matrix.shape,
            self.topic_centre.shape,
            self.topic_matrix.shape,
        )
        if (rows, n, k) != (d, m, m):
            raise WrongShape(f"the shapes of the projection do not match: {d}, {rows} x {m}, {n}, {k}")

    @property
    def dimension(self) -> int:
        """m, of the vectors that it gives."""
        return len(self.topic_centre)

    @property
    def fingerprint(self) -> str:
        """Changes when any vector could look different."""
        parts = (self.centre, self.matrix, self.topic_centre, self.topic_matrix)
        return hashlib.sha256(b"".join(part.astype("<f4").tobytes() for part in parts)).hexdigest()[:16]

    def project(self, vectors: FloatArray) -> FloatArray:
        """Projects vectors of shape (n, d) to shape (n, m), rows of length 1."""
        return unit_rows(((vectors - self.centre) @ self.matrix).astype(np.float32, copy=False))

    def topics_of(self, projected: FloatArray) -> FloatArray:
        """Topic vectors of projected embeddings: shape (n, t), rows of length 1."""
        return unit_rows(((projected - self.topic_centre) @ self.topic_matrix).astype(np.float32, copy=False))

    @classmethod
    def identity(cls, dimension: int) -> "Projection":
        """Identity projection without topics."""
        zeros = np.zeros(dimension, np.float32)
        return cls(zeros, np.eye(dimension, dtype=np.float32), zeros, np.zeros((dimension, 0), np.float32))


@dataclass(frozen=True, slots=True)
class ProjectionSettings:
    """Hyperparameters of fitting a projection; picked on training data by `refrain calibrate`."""

    spread: float = 3e-3
    """Added to the spread within pairs in every direction: more changes the vectors less."""
    topic_ridge: float = 30.0
    topics: int = 96
    min_topic_size: int = 8
    """Least number of texts of a topic."""


def fit_projection(
    kinds: Mapping[str, FloatArray],
    pairs: Sequence[FloatArray],
    tagged: tuple[FloatArray, Sequence[Sequence[str]]] | None = None,
    settings: ProjectionSettings | None = None,
) -> Projection:
    """Fits a projection under which `kinds` of text (vectors by language and register, each of shape (n, d)) are
    alike.

    `pairs`: for each source of pairs the differences of vectors of two wordings of one thing, shape (n, d); sources
    weigh the same. `tagged`: vectors and the tags of each.
    """
    settings = settings or ProjectionSettings()
    means = np.array([vectors.mean(0) for vectors in kinds.values()], np.float64)
    centre = means.mean(0)
    dimension = len(centre)
    _, strength, directions = np.linalg.svd(means - centre, full_matrices=False)
    strong_directions = directions[strength > 1e-6]
    alike = np.eye(dimension) - strong_directions.T @ strong_directions
    within = (
        sum((differences.T.astype(np.float64) @ differences) / len(differences) for differences in pairs)
        if pairs
        else np.eye(dimension)
    )
    spread, axes = np.linalg.eigh(within)
    weighing = axes @ np.diag((spread + settings.spread) ** -0.5) @ axes.T
    meaning = (alike @ weighing).astype(np.float32)
    none = np.zeros((dimension, 0), np.float32)
    bare = Projection(centre.astype(np.float32), meaning, np.zeros(dimension, np.float32), none)
    if tagged is None:
        return bare
    return _with_topics(bare, *tagged, settings)


def _with_topics(
    projection: Projection, vectors: FloatArray, tags: Sequence[Sequence[str]], settings: ProjectionSettings
) -> Projection:
    """Ridge regression from projected embeddings to tags, rare ones weighted more, truncated to its strongest
    directions."""
    counts: dict[str, int] = {}
    for text_tags in tags:
        for tag in set(text_tags):
            counts[tag] = counts.get(tag, 0) + 1
    number = {
        tag: column
        for column, tag in enumerate(sorted(tag for tag, n in counts.items() if n >= settings.min_topic_size))
    }
    labels = np.zeros((len(tags), len(number)))
    for row, text_tags in enumerate(tags):
        for tag in text_tags:
            if tag in number:
                labels[row, number[tag]] = 1
    share = labels.mean(0)
    labels = (labels - share) / np.sqrt(share)
    meaning = projection.project(vectors)
    centre = meaning.mean(0)
    seen = (meaning - centre).astype(np.float64)
    weights = np.linalg.solve(seen.T @ seen + settings.topic_ridge * np.eye(seen.shape[1]), seen.T @ labels)
    left, strength, _ = np.linalg.svd(weights, full_matrices=False)
    themes = left[:, : settings.topics] * strength[: settings.topics]
    return Projection(projection.centre, projection.matrix, centre, themes.astype(np.float32))
