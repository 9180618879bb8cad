"""What signals are worth: order, probability and tiers; and files, which are refused where they are no policy."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from builders import POLICY, policy, score_of

from app.domain.checks.scoring import Calibration, ScoringModel, Tier
from app.formats import scoring_file
from app.formats.lines import Unreadable
from app.formats.scoring_file import UNMEASURED, FittedModel, read_scoring_model, scoring_model_for, write_scoring_model
from index.embedders.hashing import HashingEmbedder
from index.search.projection import Projection

WHOLE = ScoringModel(
    version="of everything",
    embedder="hashing (no model)",
    weights={"dense": 2.0, "lexical": 1.0, "across": 0.5},
    labelled=Calibration(-1.0, {"rank_score": 2.0, "top_mean": -0.3, "label_agreement": 1.2, "inverse_length": -1.0}),
    unlabelled=Calibration(-2.0, {"rank_score": 1.0}),
    suggest_at=0.3,
    same_script_at=0.5,
    flag_at=0.7,
    verbatim_wording=0.9,
    verbatim_dense=0.95,
    measured={"command": "refrain calibrate"},
)
"""Counts every aspect and several signals."""


def signals(dense, lexical=0.0, across=0.0, **more):
    return {"dense": dense, "lexical": lexical, "across": across, **more}


@pytest.mark.parametrize(
    "cut_offs",
    [{"same_script_at": 0.71}, {"suggest_at": 0.51}, {"flag_at": 0.49}, {"flag_at": 1.01}, {"suggest_at": -0.01},
     {"suggest_at": float("nan")}, {"same_script_at": float("nan")}, {"flag_at": float("nan")}],
)  # fmt: skip
def test_cut_offs_out_of_order_are_refused(cut_offs):
    with pytest.raises(ValueError, match="policy of everything: its cut-offs are not in order"):
        replace(WHOLE, **cut_offs)


def test_cut_offs_may_be_equal():
    policy(0.5, 0.5, 0.5)


def test_a_flag_is_never_raised_for_what_shares_the_topic_alone():
    with pytest.raises(ValueError, match="not in order"):
        policy(suggest=0.5, same_script=0.9, flag=0.6)


@pytest.mark.parametrize("weights", [{}, {"rank_score": 0.0}, {"rank_score": -1.0}, {"top_mean": 1.0}])
def test_a_calibration_with_a_slope_that_is_not_positive_is_refused(weights):
    with pytest.raises(ValueError, match="a higher rank score has to make a candidate more probable"):
        Calibration(0.0, weights)


@pytest.mark.parametrize("odds", [-1e300, -1000.0, 0.0, 1000.0, 1e300])
def test_a_probability_is_at_most_one(odds):
    assert 0 <= Calibration(0.0, {"rank_score": 1.0}).probability({"rank_score": odds}) <= 1


def test_even_odds_are_one_half():
    assert score_of(0.5) == 0.5
    assert POLICY.scores([{"dense": 0.5}], [frozenset()]) == [0.5]


def test_the_more_alike_the_lower_the_rank():
    assert [tier.rank for tier in (Tier.NEAR_VERBATIM, Tier.SAME_SCRIPT, Tier.SAME_TOPIC)] == [0, 1, 2]


def test_without_candidates_there_are_no_scores():
    assert WHOLE.scores([], []) == []


def test_scores_keep_the_order_of_the_evidence_whatever_the_candidates_are_filed_under():
    several = [signals(0.9), signals(0.2, 0.9), signals(0.5, 0.3, 1.0), signals(-0.4), signals(0.9, 0.1)]
    filed = [frozenset({1}), frozenset(), frozenset({1, 2}), frozenset({3}), frozenset({2})]
    scores = WHOLE.scores(several, filed)
    evidence = [WHOLE.rank_score(one) for one in several]
    assert np.argsort(scores).tolist() == np.argsort(evidence).tolist()


def test_a_ranking_whose_best_is_filed_is_calibrated_as_such():
    [filed] = WHOLE.scores([signals(0.5)], [frozenset({7})])
    [unfiled] = WHOLE.scores([signals(0.5)], [frozenset()])
    # evidence and level 1, all agree: -1 + 2 - .3 + 1.2; none does: -2 + 1
    assert filed == pytest.approx(1 / (1 + math.exp(-1.9)))
    assert unfiled == pytest.approx(1 / (1 + math.exp(1.0)))


def test_the_aspects_of_a_ranking_are_those_of_its_best():
    evidence = [1.0, 5.0, 3.0, 2.0, 4.0, 0.0, -100.0]
    narratives = [frozenset(some) for some in ({1}, {2, 3}, {3}, {4}, set(), {2}, {2})]
    filed, whole = ScoringModel.ranking_features(evidence, narratives)
    assert filed
    assert whole == pytest.approx({"top_mean": 3.0, "label_agreement": 2 / 5})


def test_candidates_beyond_the_best_five_do_not_change_the_aspects():
    evidence = [-float(number) / 10 for number in range(25)]
    narratives = [frozenset({1})] * 5 + [frozenset({2})] * 20
    _, whole = ScoringModel.ranking_features(evidence, narratives)
    assert whole == pytest.approx({"top_mean": -0.2, "label_agreement": 1.0})


@pytest.mark.parametrize("count", [1, 2])
def test_a_short_ranking_has_the_aspects_of_all_its_candidates(count):
    filed, whole = ScoringModel.ranking_features([4.0, 1.0][:count], [frozenset()] * count)
    assert not filed
    assert whole == {"top_mean": [4.0, 2.5][count - 1], "label_agreement": 0.0}


@pytest.mark.parametrize("evidence", [[1e6, -1e6], [-1e6, -1e6], [1e6, 1e6]])
def test_very_high_rank_scores_do_not_overflow(evidence):
    _, whole = ScoringModel.ranking_features(evidence, [frozenset({1})] * 2)
    assert whole["label_agreement"] == 1


def test_inverse_length_lowers_the_probability_of_short_texts():
    [long, short] = (WHOLE.scores([signals(0.5, brevity=brevity)], [frozenset({1})])[0] for brevity in (0.2, 1.0))
    assert short < long


@pytest.mark.parametrize(
    ("score", "of", "tier"),
    [
        (0.29, {"dense": 1.0, "wording": 1.0}, None),
        (0.3, {"dense": 0.0}, Tier.SAME_TOPIC),
        (0.49, {"dense": 0.94, "wording": 0.89}, Tier.SAME_TOPIC),
        (0.5, {"dense": 0.0}, Tier.SAME_SCRIPT),
        (0.3, {"dense": 0.95}, Tier.NEAR_VERBATIM),
        (0.3, {"dense": 0.0, "wording": 0.9}, Tier.NEAR_VERBATIM),
        (0.99, {"dense": 0.94, "wording": 0.89}, Tier.SAME_SCRIPT),
    ],
)
def test_a_tier_goes_by_score_and_for_near_verbatim_by_letters_or_meaning(score, of, tier):
    assert WHOLE.tier(score, of) is tier


@pytest.mark.parametrize("name", ["lexical", "names", "numbers"])
def test_terms_are_loaded_only_where_they_have_a_weight(name):
    assert policy(weights={"dense": 1.0, name: 0.5}).uses_terms
    assert not policy(weights={"dense": 1.0, "themes": 1.0, "wording": 1.0}).uses_terms


def projection():
    random = np.random.default_rng(3)
    shapes = ((16,), (16, 16), (16,), (16, 4))
    return Projection(*(random.normal(size=shape).astype(np.float32) for shape in shapes))


def test_a_policy_that_was_written_is_read(tmp_path):
    write_scoring_model(tmp_path / "new" / "policy.json", FittedModel(WHOLE, None))
    assert read_scoring_model(tmp_path / "new" / "policy.json") == FittedModel(WHOLE, None)


def test_a_stored_projection_gives_equal_vectors_to_a_thousandth(tmp_path):
    made = projection()
    write_scoring_model(tmp_path / "policy.json", FittedModel(WHOLE, made))
    read = read_scoring_model(tmp_path / "policy.json")
    vectors = np.random.default_rng(5).normal(size=(40, 16)).astype(np.float32)
    [before, after] = (one.project(vectors) for one in (made, read.projection))
    np.testing.assert_allclose(after @ after.T, before @ before.T, atol=2e-3)
    [before_themes, after_themes] = (
        one.topics_of(some) for one, some in ((made, before), (read.projection, after))
    )  # fmt: skip
    np.testing.assert_allclose(after_themes @ after_themes.T, before_themes @ before_themes.T, atol=2e-3)
    [scores, scores_again] = (
        WHOLE.scores([signals(float(cosine)) for cosine in some @ some[0]], [frozenset()] * 40)
        for some in (before, after)
    )
    assert scores_again == pytest.approx(scores, abs=1e-3)


def test_storing_a_projection_again_changes_nothing(tmp_path):
    write_scoring_model(tmp_path / "one.json", FittedModel(WHOLE, projection()))
    once = read_scoring_model(tmp_path / "one.json")
    write_scoring_model(tmp_path / "two.json", once)
    assert read_scoring_model(tmp_path / "two.json").projection.fingerprint == once.projection.fingerprint


@pytest.mark.parametrize("content", ["", "{}", "[]", "nonsense", '{"version": "1"}', "null", "1", "\x00"])
def test_a_file_that_is_no_policy_is_named(tmp_path, content):
    file = tmp_path / "policy.json"
    file.write_text(content)
    with pytest.raises(Unreadable, match=r"policy\.json is no policy"):
        read_scoring_model(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Unreadable, match=r"policy\.json is no policy: .*No such file"):
        read_scoring_model(tmp_path / "policy.json")


def damaged(content, damage):
    """The content of a policy file, spoilt in one place."""
    match damage:
        case "cut-offs":
            content["flag_at"] = 0.1
        case "signals":
            content["weights"] = {"dense": "much"}
        case "calibration":
            content["labelled"]["weights"]["rank_score"] = -1
        case "aspect":
            content["labelled"]["weights"]["mood"] = 1
        case "missing":
            del content["unlabelled"]
        case "half a projection":
            del content["projection"]["topic_matrix"]
        case "projection of another shape":
            content["projection"]["centre"]["shape"] = [3]
        case "projection that does not fit":
            content["projection"]["theme_centre"] = {"shape": [1], "half": "AAA="}
        case "projection is no base64":
            content["projection"]["matrix"]["half"] = "§"
        case "projection is a list":
            content["projection"] = [1]
    return content


@pytest.mark.parametrize(
    "damage",
    ["cut-offs", "signals", "calibration", "aspect", "missing", "half a projection", "projection of another shape",
     "projection that does not fit", "projection is no base64", "projection is a list"],
)  # fmt: skip
def test_a_damaged_policy_is_refused_by_name(tmp_path, damage):
    file = tmp_path / "policy.json"
    write_scoring_model(file, FittedModel(WHOLE, projection()))
    file.write_text(json.dumps(damaged(json.loads(file.read_bytes()), damage)))
    with pytest.raises(Unreadable, match=r"policy\.json is no policy"):
        read_scoring_model(file)


def test_an_embedder_that_nothing_was_measured_with_gets_a_policy_that_says_so():
    assert scoring_model_for("never heard of") == FittedModel(UNMEASURED, None)
    assert scoring_model_for("never heard of", "dense") == FittedModel(UNMEASURED, None)
    assert UNMEASURED.version == "unmeasured"


def test_the_unmeasured_model_uses_cosine_alone_with_even_odds_at_four_fifths():
    assert UNMEASURED.scores([{"dense": 0.8}], [frozenset()]) == [pytest.approx(0.5)]
    assert not UNMEASURED.uses_terms


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Two policies that ship for one embedder, one of which counts words."""
    monkeypatch.setattr(scoring_file, "_SHIPPED", tmp_path / "policies")
    dense = replace(WHOLE, version="by vectors", weights={"dense": 1.0})
    for name, one in (("a-dense", dense), ("b-best", WHOLE)):
        write_scoring_model(tmp_path / "policies" / f"{name}.json", FittedModel(one, None))


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("embedder", "choice", "version"),
    [(WHOLE.embedder, "", "of everything"), (WHOLE.embedder, "dense", "by vectors"), ("other", "", "unmeasured")],
)
def test_the_shipped_hybrid_model_is_the_default_and_the_dense_one_on_request(embedder, choice, version):
    assert scoring_model_for(embedder, choice).policy.version == version


