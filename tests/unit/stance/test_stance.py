"""What a text does with what it says: assert, report, deny or ask."""

import json

import numpy as np
import pytest

from app.language.stance.classifier import LABELS, StanceClassifier, shipped_classifier
from app.language.stance.features import stance_features
from app.language.stance.rules import stance_by_rules
from index.contract import WrongShape

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


def test_rules_decide_texts_longer_than_the_training_texts():
    text = "The convoy left the port in the morning and reached the northern town. " * 5
    assert stance_features(text, "en").labelled("denial") == stance_by_rules(text, "en")
    assert stance_features(text[:60], "en").labelled("denial").label == "denial"


def test_the_shipped_classifier_has_a_finite_weight_for_each_feature():
    classifier = shipped_classifier(E5)
    assert set(classifier.features) == set(stance_features("The dam has burst.", "en").values)
    assert classifier.weights.shape == (384 + len(classifier.features), len(LABELS))
    assert np.isfinite(classifier.weights).all()


def test_a_classifier_is_used_only_with_its_embedder():
    assert shipped_classifier("some other embedder") is None
    with pytest.raises(WrongShape):
        shipped_classifier(E5).classify(np.zeros(16, np.float32), {})


def test_a_classifier_can_be_stored_and_read():
    classifier = shipped_classifier(E5)
    again = StanceClassifier.from_json(json.loads(json.dumps(classifier.to_json())))
    vector, values = np.full(384, 384**-0.5, np.float32), stance_features("No dam has burst.", "en").values
    assert again.classify(vector, values) == classifier.classify(vector, values)
