"""What a text does with what it says: assert, report, deny or ask."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.lexicons.stance import LANGUAGES
from app.language.stance.classifier import LABELS, StanceJudge, shipped_judge
from app.language.stance.features import read_marks
from app.language.stance.rules import LONG, read_stance
from index.contract import WrongShape

LABELLED = Path(__file__).parent.parent / "quality" / "stance"
SETS = [LABELLED / "dev.jsonl", *sorted((LABELLED / "languages").glob("*.dev.jsonl"))]
FLAGGED = {"assertion", "report"}
E5 = "multilingual-e5-small (onnx, int8)"


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_labelled_set_is_read_within_the_bounds_that_flags_are_held_to(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    read = [(row["label"], read_stance(row["text"], row["language"]).label) for row in rows]
    missed = [given in FLAGGED for label, given in read if label not in FLAGGED]
    barred = [given not in FLAGGED for label, given in read if label in FLAGGED]
    assert sum(missed) <= 0.05 * len(missed), "denials and questions that would be flagged"
    assert sum(barred) <= 0.03 * len(barred), "assertions and reports that never would be flagged"


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_labelled_set_has_each_kind_in_each_language(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = Counter((row["language"], row["label"]) for row in rows)
    codes = {row["language"] for row in rows}
    assert min(found[code, label] for code in codes for label in ("assertion", "report", "denial", "question")) >= 7
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)


def test_every_language_that_stance_is_read_in_has_a_labelled_set():
    lines = [line for path in SETS for line in path.read_text(encoding="utf-8").splitlines()]
    assert {json.loads(line)["language"] for line in lines} == set(LANGUAGES)


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
    stance = read_stance(text, language)
    assert stance.label == label
    assert any(quote.exact in cue or cue in quote.exact for quote in stance.cues)


def test_an_assertion_has_no_cues():
    assert read_stance("The dam has burst.", "en").cues == ()


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
    assert read_stance(text, "en").label in FLAGGED


def test_a_claim_that_the_next_sentence_refutes_is_denied():
    assert read_stance("The bank will close on Friday.", "en").label == "assertion"
    assert read_stance("The bank will close on Friday. This is a hoax.", "en").label == "denial"


def test_a_claim_that_the_next_sentence_checks_is_asked():
    assert read_stance("Posts say that the bank will close on Friday. Is that true?", "en").label == "question"


def test_a_question_that_the_text_answers_with_no_is_denied():
    assert read_stance("Is the bank closing? No, it is not.", "en").label == "denial"


def test_a_question_over_a_long_assertive_text_does_not_make_it_one():
    body = "State television reported that the company had bought the fields and set them alight to drive owners out."
    assert read_stance(f"Why is it burning? {body}", "en").label == "report"


@pytest.mark.parametrize("language", ["und", "tlh", "", "zh", "pt-BR"])
@pytest.mark.parametrize("mark", ["?", "？", "؟"])
def test_a_question_mark_asks_in_every_language(language, mark):
    assert read_stance(f"Mo wen tu li{mark}", language).label == "question"


def test_a_language_that_is_not_known_is_read_with_the_words_of_its_script():
    assert read_stance("Неправда, что плотину прорвало.", "und").label == "denial"
    assert read_stance("Неправда, що греблю прорвало.", "bg").label == "denial"


def test_a_region_in_the_language_code_changes_nothing():
    assert read_stance("No es cierto que cierre el banco.", "es-MX").label == "denial"


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: text.replace("'", "’"), lambda t: f"  {t}\n"])
@pytest.mark.parametrize(
    ("text", "language"), [("Il n'est pas vrai qu'il ait démissionné.", "fr"), ("Это неправда, что он ушёл.", "ru")]
)
def test_casing_apostrophes_and_blanks_do_not_change_a_stance(change, text, language):
    assert read_stance(change(text), language).label == "denial"


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
    stance = read_stance(text, language)
    assert stance.label == "denial"
    assert all(text[cue.start : cue.end] == cue.exact for cue in stance.cues)


SEEDS = [
    json.loads(line)["text"]
    for path in SETS
    if path.stem == "dev"
    for line in path.read_text(encoding="utf-8").splitlines()
]
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
    stance = read_stance(text, language)
    assert stance == read_stance(text, language)
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
    assert read_stance(text, language).label


@given(text=texts, language=st.sampled_from([*LANGUAGES, "und", "pl", ""]), label=st.sampled_from(LABELS))
def test_a_judge_who_overrules_the_rules_is_given_words_of_the_text_or_none(text, language, label):
    reading = read_marks(text, language)
    assert reading.by_rules == read_stance(text, language)
    stance = reading.labelled(label)
    assert stance.label == label or len(text) > LONG // 2
    assert all(text[cue.start : cue.end] == cue.exact for cue in stance.cues)
    assert all(0 <= value <= 1 for value in reading.marks.values())


def test_the_rules_have_the_last_word_on_a_text_longer_than_any_that_was_learned_from():
    text = "The convoy left the port in the morning and reached the northern town. " * 5
    assert read_marks(text, "en").labelled("denial") == read_stance(text, "en")
    assert read_marks(text[:60], "en").labelled("denial").label == "denial"


def test_the_shipped_judge_knows_every_mark_and_no_other_and_weighs_each_finitely():
    judge = shipped_judge(E5)
    assert set(judge.marks) == set(read_marks("The dam has burst.", "en").marks)
    assert judge.weights.shape == (384 + len(judge.marks), len(LABELS))
    assert np.isfinite(judge.weights).all()


def test_a_judge_is_only_for_the_embedder_it_was_fitted_with():
    assert shipped_judge("some other embedder") is None
    with pytest.raises(WrongShape):
        shipped_judge(E5).judge(np.zeros(16, np.float32), {})


def test_a_judge_survives_being_written_down():
    judge = shipped_judge(E5)
    again = StanceJudge.from_json(json.loads(json.dumps(judge.to_json())))
    vector, marks = np.full(384, 384**-0.5, np.float32), read_marks("No dam has burst.", "en").marks
    assert again.judge(vector, marks) == judge.judge(vector, marks)
