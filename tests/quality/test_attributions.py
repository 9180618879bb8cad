"""Usual wordings of who says what: all that were seen are read right, and of the others nobody is given false words."""

import pytest
from attribution_gold import faults, passages

SEEN = ("known", "languages/pl.dev", "languages/tr.dev", "languages/pt.dev")


@pytest.mark.parametrize(
    ("text", "gold"), [pytest.param(*one, id=one[0][:60]) for name in SEEN for one in passages(name)]
)
def test_a_usual_wording_is_read_right(text, gold):
    result, right = faults(text, gold)
    assert right, result.wrong


@pytest.mark.parametrize(("text", "gold"), [pytest.param(*one, id=one[0][:60]) for one in passages("unseen")])
def test_a_wording_written_after_the_rules_gives_nobody_false_words(text, gold):
    result, _ = faults(text, gold)
    assert (result.false, result.false_speakers, result.false_dates) == (0, 0, 0), result.wrong
