"""What each precedent has to do with a text, in a sentence: it has to read as a person would write it."""

from dataclasses import replace

import pytest
from builders import match, period

from app.domain.checks.polarity import relation_of
from app.domain.checks.recurrence import recurrence_of
from app.domain.checks.scoring import Tier
from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.domain.predictions.predictions import Prediction, PredictionStatus, Tally
from app.domain.statements.statements import Finding, Source
from app.language.explanation.sentences import Explainer, outcomes_sentence, summary_sentence
from app.texts.fluent import FluentCatalogs

PHRASES = FluentCatalogs().for_language()
EXPLAIN = Explainer(PHRASES)
TANKS = "Six tanks of toxic gas were delivered to Jisr al-Shugur by the White Helmets for a staged chemical attack."
LITRES = "The White Helmets had brought 400 litres of chemicals to Saraqib for a false chemical attack."
INVISIBLE = {chr(one) for one in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C)}


def quote(text, words):
    """Where these words stand in a text, for the first time."""
    start = text.index(words)
    return TextQuote.of(text, start, start + len(words))


def slots(statement, precedent, *, repeated=(), changed=(), added=(), dropped=()):
    """The slots of two texts, each by role and words."""
    pair = [
        tuple(AlignedSpan(role, quote(statement, one), quote(precedent, other)) for role, one, other in some)
        for some in (repeated, changed)
    ]
    return {
        "repeated": pair[0],
        "changed": pair[1],
        "added": tuple(AddedSpan(role, quote(statement, words)) for role, words in added),
        "removed": tuple(RemovedSpan(role, quote(precedent, words)) for role, words in dropped),
    }


def explained(text, one, language="en", stance="assertion"):
    return EXPLAIN(text, language, stance, one)


def test_an_explanation_names_repeated_and_replaced_phrases():
    aligned = slots(
        TANKS, LITRES,
        repeated=[("act", "delivered", "brought"), ("actor", "White Helmets", "White Helmets"),
                  ("act", "staged chemical attack", "false chemical attack")],
        changed=[("quantity", "Six tanks", "400 litres"), ("means", "toxic gas", "chemicals"),
                 ("place", "Jisr al-Shugur", "Saraqib")],
    )  # fmt: skip
    assert explained(TANKS, match(LITRES, speaker="Alexander Karpov", source=Source("TASS"), **aligned)) == (
        "The same script as on 24 April 2021 (Alexander Karpov, TASS): again the White Helmets and a staged chemical "
        "attack. Then it was 400 litres of chemicals in Saraqib; now it is six tanks of toxic gas in Jisr al-Shugur."
    )


def test_an_explanation_names_the_accused_and_new_phrases():
    now = "Militants prepare an attack to blame it on the Syrian army ahead of the presidential election."
    then = "Militants in the Tel Tuna camp plan an attack to accuse the Syrian army."
    aligned = slots(
        now, then,
        repeated=[("actor", "Militants", "Militants"), ("act", "attack", "attack"),
                  ("accused", "Syrian army", "Syrian army")],
        added=[("time", "presidential election")], dropped=[("place", "Tel Tuna camp")],
    )  # fmt: skip
    assert explained(now, match(then, **aligned)) == (
        "The same script as on 24 April 2021: again militants and an attack, with the blame on the Syrian army. "
        "This time it also speaks of the presidential election, and no longer of the Tel Tuna camp."
    )


def test_a_phrase_is_not_mentioned_where_the_noun_that_it_ends_with_is_marked_nowhere():
    now = "Militants prepare an attack in Idlib."
    then = "Militants prepare an attack in Idlib with Turkish intelligence and two vehicles for up to 200 people."
    aligned = slots(
        now, then,
        repeated=[("actor", "Militants", "Militants"), ("act", "attack", "attack"), ("place", "Idlib", "Idlib")],
        dropped=[("actor", "Turkish"), ("quantity", "two"), ("quantity", "up to 200")],
    )  # fmt: skip
    assert explained(now, match(then, **aligned)) == (
        "The same script as on 24 April 2021: again militants, an attack and Idlib."
    )


