"""Texts that are no statement, and texts that are more than one, over HTTP."""

import textwrap

import pytest

WOLVES = "Wolves were released in the city forest at night."
FILLER = "The season at the theatre opens with a comedy about two bakers who share one oven in the old town."


@pytest.mark.parametrize("text", ["Breaking", "BREAKING!!!", "#wolves", "🐺 Wolves", "Вакцина", "5G", "戦争"])
@pytest.mark.parametrize("minimum_tier", ["same_topic", "any"])
def test_one_word_has_no_matches_and_the_answer_says_why(check, record, text, minimum_tier):
    for archived in ("Breaking", "wolves", "Вакцина", "5G", "戦争", WOLVES):
        record(archived, "2021-01-01")
    answer = check(text, minimum_tier=minimum_tier)
    assert (answer["matches"], answer["flagged"], answer["summary"]) == ([], False, None)
    assert answer["notice"]["code"] == "one_word"
    assert "no statement" in answer["notice"]["detail"]


def test_the_notice_is_kept_with_the_check(desk, check):
    answer = check("Narva")
    assert desk.get(f"/v1/checks/{answer['id']}").json()["notice"] == answer["notice"]


def test_an_archived_word_is_no_more_than_a_candidate(check, record):
    record("Breaking", "2021-01-01")
    assert check("Breaking Breaking")["matches"] == []
    [match] = check("Breaking Breaking", minimum_tier="any")["matches"]
    assert match["tier"] is None
    assert not check("Breaking Breaking", minimum_tier="any")["flagged"]


def test_a_title_makes_more_than_one_word_of_a_statement(check, record):
    record("Fake!", "2021-01-01", title=WOLVES)
    [match] = check(WOLVES, minimum_tier="any")["matches"]
    assert match["precedent"]["text"] == "Fake!"


def test_a_sentence_has_no_notice(check):
    assert check(WOLVES)["notice"] is None


def test_a_long_text_is_answered_with_where_to_send_it(check, record):
    record(WOLVES, "2021-01-01")
    answer = check(" ".join([FILLER] * 10 + [WOLVES] + [FILLER] * 10))
    assert answer["notice"]["code"] == "long_text"
    assert "document" in answer["notice"]["detail"]
    assert check("word " * 999)["notice"]["code"] == "long_text"


def test_a_wrapped_text_is_checked_as_if_it_were_not(desk, check, record):
    precedent = record(WOLVES, "2021-01-01")
    said = f"{WOLVES} Nobody was warned of it by the councillors of the port district."
    wrapped = textwrap.fill(said.replace("councillors", "council- lors"), 47)
    assert "council-\nlors" in wrapped
    answer = check("\n".join(f"> {line}" for line in wrapped.splitlines()))
    assert answer["text"] == said
    assert [match["precedent"]["id"] for match in answer["matches"]] == [precedent["id"]]
    for marked in answer["matches"][0]["repeated"]:
        quote = marked["statement"]
        assert answer["text"][quote["start"] : quote["end"]] == quote["exact"]
    batch = desk.post("/v1/checks/batch", json={"checks": [{"text": wrapped}]}).json()
    assert batch["results"][0]["text"] == said


def test_a_wrapped_statement_is_recorded_joined_and_once(record):
    said = f"{WOLVES} Nobody was warned of it by the councillors of the port district."
    assert record(textwrap.fill(said, 40), "2021-01-01")["text"] == said


def test_a_few_words_are_read_in_the_language_of_the_archive(check, record):
    for number in range(3):
        record(f"Wolves were released in the city forest {number} times.", "2021-01-01", language="en")
    assert check("MH17 Ukraine")["language"] == {"code": "en", "detected": True}
    assert check("Narva")["language"]["code"] == "und"
