"""The flag cut-off of the pair model is the lowest that keeps the wanted precision, and none where there is none."""

import pytest

from app.formats.judged_pairs import JudgedPair
from app.services.evaluation.choose_cut_off import Evidence, NoCutOff, choose_flag_cut_off, held_out_figures
from app.services.evaluation.judged_pairs import ScoredPair

REPEAT, OTHER = 2, 0


def pairs(*groups):
    """Scored pairs of groups (number, label, score), each with a statement of its own."""
    return [
        ScoredPair(JudgedPair(f"{label} at {score}, {at}", "en", "p", "en", "k", label), score, False, True)
        for number, label, score in groups
        for at in range(number)
    ]


GOOD_FROM_80 = pairs((30, REPEAT, 0.9), (30, REPEAT, 0.8), (10, REPEAT, 0.6), (15, OTHER, 0.6), (40, OTHER, 0.2))


def test_the_lowest_cut_off_with_the_wanted_precision_among_judged_pairs():
    assert choose_flag_cut_off(Evidence(GOOD_FROM_80, [0.1] * 100, 0.1), 0.9, 0.5) == 0.61


def test_texts_that_repeat_nothing_raise_it_the_more_the_rarer_repeats_are():
    new_texts = [0.1] * 98 + [0.85] * 2
    assert choose_flag_cut_off(Evidence(GOOD_FROM_80, new_texts, 0.5), 0.9, 0.5) == 0.61
    assert choose_flag_cut_off(Evidence(GOOD_FROM_80, new_texts, 0.1), 0.9, 0.5) == 0.86


def test_it_is_never_below_the_least():
    assert choose_flag_cut_off(Evidence(pairs((40, REPEAT, 0.9)), [0.1], 0.1), 0.9, 0.5) == 0.5


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(pairs((30, REPEAT, 0.9), (30, OTHER, 0.9)), [0.1], 0.1),
        Evidence(pairs((5, REPEAT, 0.9)), [0.1], 0.1),
        Evidence(pairs((40, REPEAT, 0.9)), [0.95], 0.1),
    ],
    ids=["as many wrong as right", "too few flags", "what repeats nothing scores as high"],
)
def test_nothing_is_promised_that_cannot_be_held(evidence):
    with pytest.raises(NoCutOff, match=r"no cut-off reaches a precision of 0\.9"):
        choose_flag_cut_off(evidence, 0.9, 0.5)


def test_held_out_figures_are_of_other_statements_and_other_texts():
    figures = held_out_figures(Evidence(GOOD_FROM_80, [0.1] * 100, 0.1), 0.9, 0.5, fresh=[0.1] * 50 + [0.7] * 50)
    assert figures["cut_offs"] == [0.61, 0.61]
    assert figures["flag_precision"] == 1
    assert figures["flag_recall"] == pytest.approx(60 / 70)
    assert figures["false_flag_rate"] == 0.5
