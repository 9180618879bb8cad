"""Precision of flags for a stated mix of repeats and of texts that repeat nothing."""

import pytest

from app.services.evaluation.mix import FlagShares, Mix

EIGHT_OF_TEN_FLAGGED_ONE_WRONGLY = [FlagShares(0.7, 0.1)] * 100


def test_precision_is_that_of_the_mix():
    mix = Mix(0.1, EIGHT_OF_TEN_FLAGGED_ONE_WRONGLY, new_texts=100, new_texts_flagged=2)
    assert mix.precision() == pytest.approx(0.07 / (0.07 + 0.01 + 0.9 * 0.02))


def test_the_rarer_repeats_are_the_less_a_flag_is_worth():
    often, seldom = (Mix(share, EIGHT_OF_TEN_FLAGGED_ONE_WRONGLY, 100, 2) for share in (0.5, 0.01))
    assert often.precision() > 0.85
    assert seldom.precision() < 0.3


def test_few_texts_without_a_false_flag_prove_little():
    few, many = (Mix(0.1, EIGHT_OF_TEN_FLAGGED_ONE_WRONGLY, texts, 0) for texts in (10, 1_000))
    assert few.precision() == many.precision()
    assert few.interval()[0] < 0.6 < 0.75 < many.interval()[0]
    for mix in (few, many):
        low, high = mix.interval()
        assert low <= mix.precision() <= high


def test_statements_about_the_archives_subjects_give_a_lower_bound():
    report = Mix(0.1, EIGHT_OF_TEN_FLAGGED_ONE_WRONGLY, 100, 0, related=50, related_flagged=10).report()
    assert report["precision"] == pytest.approx(0.7 / 0.8)
    assert report["related"]["false_flag_rate"] == 0.2
    assert report["related"]["precision_if_all_are"] == pytest.approx(0.07 / (0.07 + 0.01 + 0.9 * 0.2))
    assert Mix(0.1, EIGHT_OF_TEN_FLAGGED_ONE_WRONGLY, 100, 0).report()["related"] is None


@pytest.mark.parametrize(
    "mix", [Mix(0.1, [], 10, 0), Mix(0.1, [FlagShares(1, 0)], 0, 0), Mix(0.1, [FlagShares(0, 0)], 10, 0)]
)
def test_without_flags_or_evidence_there_is_no_precision(mix):
    report = mix.report()
    assert report["precision"] is None
    assert report["precision_ci"] is None
