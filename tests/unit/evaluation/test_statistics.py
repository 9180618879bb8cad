"""Statistics of evaluations, against figures that can be worked out by hand."""

import numpy as np
import pytest

from app.services.evaluation.statistics import area_under_curve, calibration_error, wilson_interval


def test_area_under_the_curve_counts_ties_half():
    right = np.array([True, True, False, False])
    assert area_under_curve(right, np.array([0.9, 0.8, 0.2, 0.1])) == 1
    assert area_under_curve(right, np.array([0.9, 0.2, 0.2, 0.1])) == pytest.approx(3.5 / 4)
    assert area_under_curve(right, np.zeros(4)) == 0.5
    assert area_under_curve(np.array([True, True]), np.array([0.1, 0.2])) is None


def test_calibration_error_is_the_mean_distance_over_bins_of_equal_count():
    scores = [0.1] * 10 + [0.9] * 10
    right = [True] + [False] * 9 + [True] * 8 + [False] * 2
    assert calibration_error(right, scores, bins=2) == pytest.approx((0 + 0.1) / 2)
    assert calibration_error([], []) is None


def test_the_interval_of_a_share_is_wilsons():
    assert wilson_interval(0, 20) == (0, pytest.approx(0.1611, abs=1e-4))
    assert wilson_interval(10, 20) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    assert wilson_interval(0, 0) is None