def test_a_number_without_words_is_not_said_to_be_repeated():
    text = "The plot was aimed at Nord Stream — 2."
    aligned = slots(text, text, repeated=[("target", "Nord Stream", "Nord Stream"), ("quantity", "2", "2")])
    assert (
        explained(text + " Now.", match(text, **aligned)) == "The same script as on 24 April 2021: again Nord Stream."
    )


def test_words_of_one_phrase_are_rendered_as_one():
    now = "A sarin attack near Ariha was staged by Syrian refugees."
    then = "A chlorine attack in Idlib was staged by Afghan refugees."
    aligned = slots(
        now, then,
        repeated=[("act", "attack", "attack"), ("actor", "refugees", "refugees")],
        changed=[("means", "sarin", "chlorine"), ("place", "Ariha", "Idlib"), ("actor", "Syrian", "Afghan")],
    )  # fmt: skip
    assert explained(now, match(then, **aligned)) == (
        "The same script as on 24 April 2021. "
        "Then it was a chlorine attack in Idlib and Afghan refugees; now it is a sarin attack near Ariha and Syrian "
        "refugees."
    )


def test_quantities_that_are_not_aligned_are_no_replacement():
    now = "Six tanks of toxic gas are ready in Ariha."
    then = "In two vehicles 400 litres of chemicals came to Saraqib."
    aligned = slots(
        now, then,
        changed=[("place", "Ariha", "Saraqib")], added=[("quantity", "Six tanks"), ("means", "toxic gas")],
        dropped=[("quantity", "two"), ("means", "vehicles"), ("quantity", "400 litres"), ("means", "chemicals")],
    )  # fmt: skip
    assert explained(now, match(then, **aligned)) == (
        "The same script as on 24 April 2021. Then it was in Saraqib; now it is in Ariha. This time it also speaks of "
        "six tanks of toxic gas, and no longer of two vehicles and 400 litres of chemicals."
    )


def test_phrases_of_different_kinds_are_no_replacement():
    now = "Toxic gas came to Jisr al-Shugur."
    then = "They met field commanders of Hurras al-Din."
    aligned = slots(
        now, then,
        changed=[("place", "Jisr al-Shugur", "Hurras al-Din")], added=[("means", "Toxic gas")],
        dropped=[("actor", "field commanders")],
    )  # fmt: skip
    assert explained(now, match(then, **aligned)) == (
        "The same script as on 24 April 2021. This time it also speaks of toxic gas and Jisr al-Shugur, "
        "and no longer of field commanders of Hurras al-Din."
    )


def test_what_says_the_opposite_is_explained():
    now, then = "The vaccine prevents infertility.", "The vaccine causes infertility."
    verb = AlignedSpan("act", quote(now, "prevents"), quote(then, "causes"), "opposite")
    aligned = slots(now, then, repeated=[("means", "vaccine", "vaccine")])
    assert explained(now, match(then, speaker="Rowan", **{**aligned, "changed": (verb,)})) == (
        "Says the opposite of what was said on 24 April 2021 (Rowan): again the vaccine. "
        "Then it was “causes”; now it is “prevents”."
    )


def test_exchanged_parties_are_explained_with_what_stands_between_them():
    now, then = "Ukraine attacked Russia.", "Russia attacked Ukraine."
    changed = (
        AlignedSpan("actor", quote(now, "Ukraine"), quote(then, "Russia"), "exchange"),
        AlignedSpan("target", quote(now, "Russia"), quote(then, "Ukraine"), "exchange"),
    )
    assert explained(now, match(then, changed=changed)) == (
        "Says the opposite of what was said on 24 April 2021. "
        "Then it was “Russia attacked Ukraine”; now it is “Ukraine attacked Russia”."
    )


def test_another_number_of_the_same_is_explained():
    now, then = "At least 120 people died.", "At least 12 people died."
    changed = (AlignedSpan("quantity", quote(now, "At least 120"), quote(then, "At least 12"), "number"),)
    aligned = slots(now, then, repeated=[("victims", "people", "people")])
    said = explained(now, match(then, **{**aligned, "changed": changed}))
    assert "Then it was at least 12 people; now it is at least 120 people." in said


