"""Vectors that drift with their date: what was said late lies elsewhere, so a filter by date is one by place too."""

from typing import Final

import numpy as np

from index.contract import SHARED, Attributes, FloatArray, Hit, IdArray, SearchFilter

SIZE: Final = 6_000
DIMENSION: Final = 24
OWNER: Final = 7
"""Owner of a thirtieth of the entries, all from one place."""


def drifting(size: int = SIZE, seed: int = 0) -> tuple[IdArray, FloatArray, Attributes, FloatArray]:
    """Ids, vectors and attributes of entries, one a moment in time, and queries from the place where the newest are."""
    random = np.random.default_rng(seed)
    when = np.arange(size)
    start, end = np.eye(DIMENSION, dtype=np.float32)[:2]
    subjects = random.normal(size=(40, DIMENSION))
    vectors = subjects[random.integers(0, 40, size)] + random.normal(size=(size, DIMENSION))
    vectors += 4 * np.outer(1 - when / size, start) + 4 * np.outer(when / size, end)
    private = np.argsort(-(vectors @ subjects[0]))[: size // 30]
    owners = np.full(size, SHARED)
    owners[private] = OWNER
    languages = np.where(random.random(size) < 0.01, "uk", "en")
    attributes = Attributes(
        np.stack([when, when + 1], 1), owners, languages.tolist(), when + random.integers(0, 99, size)
    )
    queries = vectors[-200:] + random.normal(size=(200, DIMENSION)) / 2
    return random.permutation(2 * size)[:size], unit(vectors), attributes, unit(queries)


FILTERS: Final = {
    "none": SearchFilter(),
    "earlier half": SearchFilter(ends_by=SIZE // 2),
    "oldest of a hundred": SearchFilter(ends_by=SIZE // 100),
    "oldest of a thousand": SearchFilter(ends_by=SIZE // 1_000),
    "newest of ten": SearchFilter(begins_from=SIZE * 9 // 10),
    "known by half": SearchFilter(known_by=SIZE // 2),
    "owner from one place": SearchFilter(viewer=OWNER),
    "rare language": SearchFilter(language="uk"),
    "rare language, earlier half": SearchFilter(language="uk", ends_by=SIZE // 2),
    "some ids": SearchFilter(among=frozenset(range(0, 2 * SIZE, 200))),
    "all but some ids": SearchFilter(excluded=frozenset(range(0, 2 * SIZE, 3))),
}


def recall(found: list[list[Hit]], expected: list[list[Hit]]) -> float:
    """Share of what was expected that was found."""
    pairs = list(zip(found, expected, strict=True))
    right = sum(len({hit.id for hit in hits} & {hit.id for hit in true}) for hits, true in pairs)
    return right / sum(len(true) for _, true in pairs)


def unit(vectors: FloatArray) -> FloatArray:
    """Rows of length 1."""
    rows: FloatArray = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return rows
