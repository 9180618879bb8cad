"""Synthetic vectors with the spread and the drift of real ones, and the exact answers to queries among them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from index.contract import NEVER, SHARED, Attributes, FloatArray, IdArray, SearchFilter

SECOND_US: Final = 1_000_000
QUERIES: Final = 200
_AT_ONCE: Final = 20_000
_LEAST_LIKE, _MOST_LIKE = 0.6, 0.95
"""Cosine of a variation with the real vector that it varies: drawn evenly between these."""

PRIVATE_SHARE: Final = 0.01
FEW: Final = 1 / 1_000
RANDOM_FEW, REGION, OTHER = "few", "region", "other"
"""Language tags: one of a thousand at random, the thousandth nearest to a point, and the rest."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Synthetic archive, in order of date; `queries` are of the time after the newest entry."""

    ids: IdArray
    vectors: FloatArray
    attributes: Attributes
    queries: FloatArray
    region: FloatArray
    """Queries inside the region."""


def archive_of(real: FloatArray, dates: npt.NDArray[np.int64], size: int, seed: int = 1) -> Archive:
    """Variations of real vectors of shape (n, dimension), with the real dates (seconds) and some days of jitter.

    A variation is a real vector plus noise with the real vectors' covariance. What was said late is a variation of what
    was said late, so the archive drifts with date as the real one does.
    """
    random = np.random.default_rng(seed)
    order = np.argsort(dates, kind="stable")
    real, dates = real[order], dates[order]
    centred = real - real.mean(0)
    spread = np.linalg.cholesky(np.cov(centred.T) + 1e-7 * np.eye(real.shape[1])).astype(np.float32)
    parents = np.sort(random.integers(0, len(real), size))
    vectors = np.empty((size, real.shape[1]), np.float32)
    for begin in range(0, size, _AT_ONCE):
        vectors[begin : begin + _AT_ONCE] = _variations(real[parents[begin : begin + _AT_ONCE]], spread, random)
    newest = np.arange(len(real) - len(real) // 50, len(real))
    queries = _variations(real[random.choice(newest, QUERIES)], spread, random)
    begins = (dates[parents] + random.integers(-5 * 86_400, 5 * 86_400, size)) * SECOND_US
    tags = np.where(random.random(size) < FEW, RANDOM_FEW, OTHER).astype("U8")
    point = real[random.integers(len(real))]
    near = np.argpartition(-(vectors @ point), int(size * FEW))[: max(int(size * FEW), 10)]
    tags[near] = REGION
    owners = np.where(random.random(size) < PRIVATE_SHARE, 2, SHARED)
    region = _variations(np.repeat(point[None], QUERIES, 0), spread, random)
    attributes = Attributes(np.stack([begins, begins + SECOND_US], 1), owners, tags.tolist(), begins)
    return Archive(random.permutation(size * 2)[:size].astype(np.int64), vectors, attributes, queries, region)


def filters_of(archive: Archive) -> dict[str, tuple[SearchFilter, bool]]:
    """Filters by name, and whether they are asked with the queries inside the region."""
    begins = archive.attributes.periods[:, 0]
    half, thousandth = int(np.median(begins)), int(np.quantile(begins, FEW))
    return {
        "none": (SearchFilter(), False),
        "earlier half by date": (SearchFilter(ends_by=half), False),
        "oldest 1 in 1,000 by date": (SearchFilter(ends_by=thousandth), False),
        "newest 1 in 20 by date": (SearchFilter(begins_from=int(np.quantile(begins, 0.95))), False),
        "1 in 1,000 at random": (SearchFilter(language=RANDOM_FEW), False),
        "1 in 1,000 in one region, asked from there": (SearchFilter(language=REGION), True),
        "1 in 1,000 in one region, asked from afar": (SearchFilter(language=REGION), False),
        "all but that region, asked from there": (SearchFilter(language=OTHER), True),
    }


def exact(archive: Archive, where: SearchFilter, queries: FloatArray, k: int) -> list[list[int]]:
    """Ids of the best `k` that pass, for every query."""
    begins, ends = archive.attributes.periods.T
    inside = np.asarray(archive.attributes.owners) == SHARED
    inside &= ends <= (NEVER - 1 if where.ends_by is None else where.ends_by)
    inside &= begins >= (-NEVER if where.begins_from is None else where.begins_from)
    if where.language is not None:
        inside &= np.array(archive.attributes.languages) == where.language
    rows = np.flatnonzero(inside)
    best_rows = np.empty((len(queries), 0), np.int64)
    best = np.empty((len(queries), 0), np.float32)
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        best = np.hstack([best, queries @ archive.vectors[some].T])
        best_rows = np.hstack([best_rows, np.broadcast_to(some, (len(queries), len(some)))])
        kept = np.argsort(-best, axis=1, kind="stable")[:, :k]
        best, best_rows = np.take_along_axis(best, kept, 1), np.take_along_axis(best_rows, kept, 1)
    found: list[list[int]] = archive.ids[best_rows].tolist()
    return found


def _variations(of: FloatArray, spread: FloatArray, random: np.random.Generator) -> FloatArray:
    noise = random.standard_normal(of.shape, np.float32) @ spread.T
    noise -= np.sum(noise * of, 1, keepdims=True) * of
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    like = random.uniform(_LEAST_LIKE, _MOST_LIKE, (len(of), 1)).astype(np.float32)
    varied: FloatArray = like * of + np.sqrt(1 - like**2) * noise
    return varied