def test_one_sided_phrases_are_explained_in_the_readers_language_only():
    now = "«Белые каски» привезли баллоны в Саракиб."
    aligned = slots(
        now, LITRES, repeated=[("actor", "Белые каски", "White Helmets")], added=[("means", "баллоны")],
        dropped=[("means", "chemicals")],
    )  # fmt: skip
    said = explained(now, match(LITRES, **aligned), "ru")
    assert said.endswith("again the White Helmets. It no longer speaks of chemicals.")


def test_the_language_of_quotations_is_named():
    now, then = "«Белые каски» в Идлибе.", "«Белые каски» готовят атаку."
    aligned = slots(now, then, repeated=[("actor", "Белые каски", "Белые каски")])
    said = explained(now, match(then, language="ru", **aligned), "ru")
    assert said == "The same script as on 24 April 2021 (in Russian): again “Белые каски”."


def test_what_the_other_text_has_too_is_not_called_new():
    now, then = "Ukraine was attacked by Russia.", "Russia attacked Ukraine."
    aligned = slots(now, then, added=[("actor", "Ukraine")], dropped=[("target", "Ukraine")])
    assert explained(now, match(then, **aligned)) == "The same script as on 24 April 2021."


def test_words_of_another_language_are_quoted_as_they_are():
    then = "«Белые каски» привезли в Саракиб 400 литров химикатов."
    aligned = slots(
        TANKS, then,
        repeated=[("actor", "White Helmets", "Белые каски")],
        changed=[("quantity", "Six tanks", "400 литров"), ("means", "toxic gas", "химикатов")],
    )  # fmt: skip
    assert explained(TANKS, match(then, language="ru", speaker="Karpov", **aligned)) == (
        "The same script as on 24 April 2021 (Karpov, in Russian): again the White Helmets. "
        "Then it was “400 литров химикатов”; now it is six tanks of toxic gas."
    )


def test_repeated_phrases_are_quoted_from_the_text_in_the_readers_language():
    now = "«Белые каски» готовят провокацию в Идлибе."
    aligned = slots(now, LITRES, repeated=[("actor", "Белые каски", "White Helmets")])
    assert "(in English): again the White Helmets." in explained(now, match(LITRES, **aligned), "ru")


@pytest.mark.parametrize(
    ("stance", "precedent", "begins"),
    [("denial", "assertion", "Says the opposite of what was said on 24 April 2021 (Karpov)."),
     ("denial", "denial", "Denies the same as on 24 April 2021 (Karpov)."),
     ("denial", "question", "Denies what was asked about on 24 April 2021 (Karpov)."),
     ("question", "report", "Asks about what was said on 24 April 2021 (Karpov)."),
     ("question", "denial", "Asks about what was denied on 24 April 2021 (Karpov)."),
     ("question", "question", "Asks about the same as on 24 April 2021 (Karpov)."),
     ("assertion", "denial", "Says what was denied on 24 April 2021 (Karpov)."),
     ("report", "question", "Says what was asked about on 24 April 2021 (Karpov).")],
)  # fmt: skip
def test_an_explanation_calls_a_denial_or_a_question_so(stance, precedent, begins):
    related = match(LITRES, stance=precedent, speaker="Karpov", relation=relation_of(stance, precedent))
    assert explained(TANKS, related, stance=stance) == begins


@pytest.mark.parametrize(
    ("said_at", "days", "begins"),
    [("2021-02", 83, "The same script as in February 2021."), ("2019", 500, "The same script as in 2019."),
     (None, None, "The same script as in an undated statement."),
     ("2021-07-02", -40, "The same script as later, on 2 July 2021.")],
)  # fmt: skip
def test_an_explanation_dates_the_precedent_with_its_precision(said_at, days, begins):
    assert explained(TANKS, match(LITRES, said_at=said_at, days_before=days)) == begins


def test_a_later_match_is_not_explained_with_then_and_now():
    aligned = slots(
        TANKS, LITRES, changed=[("means", "toxic gas", "chemicals")], added=[("place", "Jisr al-Shugur")],
        dropped=[("place", "Saraqib")],
    )  # fmt: skip
    said = explained(TANKS, match(LITRES, said_at="2022", days_before=-223, **aligned))
    assert "There it is chemicals; here it is toxic gas." in said
    assert "It also speaks of Jisr al-Shugur, but not of Saraqib." in said


