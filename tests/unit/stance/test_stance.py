"""What a text does with what it says: assert, report, deny or ask."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.lexicons.stance import LANGUAGES
from app.language.stance.classifier import LABELS, StanceClassifier, shipped_classifier
from app.language.stance.features import stance_features
from app.language.stance.rules import LONG, stance_by_rules
from index.contract import WrongShape

LABELLED = Path(__file__).parents[2] / "quality" / "stance"
FLAGGED = {"assertion", "report"}
E5 = "multilingual-e5-small (onnx, int8)"


@pytest.mark.parametrize(
    ("text", "language", "label", "cue"),
    [
        ("Karpov claimed that barrels had been brought to the village.", "en", "report", "claimed"),
        ("It is not true that the dam has burst.", "en", "denial", "is not true"),
        ("Did the dam burst?", "en", "question", "?"),
        ("Никаких переговоров не велось, заявил посол.", "ru", "denial", "Никаких переговоров не велось"),
        ("Чи правда, що греблю прорвало?", "uk", "question", "?"),
        ("نفت الوزارة وقوع أي هجوم.", "ar", "denial", "نفت"),
        ("Es stimmt nicht, dass der Damm gebrochen ist.", "de", "denial", "stimmt nicht"),
        ("L’agence n’a pas publié ce document.", "fr", "denial", "n’a pas publié"),
        ("¿Se rompió la presa?", "es", "question", "¿Se rompió la presa?"),
        ("Il ministero ha smentito la notizia.", "it", "denial", "smentito"),
        ("Nieprawda, że tama pękła.", "pl", "denial", "Nieprawda, że"),
        ("BARAJIN YIKILDIĞI DOĞRU DEĞİL.", "tr", "denial", "DOĞRU DEĞİL"),
        ("Alguém sabe se a barragem rompeu", "pt", "question", "Alguém sabe se"),
    ],
)
def test_the_words_that_show_a_stance_are_quoted_from_the_text(text, language, label, cue):
    stance = stance_by_rules(text, language)
    assert stance.label == label
    assert any(quote.exact in cue or cue in quote.exact for quote in stance.cues)


def test_an_assertion_has_no_cues():
    assert stance_by_rules("The dam has burst.", "en").cues == ()


@pytest.mark.parametrize(
    "text",
    [
        "Militants will stage a fake chemical attack and blame the army.",
        "The massacre was a hoax staged by foreign services.",
        "The West spreads lies and disinformation about the vote.",
        "Ukraine is not a democracy.",
        "Europe cannot survive without Russian gas.",
        "The West does not want peace.",
        "The hospital denied access to patients without a card.",
        "Not only gas but also oil will run out.",
        "It cannot be denied that prices rose.",
        "No one denies that the dam burst.",
        "It is not true that nobody was hurt.",
        "Soldiers who did not speak the language searched the village.",
        "The channel showed the column “that was never there” on Monday.",
        "They blew up the dam themselves, didn't they?",
    ],
)
def test_what_only_looks_like_a_denial_or_a_question_is_neither(text):
    assert stance_by_rules(text, "en").label in FLAGGED


def test_a_claim_that_the_next_sentence_refutes_is_denied():
    assert stance_by_rules("The bank will close on Friday.", "en").label == "assertion"
    assert stance_by_rules("The bank will close on Friday. This is a hoax.", "en").label == "denial"


def test_a_claim_that_the_next_sentence_checks_is_asked():
    assert stance_by_rules("Posts say that the bank will close on Friday. Is that true?", "en").label == "question"


def test_a_question_that_the_text_answers_with_no_is_denied():
    assert stance_by_rules("Is the bank closing? No, it is not.", "en").label == "denial"


def test_a_question_over_a_long_assertive_text_does_not_make_it_one():
    body = "State television reported that the company had bought the fields and set them alight to drive owners out."
    assert stance_by_rules(f"Why is it burning? {body}", "en").label == "report"


@pytest.mark.parametrize("language", ["und", "tlh", "", "zh", "pt-BR"])
@pytest.mark.parametrize("mark", ["?", "？", "؟"])
def test_a_question_mark_asks_in_every_language(language, mark):
    assert stance_by_rules(f"Mo wen tu li{mark}", language).label == "question"


def test_a_language_that_is_not_known_is_read_with_the_words_of_its_script():
    assert stance_by_rules("Неправда, что плотину прорвало.", "und").label == "denial"
    assert stance_by_rules("Неправда, що греблю прорвало.", "bg").label == "denial"


def test_a_region_in_the_language_code_changes_nothing():
    assert stance_by_rules("No es cierto que cierre el banco.", "es-MX").label == "denial"


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: text.replace("'", "’"), lambda t: f"  {t}\n"])
@pytest.mark.parametrize(
    ("text", "language"), [("Il n'est pas vrai qu'il ait démissionné.", "fr"), ("Это неправда, что он ушёл.", "ru")]
)
def test_casing_apostrophes_and_blanks_do_not_change_a_stance(change, text, language):
    assert stance_by_rules(change(text), language).label == "denial"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Посол опрове\u0301рг слухи.", "ru"),
        ("نَفَتِ الوزارة ذلك", "ar"),
        ("The ministry de\u200bnied the reports", "en"),
        ("Le ministe\u0300re a de\u0301menti la rumeur.", "fr"),
    ],
)
def test_vowel_marks_and_invisible_characters_neither_hide_a_cue_nor_shift_it(text, language):
    stance = stance_by_rules(text, language)
    assert stance.label == "denial"
    assert all(text[cue.start : cue.end] == cue.exact for cue in stance.cues)


SEEDS = [json.loads(line)["text"] for line in (LABELLED / "dev.jsonl").read_text("utf-8").splitlines()]
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(SEEDS), min_size=1, max_size=3).map(" ".join),
    st.builds(
        lambda seed, between, at: seed[:at] + between + seed[at:],
        st.sampled_from(SEEDS),
        st.text(max_size=8),
        st.integers(0, 60),
    ),
)


@given(text=texts, language=st.sampled_from([*LANGUAGES, "und", "pl", ""]))
def test_any_text_has_a_stance_whose_cues_are_slices_of_it_in_order(text, language):
    stance = stance_by_rules(text, language)
    assert stance == stance_by_rules(text, language)
    assert stance.label == "assertion" or stance.cues
    end = 0
    for cue in stance.cues:
        assert end <= cue.start < cue.end <= len(text)
        assert text[cue.start : cue.end] == cue.exact
        assert text[: cue.start].endswith(cue.prefix)
        assert text[cue.end :].startswith(cue.suffix)
        assert len(cue.prefix) <= 20
        assert len(cue.suffix) <= 20
        end = cue.end


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ['"' * 5_000, "no " * 1_600, "не " * 1_600, "لا " * 1_600, ", " * 2_500, "(" * 5_000])
def test_a_text_made_to_be_slow_is_read_all_the_same(text, language):
    assert stance_by_rules(text, language).label


@given(text=texts, language=st.sampled_from([*LANGUAGES, "und", "pl", ""]), label=st.sampled_from(LABELS))
def test_a_classifier_that_overrules_the_rules_is_given_words_of_the_text_or_none(text, language, label):
    reading = stance_features(text, language)
    assert reading.by_rules == stance_by_rules(text, language)
    stance = reading.labelled(label)
    assert stance.label == label or len(text) > LONG // 2
    assert all(text[cue.start : cue.end] == cue.exact for cue in stance.cues)
    assert all(0 <= value <= 1 for value in reading.values.values())


def test_rules_decide_texts_longer_than_the_training_texts():
    text = "The convoy left the port in the morning and reached the northern town. " * 5
    assert stance_features(text, "en").labelled("denial") == stance_by_rules(text, "en")
    assert stance_features(text[:60], "en").labelled("denial").label == "denial"


def test_the_shipped_classifier_knows_every_feature_and_no_other_and_weighs_each_finitely():
    classifier = shipped_classifier(E5)
    assert set(classifier.features) == set(stance_features("The dam has burst.", "en").values)
    assert classifier.weights.shape == (384 + len(classifier.features), len(LABELS))
    assert np.isfinite(classifier.weights).all()


def test_a_classifier_is_only_for_the_embedder_it_was_fitted_with():
    assert shipped_classifier("some other embedder") is None
    with pytest.raises(WrongShape):
        shipped_classifier(E5).classify(np.zeros(16, np.float32), {})


def test_a_classifier_survives_being_written_down():
    classifier = shipped_classifier(E5)
    again = StanceClassifier.from_json(json.loads(json.dumps(classifier.to_json())))
    vector, values = np.full(384, 384**-0.5, np.float32), stance_features("No dam has burst.", "en").values
    assert again.classify(vector, values) == classifier.classify(vector, values)
