"""Figures of a model of pairs on pairs that readers judged."""

from collections.abc import Sequence

import numpy as np
from pair_network.readings import OPPOSITE, SAME, LabelledPair

from app.services.evaluation.statistics import area_under_curve, calibration_error

FLAG_CUT_OFFS = (0.65, 0.70, 0.73, 0.75, 0.80)
_SAMPLES = 300


def figures(pairs: Sequence[LabelledPair], probabilities: np.ndarray) -> dict[str, object]:
    """Area under the curve (the same message against the rest), its 95 % interval by resampling the pairs, error of
    calibration in ten bins, and what flags at several cut-offs are worth. Pairs without a verdict do not count."""
    known = np.array([one.label is not None for one in pairs], bool)
    labels, scores = np.array([one.label for one in pairs if one.label is not None], int), probabilities[known]
    kinds = np.array([one.kind for one in pairs])[known]
    same = labels == SAME
    drawn = np.random.default_rng(0)
    areas = []
    for _ in range(_SAMPLES):
        some = drawn.integers(len(same), size=len(same))
        areas.append(area_under_curve(same[some], scores[some]))
    measured: dict[str, object] = {
        "pairs": int(known.sum()),
        "auc": _rounded(area_under_curve(same, scores)),
        "auc_ci": [_rounded(float(bound)) for bound in np.percentile([area for area in areas if area], [2.5, 97.5])],
        "calibration_error": _rounded(calibration_error(same, scores)),
        "auc_by_kind": {
            str(kind): _rounded(area_under_curve(same[kinds == kind], scores[kinds == kind]))
            for kind in sorted(set(kinds))
            if 0 < same[kinds == kind].mean() < 1
        },
    }
    for cut_off in FLAG_CUT_OFFS:
        flagged = scores >= cut_off
        measured[f"flags_at_{cut_off:.2f}"] = {
            "precision": _rounded(float(same[flagged].mean())) if flagged.any() else None,
            "recall": _rounded(float((same & flagged).sum() / same.sum())),
            "opposites": f"{int((flagged & (labels == OPPOSITE)).sum())} of {int((labels == OPPOSITE).sum())}",
        }
    return measured


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)
