"""Effects of thresholds: counted from the highest score down."""

import pytest

from app.services.administration.thresholds import effects


def test_each_threshold_counts_the_flags_that_score_at_least_as_much():
    found = effects({(90, "confirmed"): 3, (90, "open"): 2, (92, "dismissed"): 1, (95, "confirmed"): 1})
    assert [point.threshold for point in found] == [0.9, 0.91, 0.92, 0.93, 0.94, 0.95]
    assert [(point.flags, point.reviewed, point.confirmed) for point in found] == [
        (7, 5, 4), (2, 2, 1), (2, 2, 1), (1, 1, 1), (1, 1, 1), (1, 1, 1),
    ]  # fmt: skip
    assert found[0].share == 0.8
    assert found[0].interval == pytest.approx((0.376, 0.964), abs=0.001)  # Wilson, 4 of 5


def test_without_reviews_there_is_no_share():
    [point] = effects({(90, "open"): 2})
    assert (point.flags, point.share, point.interval) == (2, None, None)
    assert effects({}) == []
