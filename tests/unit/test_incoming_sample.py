"""The incoming statements of the demo: in many languages, and nobody real is given words that were made up."""

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
REAL = {"in-karpov-05-23": "demo-karpov-en", "in-kulit-06-15": "demo-kulit-en", "in-kulit-07-02": "demo-kulit-ru"}
SAID_EXAMPLE = re.compile("exampl|exempl|beispiel|esempi|ejempl|sample|пример|образ|прикл|مثال|primer", re.I)


def read(name):
    return [json.loads(line) for line in (SAMPLE / name).read_text("utf-8").splitlines()]


def test_there_are_a_few_dozen_in_eight_languages_in_order_of_their_dates():
    incoming = read("incoming.jsonl")
    assert 36 <= len(incoming) <= 48
    assert set(Counter(one["lang"] for one in incoming)) == {"en", "ru", "uk", "ar", "de", "fr", "es", "it"}
    assert len({one["id"] for one in incoming}) == len(incoming)
    dates = [one["said_at"] for one in incoming]
    assert dates == sorted(dates)
    assert dates[0] > max(one["date"] for one in read("corpus.jsonl"))


def test_some_are_denials_questions_reports_sightings_of_one_text_and_unrelated():
    incoming = read("incoming.jsonl")
    kinds = Counter(one.get("kind") for one in incoming)
    assert {"denial", "question", "report", "unrelated", "the same text again"} <= set(kinds)
    assert max(Counter(one["text"] for one in incoming).values()) == 2
    scripts = {one["id"] for one in read("narratives.jsonl") if "parent" in one}
    assert {one["expect"] for one in incoming} - {None} <= scripts


def test_what_was_made_up_says_so_in_the_names_of_its_outlet_and_its_speaker():
    for one in read("incoming.jsonl"):
        if one["id"] in REAL:
            continue
        assert one["invented"] is True, one["id"]
        assert urlsplit(one["source"]["url"]).netloc.endswith(".example"), one["id"]
        for name in (one["source"]["name"], one.get("speaker", "example")):
            assert SAID_EXAMPLE.search(name), (one["id"], name)


def test_what_was_not_made_up_is_documented_and_word_for_word_as_in_the_demonstration():
    demo = {one["id"]: one for one in read("demo_statements.jsonl")}
    incoming = {one["id"]: one for one in read("incoming.jsonl")}
    for name, of in REAL.items():
        for field in ("text", "lang", "said_at", "speaker"):
            assert incoming[name][field] == demo[of][field]
        assert f"`{name}`" in (SAMPLE / "SOURCES.md").read_text("utf-8")
