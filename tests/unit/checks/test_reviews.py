"""What an analyst's decisions amount to: which of them stand, and the state of the flag."""

import itertools

import pytest
from builders import NOW, statement

from app.domain.checks.checks import Check, Language, Match, ModelUsed, Precedent, Stance
from app.domain.checks.reviews import Actor, Review, ReviewDraft, effective_reviews, text_hash
from app.domain.checks.scoring import Tier
from app.domain.desk.flags import closest_tier, effective_review_by_match, filter_date, state_of, with_reviews

ANNA = Actor("key-1", "Anna")
_versions = itertools.count(2)


def match(match_id, tier="same_script", **fields):
    precedent = Precedent.of(statement(f"Precedent of {match_id}."), "assertion")
    return Match(match_id, precedent, Tier(tier) if tier else None, 0.9, {}, 1, **fields)


def check(*matches, flagged=True):
    model = ModelUsed("e", "f", "p", 0.5, 0.8, 1)
    return Check("check", NOW, "Text.", Language("en", True), Stance(), flagged, None, None, matches, model)


def decided(*words):
    """Reviews in order: `m1 confirmed`, `* dismissed` (all matches), `undone m1 confirmed`; with what stands marked."""
    made = []
    for word in words:
        *undone, about, verdict = word.split()
        version = next(_versions)
        made.append(
            Review(
                id=f"review-{version}",
                match_id=None if about == "*" else about,
                precedent_id=None,
                verdict=verdict,
                reason=None,
                by=ANNA,
                at=NOW,
                version=version,
                undone_by=ANNA if undone else None,
                undone_at=NOW if undone else None,
            )
        )
    stand = effective_reviews(made)
    return [one if one.id in stand else Review(**{**_fields(one), "stands": False}) for one in made]


def _fields(review):
    return {name: getattr(review, name) for name in Review.__slots__}


def stands(*words):
    return [review.stands for review in decided(*words)]


def test_the_last_review_of_a_match_is_effective():
    assert stands("m1 confirmed", "m2 dismissed", "m1 dismissed") == [False, True, True]


def test_undoing_a_review_makes_the_previous_one_effective():
    assert stands("m1 confirmed", "undone m1 dismissed") == [True, False]


def test_dismissing_all_reviews_every_match_until_a_later_review():
    assert stands("m1 confirmed", "m2 dismissed", "* dismissed") == [False, False, True]
    assert stands("m1 confirmed", "* dismissed", "m1 confirmed") == [False, True, True]
    assert stands("m1 confirmed", "undone * dismissed") == [True, False]
    assert stands("* dismissed", "* dismissed") == [False, True]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ((), "open"),
        (("m1 confirmed",), "confirmed"),
        (("m1 confirmed", "m2 dismissed"), "confirmed"),
        (("m1 dismissed",), "open"),
        (("m1 dismissed", "m2 dismissed"), "dismissed"),
        (("m1 dismissed", "undone m2 dismissed"), "open"),
        (("undone m1 confirmed",), "open"),
        (("* dismissed",), "dismissed"),
        (("m1 confirmed", "* dismissed"), "dismissed"),
        (("* dismissed", "m3 confirmed"), "confirmed"),
        (("m3 dismissed",), "open"),
    ],
)
def test_the_state_of_a_flag_is_what_its_standing_reviews_amount_to(words, state):
    flagged = check(match("m1"), match("m2", "near_verbatim"), match("m3", "same_topic"))
    assert state_of(flagged, decided(*words)) == state


@pytest.mark.parametrize(
    ("words", "state"),
    [((), None), (("m1 dismissed",), None), (("m1 confirmed",), "confirmed"), (("* dismissed",), "dismissed")],
)
def test_a_check_that_was_not_flagged_is_a_flag_only_by_a_decision(words, state):
    assert state_of(check(match("m1"), match("m2"), flagged=False), decided(*words)) == state


def test_a_match_that_only_shares_the_topic_need_not_be_dismissed():
    assert state_of(check(match("m1", "same_topic"), flagged=False), decided("m1 dismissed")) == "dismissed"


def test_a_match_shows_its_effective_review_and_a_match_by_hand_until_undone():
    by_hand = match("hand", None, found_by_hand=True)
    shown = with_reviews(check(match("m1"), match("m2")), decided("m1 dismissed", "hand confirmed"), [by_hand])
    assert [(one.id, one.review and one.review.verdict) for one in shown.matches] == [
        ("m1", "dismissed"), ("m2", None), ("hand", "confirmed"),
    ]  # fmt: skip
    gone = with_reviews(check(match("m1")), decided("undone hand confirmed"), [by_hand])
    assert [one.id for one in gone.matches] == ["m1"]


def test_the_dismissal_of_all_is_shown_with_every_match():
    reviews = decided("* dismissed", "m2 confirmed")
    found = effective_review_by_match(check(match("m1"), match("m2")), reviews)
    assert {key: one.verdict for key, one in found.items()} == {"m1": "dismissed", "m2": "confirmed"}


def test_closest_tier_best_score_and_date_of_a_check():
    assert closest_tier(check(match("m1", "same_topic"), match("m2", "near_verbatim"))) is Tier.NEAR_VERBATIM
    assert closest_tier(check()) is None
    assert filter_date(check()).begins == int(NOW.timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("draft", "pointer"),
    [
        (ReviewDraft("confirmed"), "/match_id"),
        (ReviewDraft("dismissed", match_id="m", precedent_id="p"), "/precedent_id"),
        (ReviewDraft("dismissed", match_id="m", archive=True), "/archive"),
        (ReviewDraft("confirmed", match_id="m", counter_example=True), "/counter_example"),
        (ReviewDraft("dismissed", counter_example=True), "/match_id"),
        (ReviewDraft("confirmed", match_id="m", narrative="N"), "/narrative"),
    ],
)
def test_a_decision_that_contradicts_itself_is_pointed_at(draft, pointer):
    assert [fault.pointer for fault in draft.faults()] == [pointer]


def test_a_decision_that_holds_together_has_no_fault():
    assert ReviewDraft("dismissed").faults() == []
    assert ReviewDraft("confirmed", precedent_id="p", archive=True, narrative="N").faults() == []
    assert ReviewDraft("dismissed", match_id="m", counter_example=True, narrative="N").faults() == []


def test_text_hashes_ignore_white_space():
    assert text_hash("The  same\nwords. ") == text_hash("The same words.")
    assert text_hash("The same words.") != text_hash("the same words.")
