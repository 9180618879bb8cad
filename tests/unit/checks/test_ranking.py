"""From candidates to an answer: order, cut-offs, flag, recurrence, and the sentence."""

from dataclasses import replace

import pytest
from builders import NOW, POLICY, candidate, request, score_of

from app.domain.checks.checks import days_before, rank_candidates
from app.domain.checks.polarity import is_said_again, relation_of
from app.domain.checks.recurrence import recurrence_of
from app.domain.checks.scoring import Tier
from app.domain.core.dates import instant, parse_period
from app.language.explanation.sentences import summary_sentence
from app.texts.fluent import FluentCatalogs

PHRASES = FluentCatalogs().for_language()


def judged(candidates, stance="assertion", **fields):
    """The verdict on candidates, all of them asserted, under the policy of the tests."""
    asked = request(**fields)

    def said_before(those):
        return {one.key for one in those} if is_said_again(stance, "assertion") else set()

    return rank_candidates(asked, asked.said_at or instant(NOW), candidates, POLICY, said_before)


def summary(verdict, stance="assertion"):
    """The sentence that a verdict amounts to."""
    close = sum(tier is not None for _, _, tier in verdict.ranked)
    return summary_sentence(PHRASES, verdict.recurrence, close, stance)


def shown(verdict):
    """The cosines of what is shown, in order."""
    return [candidate.signals["dense"] for candidate, _, _ in verdict.ranked]


def test_the_most_alike_comes_first():
    verdict = judged([candidate(0.6), candidate(0.9), candidate(0.75)])
    assert shown(verdict) == [0.9, 0.75, 0.6]


def test_equally_alike_ones_come_in_the_order_in_which_they_were_recorded():
    first, second, third = (candidate(0.9) for _ in range(3))
    assert [entry[0] for entry in judged([third, first, second]).ranked] == [first, second, third]


def test_tiers_say_how_alike_from_their_own_cut_off_on():
    verdict = judged([candidate(close) for close in (0.95, 0.949, 0.7, 0.699, 0.5)])
    assert [tier for _, _, tier in verdict.ranked] == [
        Tier.NEAR_VERBATIM,
        Tier.SAME_SCRIPT,
        Tier.SAME_SCRIPT,
        Tier.SAME_TOPIC,
        Tier.SAME_TOPIC,
    ]


def test_what_is_below_the_suggest_cut_off_is_not_shown():
    verdict = judged([candidate(0.499), candidate(0.2)])
    assert (verdict.ranked, verdict.recurrence, verdict.flagged) == ((), None, False)


def test_without_candidates_there_is_nothing_to_say():
    verdict = judged([])
    assert (verdict.ranked, verdict.recurrence, verdict.flagged) == ((), None, False)


def test_no_more_than_the_limit_are_shown_and_they_are_the_best():
    assert shown(judged([candidate(close) for close in (0.6, 0.8, 0.7, 0.9, 0.5)], limit=2)) == [0.9, 0.8]


@pytest.mark.parametrize(
    ("minimum_tier", "expected"),
    [("near_verbatim", [0.97]), ("same_script", [0.97, 0.75]), ("same_topic", [0.97, 0.75, 0.6]),
     ("any", [0.97, 0.75, 0.6, 0.1, -0.3])],
)  # fmt: skip
def test_the_minimum_tier_says_what_is_shown(minimum_tier, expected):
    some = [candidate(close) for close in (0.1, 0.6, 0.97, -0.3, 0.75)]
    assert shown(judged(some, minimum_tier=minimum_tier)) == expected


def test_below_every_tier_there_is_no_tier():
    [entry] = judged([candidate(0.1)], minimum_tier="any").ranked
    assert entry[2] is None


def test_a_score_is_the_models_probability_between_zero_and_one():
    verdict = judged([candidate(1.0000001), candidate(-0.5), candidate(1_000), candidate(-1_000)], minimum_tier="any")
    scores = [score for _, score, _ in verdict.ranked]
    assert scores == [score_of(close) for close in (1_000, 1.0000001, -0.5, -1_000)]
    assert all(0 <= score <= 1 for score in scores)


def test_texts_alike_by_their_letters_are_near_verbatim_from_the_suggest_cut_off_on():
    verdict = judged([candidate(0.6, wording=0.97), candidate(0.55, wording=0.969), candidate(0.49, wording=1.0)])
    assert [tier for _, _, tier in verdict.ranked] == [Tier.NEAR_VERBATIM, Tier.SAME_TOPIC]


