"""Cut-offs that contradict each other are refused, and so are files that are no policy."""

from dataclasses import replace

import pytest
from builders import POLICY

from app.domain.policy import Policy, Tier
from app.formats.lines import Unreadable
from app.formats.policy_file import UNMEASURED, read_policy, shipped_policy


@pytest.mark.parametrize(
    "cut_offs",
    [{"same_script_at": 0.96}, {"same_topic_at": 0.71}, {"near_verbatim_at": 1.01}, {"same_topic_at": -0.01},
     {"suggest_at": 0.81}, {"flag_at": 1.01}, {"suggest_at": -0.01}, {"flag_at": float("nan")}],
)  # fmt: skip
def test_cut_offs_out_of_order_are_refused(cut_offs):
    with pytest.raises(ValueError, match="not in order"):
        replace(POLICY, **cut_offs)


def test_cut_offs_may_be_equal():
    Policy("flat", "*", 0.5, 0.5, near_verbatim_at=0.5, same_script_at=0.5, same_topic_at=0.5)


def test_the_more_alike_the_lower_the_rank():
    assert [tier.rank for tier in (Tier.NEAR_VERBATIM, Tier.SAME_SCRIPT, Tier.SAME_TOPIC)] == [0, 1, 2]


def test_an_embedder_that_nothing_was_measured_with_gets_cut_offs_that_say_so():
    assert shipped_policy("never heard of") is UNMEASURED
    assert UNMEASURED.version == "unmeasured"


@pytest.mark.parametrize("content", ["", "{}", "[]", "nonsense", '{"version": "1"}'])
def test_a_file_that_is_no_policy_is_named(tmp_path, content):
    file = tmp_path / "policy.json"
    file.write_text(content)
    with pytest.raises(Unreadable, match=r"policy\.json is no policy"):
        read_policy(file)