def test_every_policy_that_ships_can_be_read():
    for file in scoring_file._SHIPPED.glob("*.json"):
        fitted = read_scoring_model(file)
        assert fitted.policy.measured, file
        assert fitted.policy.embedder != "*", file


def test_a_file_is_taken_for_the_embedder_that_it_was_made_for_or_where_it_is_for_any(tmp_path):
    made, any_ = tmp_path / "made.json", tmp_path / "any.json"
    write_scoring_model(made, FittedModel(WHOLE, None))
    write_scoring_model(any_, FittedModel(replace(WHOLE, embedder="*"), None))
    assert scoring_model_for(HashingEmbedder.name, str(made)).policy == WHOLE
    assert scoring_model_for("another", str(any_)).policy.embedder == "*"


def test_a_file_made_for_another_embedder_is_refused_with_both_names_and_what_to_do(tmp_path):
    file = tmp_path / "policy.json"
    write_scoring_model(file, FittedModel(WHOLE, None))
    with pytest.raises(Unreadable) as refused:
        scoring_model_for("another", str(file))
    assert str(refused.value) == (
        f"{file} was made for the embedder 'hashing (no model)', and this one is 'another': "
        "fit one with refrain calibrate, or leave REFRAIN_POLICY empty"
    )


def test_a_candidate_below_the_least_rank_score_is_at_most_same_topic():
    careful = replace(WHOLE, min_rank_score=1.0)
    assert WHOLE.tier(0.8, signals(0.4)) is careful.tier(0.8, signals(0.5)) is Tier.SAME_SCRIPT
    assert careful.tier(0.8, signals(0.4)) is Tier.SAME_TOPIC
    assert careful.tier(0.8, signals(0.1, lexical=0.8)) is Tier.SAME_SCRIPT
    assert careful.tier(0.8, signals(0.1, wording=0.95)) is Tier.NEAR_VERBATIM
