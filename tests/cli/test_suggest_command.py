"""`refrain suggest` looks for narratives, and prints them with their common script."""

import json

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, write_jsonl

STAGED_AGAIN = "The White Helmets are preparing a staged chemical attack in Aleppo to blame the government."


@pytest.fixture
def filled(refrain, tmp_path):
    texts = [(STAGED, "2021-04-24"), (STAGED_AGAIN, "2021-05-20"), (GRAIN, "2021-05-01")]
    lines = [{"id": str(at), "text": text, "date": day, "lang": "en"} for at, (text, day) in enumerate(texts)]
    assert refrain("import", write_jsonl(tmp_path / "corpus.jsonl", *lines)).code == 0
    return tmp_path


def test_suggestions_are_made_anew_and_printed_with_their_script(filled, refrain, monkeypatch):
    assert refrain("suggest").out.startswith("Nothing to suggest")
    third = write_jsonl(filled / "more.jsonl", {"id": "9", "text": STAGED_ELSEWHERE, "date": "2021-05-02"})
    assert refrain("import", third).code == 0
    ran = refrain("suggest")
    assert ran.code == 0, ran.err
    printed = " ".join(ran.out.split())
    assert printed.startswith("1 suggested narrative.")
    assert "3 statements · score 0." in printed
    assert "staged chemical attack" in printed
    assert "(in 3 of 3)" in printed
    assert f"20 May 2021: {STAGED_AGAIN}" in printed
    assert GRAIN not in printed
    [group] = json.loads(refrain("suggest", "--json").out)
    assert [one["said_at"] for one in group["statements"]] == ["2021-04-24", "2021-05-02", "2021-05-20"]
    assert any("staged chemical attack" in phrase["text"] for phrase in group["phrases"])
    monkeypatch.setenv("LC_ALL", "uk_UA.UTF-8")
    assert refrain("suggest").out.startswith("1 запропонований наратив.")


def test_an_organisation_that_is_not_there_is_named(filled, refrain):
    assert "no such organisation" in refrain("suggest", "--organisation", "Nobody").failed_in_a_line()