@pytest.mark.parametrize("stance", ["assertion", "report"])
@pytest.mark.parametrize(("similarity", "flagged"), [(0.8, True), (0.79, False)])
def test_what_is_asserted_or_reported_is_flagged_from_the_flag_cut_off_on(stance, similarity, flagged):
    assert judged([candidate(similarity)], stance).flagged is flagged


@pytest.mark.parametrize("stance", ["denial", "question"])
def test_what_is_denied_or_asked_is_never_flagged(stance):
    verdict = judged([candidate(1.0)], stance)
    assert not verdict.flagged
    assert verdict.ranked


@pytest.mark.parametrize(
    ("stance", "begins"), [("denial", "No earlier statement is known"), ("question", "A question repeats nothing")]
)
def test_what_is_denied_or_asked_is_not_counted_as_said_before(stance, begins):
    verdict = judged([candidate(0.9, "2021-05-22"), candidate(0.9, "2021-02")], stance)
    assert verdict.recurrence.count == 0
    assert summary(verdict, stance).startswith(begins)
    assert summary(verdict, stance).endswith("; 2 statements are close to it.")


def test_what_was_denied_before_and_is_denied_again_is_counted():
    asked = request()
    found = [candidate(0.9, "2021-05-22"), candidate(0.9, "2021-02")]
    verdict = rank_candidates(asked, asked.said_at, found, POLICY, lambda those: {those[0].key})
    assert verdict.flagged
    assert summary(verdict, "denial") == "Denied at least once before: on 22 May 2021, 1 day earlier."


def test_what_says_the_opposite_is_shown_and_not_counted():
    asked = request()
    verdict = rank_candidates(asked, asked.said_at, [candidate(0.9)], POLICY, lambda _: frozenset())
    assert summary_sentence(PHRASES, verdict.recurrence, 1, "assertion", opposed=1) == (
        "No earlier statement is known to say the same; 1 statement says the opposite."
    )


@pytest.mark.parametrize(
    ("statement", "precedent", "relation", "again"),
    [
        ("assertion", "report", "repeats", True),
        ("report", "assertion", "repeats", True),
        ("denial", "denial", "repeats", True),
        ("denial", "assertion", "opposes", False),
        ("report", "denial", "opposes", False),
        ("question", "assertion", "repeats", False),
        ("assertion", "question", "repeats", False),
        ("question", "question", "repeats", False),
        (None, "assertion", "repeats", False),
        ("assertion", None, "repeats", False),
        (None, None, "repeats", False),
    ],
)
def test_what_both_say_or_both_deny_is_said_again(statement, precedent, relation, again):
    assert relation_of(statement, precedent) == relation
    assert is_said_again(statement, precedent) is again


def test_negated_words_decide_between_two_that_say_it_and_between_a_denial_and_a_statement():
    assert relation_of("assertion", "assertion", "opposite") == "opposes"
    assert not is_said_again("assertion", "assertion", "opposite")
    assert is_said_again("denial", "assertion", "same")


def test_a_report_is_spoken_of_as_what_it_reports():
    assert summary(judged([candidate(0.9)], "report"), "report") == summary(judged([candidate(0.9)]))


def countered(similarity, by, said_at="2021-01-01"):
    """A candidate whose narrative has a counter-example that is as similar to the checked text as `by`."""
    return replace(candidate(similarity, said_at), counter_similarity=by)


@pytest.mark.parametrize("minimum_tier", ["same_topic", "any"])
@pytest.mark.parametrize("by", [0.97, 0.96])
def test_what_is_as_close_to_a_counter_example_shares_no_more_than_the_topic_and_raises_no_flag(by, minimum_tier):
    verdict = judged([countered(0.96, by)], minimum_tier=minimum_tier)
    assert [tier for _, _, tier in verdict.ranked] == [Tier.SAME_TOPIC]
    assert not verdict.flagged
    assert verdict.recurrence.count == 0


def test_a_counter_example_that_is_less_similar_changes_nothing():
    verdict = judged([countered(0.96, 0.95)])
    assert [tier for _, _, tier in verdict.ranked] == [Tier.NEAR_VERBATIM]
    assert verdict.flagged


def test_a_counter_example_speaks_against_the_candidates_of_its_narrative_alone():
    verdict = judged([countered(0.96, 1.0), candidate(0.9)])
    assert [tier for _, _, tier in verdict.ranked] == [Tier.SAME_TOPIC, Tier.SAME_SCRIPT]
    assert verdict.flagged


