"""Features of pairs of chunks of two texts, for the classification of counterparts: all pairs at once."""

from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from index.alignment.chunks import NAMES, NUMBERS, Kind
from index.alignment.phrases import Phrases
from index.contract import FloatArray
from index.text.languages import differ

FEATURES: Final = (
    "cosine", "row_best", "column_best", "row_margin", "column_margin", "mutual",
    "before", "after", "crossed", "beside",
    "stem", "letters", "name_same", "name_other", "name_one", "number_same", "number_other", "number_one", "kind_same",
    "time_both", "time_one", "distance", "row_mean", "column_mean", "across", "cosine_across",
)  # fmt: skip
"""In order; `pair_features` adds two for each role: how likely both parts have it, by itself and times the cosine."""

_IS_NAME: Final = np.array([kind in NAMES for kind in Kind])
_IS_NUMBER: Final = np.array([kind in NUMBERS for kind in Kind])


def pair_features(statement: Phrases, precedent: Phrases) -> FloatArray:
    """Shape (n, m, features) for texts of n and m parts."""
    first, second = statement.content, precedent.content
    across = differ(statement.language, precedent.language)
    n, m = len(first), len(second)
    cosine = first.states @ second.states.T
    ones = np.ones((n, m), np.float32)
    rows, columns = _margins(cosine), _margins(cosine.T).T
    row_best, column_best = cosine.max(axis=1, keepdims=True), cosine.max(axis=0, keepdims=True)
    stem = first.stems[:, None] == second.stems[None]
    same = (first.keys[:, None] == second.keys[None]) & (first.keys > 0)[:, None]
    kinds, other_kinds = first.kinds[:, None], second.kinds[None]
    names, other_names = _IS_NAME[kinds], _IS_NAME[other_kinds]
    numbers, other_numbers = _IS_NUMBER[kinds], _IS_NUMBER[other_kinds]
    times, other_times = kinds == Kind.TIME, other_kinds == Kind.TIME
    both = numbers & other_numbers
    crossing = [shifted(cosine, *by) for by in ((-1, 1), (1, -1))]
    columns_of = (
        cosine, row_best * ones, column_best * ones, rows, columns, (rows >= 0) & (columns >= 0),
        shifted(cosine, -1, -1), shifted(cosine, 1, 1),
        np.maximum(*crossing),
        np.maximum.reduce([shifted(cosine, *by) for by in ((0, 1), (0, -1), (1, 0), (-1, 0))]),
        stem, _letters(statement, precedent),
        same & names & other_names, ~same & names & other_names, names != other_names,
        same & both, ~same & both, numbers != other_numbers, kinds == other_kinds,
        times & other_times, times != other_times,
        np.abs(np.arange(n)[:, None] / n - np.arange(m)[None] / m),
        row_best.mean() * ones, column_best.mean() * ones, across * ones, across * cosine,
    )  # fmt: skip
    features = np.empty((n, m, len(columns_of) + 2 * statement.roles.shape[1]), np.float32)
    for at, column in enumerate(columns_of):
        features[..., at] = column
    of_roles, with_cosine = np.split(features[..., len(columns_of) :], 2, axis=2)
    np.multiply(statement.roles[:, None, :], precedent.roles[None], out=of_roles)
    np.multiply(of_roles, cosine[:, :, None], out=with_cosine)
    return features


def _margins(cosine: FloatArray) -> FloatArray:
    """Margin of each value over the best other one in its row; shape of `cosine`."""
    if cosine.shape[1] == 1:
        return cosine
    two = np.partition(cosine, -2, axis=1)[:, -2:]
    best = two.max(axis=1, keepdims=True)
    margins: FloatArray = np.where(cosine == best, cosine - two.min(axis=1, keepdims=True), cosine - best)
    return margins


def shifted(cosine: FloatArray, down: int, right: int) -> FloatArray:
    """Array whose entry (i, j) is that at (i + down, j + right); 0 beyond the edge."""
    n, m = cosine.shape
    padded = np.zeros((n + 2, m + 2), np.float32)
    padded[1:-1, 1:-1] = cosine
    return padded[1 + down : 1 + down + n, 1 + right : 1 + right + m]


def _letters(statement: Phrases, precedent: Phrases) -> FloatArray:
    """Similarity by letters of each pair, 0 to 1."""
    alike = process.cdist(statement.words, precedent.words, scorer=fuzz.ratio, dtype=np.float32)
    return alike.astype(np.float32, copy=False) / np.float32(100)
