"""What holds for every text, date and threshold."""

import contextlib
from datetime import UTC, datetime

from builders import candidate, request
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.dates import Earlier, InvalidDate, days_between, earlier_than, instant, parse_period
from app.domain.matches import Stance, judge
from app.domain.policy import Policy
from app.domain.strict_json import NotJson, loads
from app.domain.text import InvalidText, canonical, clean, identity

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
def test_what_has_ended_by_now_has_also_begun(period, now):
    if earlier_than(instant(now), now).admits(period):
        assert earlier_than(None, now).admits(period)
    assert Earlier().admits(period)


@st.composite
def policies(draw):
    topic, script, verbatim = sorted(draw(st.tuples(SHARES, SHARES, SHARES)))
    suggest, flag = sorted(draw(st.tuples(SHARES, SHARES)))
    return Policy("any", "*", suggest, flag, verbatim, script, topic)


@given(st.lists(st.floats(-1, 1), max_size=8), policies(), policies(), st.sampled_from(["same_topic", "same_script"]))
def test_raising_a_threshold_never_adds_a_match_nor_a_flag(similarities, one, other, minimum_tier):
    strict = Policy("strict", "*", *(max(getattr(one, name), getattr(other, name)) for name in (
        "suggest_at", "flag_at", "near_verbatim_at", "same_script_at", "same_topic_at")))  # fmt: skip
    asked = request(minimum_tier=minimum_tier, limit=50)
    candidates = [candidate(similarity) for similarity in similarities]
    lax_verdict = judge(asked, asked.said_at, Stance(), candidates, one)
    strict_verdict = judge(asked, asked.said_at, Stance(), candidates, strict)
    shown = {entry[0].key for entry in lax_verdict.ranked}
    assert {entry[0].key for entry in strict_verdict.ranked} <= shown
    assert strict_verdict.flagged <= lax_verdict.flagged


@given(st.lists(st.floats(-1, 1), max_size=12), policies(), st.integers(1, 5))
def test_matches_come_best_first_and_never_above_the_limit(similarities, policy, limit):
    asked = request(limit=limit, minimum_tier="any")
    verdict = judge(asked, asked.said_at, Stance(), [candidate(one) for one in similarities], policy)
    scores = [score for _, score, _ in verdict.ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == min(limit, len(similarities))
    assert all(0 <= score <= 1 for score in scores)


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_are_refused_as_json(raw):
    with contextlib.suppress(NotJson):
        loads(raw)
