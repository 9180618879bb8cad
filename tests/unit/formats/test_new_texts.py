"""The texts that ship because they repeat nothing: two halves for two purposes, in many languages."""

import json
from collections import Counter

import pytest

from app.formats.lines import Unreadable
from app.formats.new_texts import SHIPPED, read_new_texts, shipped_new_texts

FIT, HELD_OUT = shipped_new_texts("fit"), shipped_new_texts("held_out")


def test_the_halves_have_no_text_in_common_and_are_alike():
    texts = Counter(one.text.casefold() for one in (*FIT, *HELD_OUT))
    assert max(texts.values()) == 1
    assert len(FIT) == len(HELD_OUT) == 300
    for half in (FIT, HELD_OUT):
        assert Counter(one.kind for one in half)["name"] == 20
        assert {one.kind for one in half} == {"news", "post", "talk", "debate", "name"}
        assert min(Counter(one.language for one in half).values()) >= 20
        assert len({one.language for one in half}) == 14
        assert sum(len(one.text) >= 150 for one in half) >= 55


def test_a_theme_that_recurs_over_languages_is_in_one_half():
    summits = [one for one in (*FIT, *HELD_OUT) if one.kind == "news" and ("NATO" in one.text or "НАТО" in one.text)]
    assert len(summits) > 5
    assert all(one in FIT for one in summits)


def test_the_file_says_of_each_text_which_half_it_is_in():
    records = [json.loads(line) for line in SHIPPED.read_text("utf-8").splitlines()]
    assert {frozenset(record) for record in records} == {frozenset({"text", "lang", "kind", "half"})}


def test_other_texts_are_read_from_a_file(tmp_path):
    (tmp_path / "own.jsonl").write_text('{"text": " Nothing of note. ", "language": "en"}\n\n{"text": "Nichts."}\n')
    assert [(one.text, one.language, one.kind) for one in read_new_texts(tmp_path / "own.jsonl")] == [
        ("Nothing of note.", "en", "other"),
        ("Nichts.", "und", "other"),
    ]


@pytest.mark.parametrize("content", [None, "", "nonsense", "[]", '{"text": " "}', '{"lang": "en"}'])
def test_a_file_without_texts_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "own.jsonl").write_text(content)
    with pytest.raises(Unreadable, match=r"own\.jsonl"):
        read_new_texts(tmp_path / "own.jsonl")