@pytest.mark.parametrize(
    ("text", "tier", "begins"),
    [(f"{LITRES}!", Tier.NEAR_VERBATIM, "Word for word as on 24 April 2021."),
     (LITRES.replace("400", "300"), Tier.NEAR_VERBATIM, "Almost word for word as on 24 April 2021."),
     (TANKS, Tier.SAME_TOPIC, "The same topic as on 24 April 2021, but not clearly the same script."),
     (TANKS, None, "Little in common with what was said on 24 April 2021.")],
)  # fmt: skip
def test_an_explanation_begins_with_the_tier(text, tier, begins):
    assert explained(text, match(LITRES, tier)) == begins


def test_a_translation_is_not_said_to_be_word_for_word():
    said = explained("«Белые каски» привезли химикаты.", match(LITRES, Tier.NEAR_VERBATIM), "ru")
    assert said == "The same in another language as on 24 April 2021 (in English)."


def test_a_recorded_outcome_is_explained_with_its_publisher():
    status = PredictionStatus("did_not_happen", Finding("false", "OPCW"))
    one = match(LITRES, prediction=Prediction((), status=status))
    assert explained(TANKS, one).endswith("What it predicted is on record as not having happened (OPCW).")
    unsettled = replace(one.precedent, prediction=Prediction((), status=PredictionStatus("expired")))
    assert "predicted" not in explained(TANKS, replace(one, precedent=unsettled))


def test_hostile_quotes_and_invisible_characters_are_removed_from_phrases():
    now = 'They bring \u202e"gas" \u2066and\n“drones”\u2069 to Idlib, with <b>bold</b>.'
    words = '\u202e"gas" \u2066and\n“drones”'
    aligned = slots(now, LITRES, changed=[("means", words, "chemicals")])
    said = explained(now, match(LITRES, **aligned))
    assert "now it is gas and drones." in said
    assert not INVISIBLE & set(said)


def test_long_words_are_cut_off_after_a_word():
    now = f"They bring {'very ' * 40}dangerous gas."
    aligned = slots(now, LITRES, changed=[("means", now[11:-1], "chemicals")])
    assert "now it is very very very very very very very very very very very very…." in explained(
        now, match(LITRES, **aligned)
    )


NONE_OF_9 = "None of the 9 events that this script predicted is on record as having happened; "


@pytest.mark.parametrize(
    ("tally", "sentence"),
    [(Tally(9, did_not_happen=3, open=4, expired=2),
      NONE_OF_9 + "3 are on record as not having happened, and for 6 no outcome is recorded."),
     (Tally(9, expired=5, open=4), NONE_OF_9 + "no outcome is recorded for any of them."),
     (Tally(9, disputed=8, open=1), NONE_OF_9 + "for one no outcome is recorded."),
     (Tally(9, happened=2, unknown=4, open=3),
      "Of the 9 events that this script predicted, 2 are on record as having happened; for 3 no outcome is recorded."),
     (Tally(2, happened=1, did_not_happen=1),
      ("One of the 2 events that this script predicted is on record as having happened; "
       "one is on record as not having happened.")),
     (Tally(4, did_not_happen=4), "All 4 events that this script predicted are on record as not having happened."),
     (Tally(4, happened=4), "All 4 events that this script predicted are on record as having happened."),
     (Tally(1, happened=1), "The one event that this script predicted is on record as having happened."),
     (Tally(1, did_not_happen=1), "The one event that this script predicted is on record as not having happened."),
     (Tally(1, expired=1), "The one event that this script predicted is not on record as having happened.")],
)  # fmt: skip
def test_recorded_outcomes_are_summarised_in_a_sentence(tally, sentence):
    assert outcomes_sentence(PHRASES, tally) == sentence


def test_a_summary_ends_with_the_recorded_outcomes():
    recurrence = recurrence_of([period("2021-02"), period("2021-04-24")], period("2021-05-23"))
    said = "Said at least 2 times before: first in February 2021, last on 24 April 2021, 29 days earlier."
    assert summary_sentence(PHRASES, recurrence, 2, "assertion", Tally()) == said
    assert summary_sentence(PHRASES, recurrence, 2, "assertion", Tally(2, open=2)) == (
        f"{said} None of the 2 events that this script predicted is on record as having happened; "
        "no outcome is recorded for any of them."
    )