def test_a_counter_example_does_not_raise_a_candidate_below_every_tier():
    [entry] = judged([countered(0.1, 0.9)], minimum_tier="any").ranked
    assert entry[2] is None


def test_recurrence_counts_the_instances_of_the_script_and_not_of_the_topic():
    verdict = judged([candidate(0.9, "2021-02"), candidate(0.8, "2021-04-24"), candidate(0.6, "2021-05-01")])
    assert verdict.recurrence.count == 2
    assert verdict.recurrence.first_said_at.text == "2021-02"
    assert verdict.recurrence.last_said_at.text == "2021-04-24"
    assert verdict.recurrence.gaps_days == (55,)
    assert verdict.recurrence.days_since_last == 29


def test_recurrence_counts_more_than_are_shown():
    assert judged([candidate(0.9, f"2021-01-{day:02}") for day in range(1, 8)], limit=2).recurrence.count == 7


def test_the_same_text_speaker_and_day_is_counted_once():
    twice = [
        candidate(0.9, day, text=text, speaker=speaker)
        for day, text, speaker in [
            ("2021-04-24", "The same words.", "A"),
            ("2021-04-24", "The  same words. ", "A"),
            ("2021-04-24T10:00:00Z", "The same words.", "A"),
            ("2021-04-24", "The same words.", "B"),
            ("2021-04-25", "The same words.", "A"),
            ("2021-04-24", "Other words.", "A"),
        ]
    ]
    assert judged(twice, limit=6).recurrence.count == 4


def test_an_undated_statement_is_shown_and_not_counted():
    verdict = judged([candidate(0.9, None), candidate(0.85, "2021-04-24")], earlier_only=False)
    assert len(verdict.ranked) == 2
    assert verdict.recurrence.count == 1


def test_a_later_statement_is_no_recurrence_though_it_may_be_shown():
    verdict = judged([candidate(0.9, "2022-01-01"), candidate(0.85, "2021-05-23")], earlier_only=False)
    assert len(verdict.ranked) == 2
    assert verdict.recurrence.count == 0
    assert summary(verdict) == "No earlier statement is known to follow the same script; 2 statements are close to it."


def test_a_year_that_has_not_ended_is_no_recurrence_before_a_day_inside_it():
    verdict = judged([candidate(0.9, "2021")], said_at="2021-05-23", earlier_only=False)
    assert verdict.recurrence.count == 0


def test_the_sentence_for_several_instances_tells_the_first_and_the_last():
    some = [candidate(0.9, day) for day in ("2021-03-05", "2021-02", "2021-04-24")]
    assert summary(judged(some)) == (
        "Said at least 3 times before: first in February 2021, last on 24 April 2021, 29 days earlier."
    )


@pytest.mark.parametrize(
    ("said_at", "sentence"),
    [("2021-05-22", "Said at least once before: on 22 May 2021, 1 day earlier."),
     ("2021-05-21", "Said at least once before: on 21 May 2021, 2 days earlier."),
     ("2017", "Said at least once before: in 2017, 1,239 days earlier.")],
)  # fmt: skip
def test_the_sentence_for_one_instance_counts_in_good_english(said_at, sentence):
    assert summary(judged([candidate(0.9, said_at)])) == sentence


def test_a_period_under_way_has_no_days_to_count():
    verdict = judged([candidate(0.9, "2021")], said_at=None)
    assert summary(verdict) == "Said at least once before: in 2021."
    assert verdict.recurrence.days_since_last == 0


@pytest.mark.parametrize(("count", "others"), [(1, "1 statement is close to it"), (2, "2 statements are close to it")])
def test_the_sentence_without_an_instance_says_how_many_are_close(count, others):
    assert others in summary(judged([candidate(0.6) for _ in range(count)]))
    assert others in summary_sentence(PHRASES, recurrence_of([], parse_period("2021")), count, "assertion")


def test_days_before_are_counted_from_the_precedent_to_the_statement():
    day = parse_period("2021-05-23")
    assert days_before(parse_period("2021-04-24"), day) == 29
    assert days_before(None, day) is None
    assert days_before(parse_period("2021-05-24"), day) == -1


def test_gaps_lie_between_neighbours_in_order_of_time():
    days = [parse_period(raw) for raw in ("2021-01-11", "2021-01-01", "2021-01-04")]
    recurrence = recurrence_of(days, parse_period("2021-05-23"))
    assert recurrence.gaps_days == (3, 7)
