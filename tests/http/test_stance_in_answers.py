"""What a statement does with what it says: only what is said or reported is flagged, and all of it shows precedents."""

import pytest
from builders import STAGED

REPORT = f'The speaker said: "{STAGED}"'
DENIAL = (
    "It is not true that the White Helmets are preparing a staged chemical attack in Idlib to blame the government."
)
QUESTION = "Are the White Helmets preparing a staged chemical attack in Idlib to blame the government?"
STANCES = [(STAGED, "assertion"), (REPORT, "report"), (DENIAL, "denial"), (QUESTION, "question")]


@pytest.fixture(autouse=True)
def precedents(record):
    """The same statement, made twice."""
    for day in ("2021-02-01", "2021-04-24"):
        record(STAGED, day, external_id=day, language="en")


@pytest.fixture
def ask(check):
    """A check of an English text."""
    return lambda text, **fields: check(text, language="en", **fields)


@pytest.mark.parametrize(("text", "label"), STANCES)
def test_the_stance_is_answered_with_its_cues(ask, text, label):
    stance = ask(text)["stance"]
    assert stance["label"] == label
    assert bool(stance["cues"]) == (label != "assertion")


@pytest.mark.parametrize("before", ["", "  ", "\U0001f6a8 ", "Ве\u0301сти: "])
@pytest.mark.parametrize(("text", "label"), STANCES)
def test_cues_are_slices_of_the_text_as_it_is_answered(ask, text, label, before):
    answer = ask(before + text)
    for cue in answer["stance"]["cues"]:
        whole = answer["text"]
        assert whole[cue["start"] : cue["end"]] == cue["exact"] != ""
        assert whole[: cue["start"]].endswith(cue["prefix"])
        assert whole[cue["end"] :].startswith(cue["suffix"])


@pytest.mark.parametrize(("text", "label"), [(STAGED, "assertion"), (REPORT, "report")])
def test_what_is_said_or_reported_is_flagged(ask, desk, text, label):
    answer = ask(text)
    assert answer["flagged"] is True
    assert answer["summary"].startswith("Said at least 2 times before: first on 1 February 2021")
    assert [one["stance"]["label"] for one in desk.get("/v1/checks", params={"flagged": True}).json()["items"]] == [
        label
    ]


@pytest.mark.parametrize(
    ("text", "begins"),
    [(DENIAL, "No earlier statement is known to say the same; 2 statements say the opposite."),
     (QUESTION, "A question repeats nothing; 2 statements are close to it.")],
)  # fmt: skip
@pytest.mark.parametrize("minimum_tier", ["near_verbatim", "same_script", "same_topic", "any"])
def test_a_denial_and_a_question_of_what_was_said_repeat_nothing(ask, desk, text, begins, minimum_tier):
    answer = ask(text, minimum_tier=minimum_tier)
    assert answer["flagged"] is False
    assert desk.get("/v1/flags").json()["items"] == []
    if minimum_tier != "near_verbatim":
        assert {match["precedent"]["said_at"] for match in answer["matches"]} == {"2021-02-01", "2021-04-24"}
        assert answer["summary"].startswith(begins)
        assert answer["recurrence"]["count"] == 0
        relation = "opposes" if text == DENIAL else "repeats"
        assert {match["relation"] for match in answer["matches"]} == {relation}


@pytest.mark.parametrize(("text", "label"), STANCES)
def test_a_precedent_is_shown_with_its_own_stance(ask, record, text, label):
    record(text, "2021-03-01", external_id="of this stance", language="en")
    answer = ask(STAGED, limit=50, minimum_tier="any")
    stances = {match["precedent"]["external_id"]: match["precedent"]["stance"] for match in answer["matches"]}
    assert stances == {"of this stance": label, "2021-02-01": "assertion", "2021-04-24": "assertion"}


@pytest.mark.parametrize(("text", "label"), STANCES)
def test_a_stored_check_keeps_its_stance(ask, desk, text, label):
    answer = ask(text)
    stored = desk.get(f"/v1/checks/{answer['id']}").json()
    assert stored["stance"] == answer["stance"]
    assert stored["stance"]["label"] == label


@pytest.mark.parametrize(
    ("language", "said", "denied", "asked"),
    [
        ("ru", "Боевики готовят химическую атаку в Идлибе.", "Неправда, что боевики готовят химическую атаку в Идлибе.",
         "Готовят ли боевики химическую атаку в Идлибе?"),
        ("de", "Kämpfer bereiten in Idlib einen Giftgasangriff vor.",
         "Es stimmt nicht, dass Kämpfer in Idlib einen Giftgasangriff vorbereiten.",
         "Bereiten Kämpfer in Idlib einen Giftgasangriff vor?"),
    ],
)  # fmt: skip
def test_other_languages_are_read_by_their_own_words(check, record, language, said, denied, asked):
    record(said, "2021-05-01", language=language)
    found = {text: check(text, language=language, minimum_tier="any") for text in (said, denied, asked)}
    assert [one["stance"]["label"] for one in found.values()] == ["assertion", "denial", "question"]
    assert [one["flagged"] for one in found.values()] == [True, False, False]
    assert all(one["matches"] for one in found.values())


def test_what_was_denied_and_is_denied_again_is_flagged_and_counted(ask, record):
    record(DENIAL, "2021-03-01", external_id="denied", language="en")
    answer = ask(DENIAL, limit=50)
    relations = {match["precedent"]["external_id"]: match["relation"] for match in answer["matches"]}
    assert relations == {"denied": "repeats", "2021-02-01": "opposes", "2021-04-24": "opposes"}
    assert answer["flagged"] is True
    assert answer["summary"].startswith("Denied at least once before: on 1 March 2021")


@pytest.mark.parametrize(("text", "relation"), [(DENIAL, "opposes"), (QUESTION, "repeats")])
def test_what_was_denied_or_asked_before_was_not_said_before(check, record, text, relation):
    record(text, "2022-03-01", external_id="not said", language="en")
    answer = check(STAGED, said_at="2022-03-05", language="en", limit=50)
    [match] = [match for match in answer["matches"] if match["precedent"]["external_id"] == "not said"]
    assert match["relation"] == relation
    assert answer["recurrence"]["count"] == 2


@pytest.mark.parametrize("language", ["ro", "zh", "hi"])
def test_a_language_that_is_not_read_has_no_label_but_a_reason(check, desk, record, language):
    record("Lupii au fost eliberați noaptea în pădurea orașului.", "2021-03-01", external_id="w", language=language)
    answer = check("Este fals că lupii au fost eliberați noaptea în pădurea orașului.", language=language)
    assert answer["stance"]["label"] is None
    assert answer["stance"]["reason"].endswith(".")
    assert answer["flagged"] is False
    stored = desk.get(f"/v1/checks/{answer['id']}").json()
    assert stored["stance"] == answer["stance"]


def test_the_same_words_in_a_language_that_is_not_read_are_flagged(check, record):
    said = "Lupii au fost eliberați noaptea în pădurea orașului."
    record(said, "2021-03-01", external_id="wolves", language="ro")
    answer = check(said.upper(), language="ro")
    assert answer["flagged"] is True
    assert answer["matches"][0]["precedent"]["stance"] is None
