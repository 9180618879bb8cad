"""What holds for every text, date and threshold."""

import contextlib
from datetime import UTC, datetime

from builders import candidate, policy, request
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.checks.checks import rank_candidates
from app.domain.checks.scoring import Calibration, Tier
from app.domain.core.dates import Earlier, InvalidDate, days_between, earlier_than, instant, parse_period
from app.domain.core.strict_json import NotJson, loads
from app.domain.core.text import InvalidText, canonical, clean, identity

TEXTS = st.text(st.characters())
DAYS = st.dates().map(lambda day: day.isoformat())
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.isoformat())
RAW_DATES = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]), MOMENTS)
PERIODS = RAW_DATES.map(parse_period)
SHARES = st.floats(0, 1)


@given(TEXTS)
def test_canonicalising_twice_is_once(text):
    assert canonical(canonical(text)) == canonical(text)


@given(TEXTS)
def test_cleaning_twice_is_once(text):
    try:
        once = clean(text, 1_000)
    except InvalidText:
        assume(False)
    assert clean(once, 1_000) == once


@given(TEXTS, TEXTS)
def test_an_identity_does_not_depend_on_white_space_around(text, speaker):
    assume(not any("\ud800" <= one <= "\udfff" for one in text + speaker))
    assert identity(f" {text}\n", speaker, None) == identity(text, f"\t{speaker} ", None)


@given(PERIODS)
def test_a_period_read_back_from_its_text_is_the_same(period):
    assert parse_period(period.text) == period


@given(st.text(max_size=40))
def test_anything_is_a_date_or_is_refused_as_one(raw):
    try:
        period = parse_period(raw)
    except InvalidDate:
        return
    assert period.begins < period.ends


@given(PERIODS, PERIODS)
def test_of_two_periods_at_most_one_is_earlier(one, other):
    now = datetime(2021, 5, 23, tzinfo=UTC)
    assert not (earlier_than(one, now).admits(other) and earlier_than(other, now).admits(one))
    assert not earlier_than(one, now).admits(one)
    assert days_between(one, other) == -days_between(other, one)


@given(PERIODS, st.datetimes(timezones=st.just(UTC)))
def test_a_period_that_has_ended_has_begun(period, now):
    if earlier_than(instant(now), now).admits(period):
        assert earlier_than(None, now).admits(period)
    assert Earlier().admits(period)


CUT_OFFS = ("suggest_at", "same_script_at", "flag_at")
VERBATIM = ("verbatim_wording", "verbatim_dense")
WEIGHTS = st.floats(-5, 5)


@st.composite
def policies(draw):
    """Cut-offs in order, at any scores."""
    cut_offs = sorted(draw(st.tuples(SHARES, SHARES, SHARES)))
    verbatim = draw(st.tuples(SHARES, SHARES))
    return policy(**dict(zip(CUT_OFFS, cut_offs, strict=True)), **dict(zip(VERBATIM, verbatim, strict=True)))


@st.composite
def calibrations(draw):
    others = st.dictionaries(st.sampled_from(["top_mean", "label_agreement", "inverse_length"]), WEIGHTS)
    return Calibration(draw(WEIGHTS), {**draw(others), "rank_score": draw(st.floats(0.01, 5))})


@st.composite
def rankings(draw):
    """Candidates of one check: their cosines and shares of words, their narratives, and how short the statement is."""
    brevity = draw(SHARES)
    seen = draw(st.lists(st.tuples(st.floats(-1, 1), SHARES, st.frozensets(st.integers(0, 3))), min_size=1, max_size=9))
    signals = [{"dense": dense, "lexical": lexical, "brevity": brevity} for dense, lexical, _ in seen]
    return signals, [narratives for _, _, narratives in seen]


def all_of(candidates):
    """Keys of the candidates, as if a text repeated each of them."""
    return {one.key for one in candidates}


@given(st.lists(st.floats(-1, 1), max_size=8), policies(), policies(), st.sampled_from(["same_topic", "same_script"]))
def test_raising_a_threshold_never_adds_a_match_nor_a_flag(similarities, one, other, minimum_tier):
    strict = policy(**{name: max(getattr(one, name), getattr(other, name)) for name in CUT_OFFS + VERBATIM})
    asked = request(minimum_tier=minimum_tier, limit=50)
    candidates = [candidate(similarity) for similarity in similarities]
    lax_verdict = rank_candidates(asked, asked.said_at, candidates, one, all_of)
    strict_verdict = rank_candidates(asked, asked.said_at, candidates, strict, all_of)
    shown = {entry[0].key for entry in lax_verdict.ranked}
    assert {entry[0].key for entry in strict_verdict.ranked} <= shown
    assert strict_verdict.flagged <= lax_verdict.flagged


@given(st.lists(st.floats(-1, 1), max_size=12), policies(), st.integers(1, 5))
def test_matches_come_best_first_and_never_above_the_limit(similarities, policy, limit):
    asked = request(limit=limit, minimum_tier="any")
    verdict = rank_candidates(asked, asked.said_at, [candidate(one) for one in similarities], policy, all_of)
    scores = [score for _, score, _ in verdict.ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == min(limit, len(similarities))
    assert all(0 <= score <= 1 for score in scores)


@given(rankings(), calibrations(), calibrations(), WEIGHTS, WEIGHTS)
def test_a_higher_rank_score_never_makes_a_candidate_less_probable(ranking, labelled, unlabelled, dense, lexical):
    signals, narratives = ranking
    weighed = policy(weights={"dense": dense, "lexical": lexical}, labelled=labelled, unlabelled=unlabelled)
    scores = weighed.scores(signals, narratives)
    by_rank_score = sorted(zip([weighed.rank_score(one) for one in signals], scores, strict=True))
    assert [score for _, score in by_rank_score] == sorted(scores)
    assert all(0 <= score <= 1 for score in scores)


@given(calibrations(), st.floats(-20, 20), st.floats(0, 20), SHARES)
def test_other_features_equal_a_higher_rank_score_never_lowers_the_probability(calibration, rank_score, more, share):
    rest = {"top_mean": share, "label_agreement": share, "inverse_length": share}
    less, more = ({**rest, "rank_score": score} for score in (rank_score, rank_score + more))
    assert calibration.probability(less) <= calibration.probability(more)


@given(policies(), SHARES, SHARES, st.floats(-1, 1), SHARES)
def test_a_higher_score_never_gives_a_less_alike_tier(policy, one, other, dense, wording):
    low, high = sorted((one, other))
    signals = {"dense": dense, "wording": wording}
    less, more = (policy.tier(score, signals) for score in (low, high))
    assert (less.rank if less else len(Tier)) >= (more.rank if more else len(Tier))


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_are_refused_as_json(raw):
    with contextlib.suppress(NotJson):
        loads(raw)
