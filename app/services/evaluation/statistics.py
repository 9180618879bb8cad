"""Statistics of evaluations: area under the curve, error of calibration, intervals of shares."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_Z: Final = 1.959964
"""Of 95 %."""


def wilson_interval(hits: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of a share by Wilson's score; None where there is nothing."""
    if not of:
        return None
    share, square = hits / of, _Z**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of**2))
    return (0.0 if hits == 0 else middle - half, 1.0 if hits == of else middle + half)


def area_under_curve(right: Bools, scores: Floats) -> float | None:
    """Probability that a right one scores higher than a wrong one, ties counted half; None without one of either."""
    positive = int(right.sum())
    if not 0 < positive < len(right):
        return None
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[right].sum() - positive * (positive + 1) / 2) / positive / (len(right) - positive))


def calibration_error(right: Sequence[bool] | Bools, scores: Sequence[float] | Floats, bins: int = 10) -> float | None:
    """Mean distance between score and share of right ones, over bins of equal count; None where there is nothing."""
    known, truth = np.asarray(scores, float), np.asarray(right, float)
    if not len(known):
        return None
    parts = np.array_split(np.argsort(known, kind="stable"), min(bins, len(known)))
    return float(sum(len(part) * abs(truth[part].mean() - known[part].mean()) for part in parts) / len(known))
