"""The sample archive: whole and consistent."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample"

STAGED_ATTACK = "syria-staged-attack-warning"
# The demonstration checks a statement of this day; nothing of its script may be as late.
DEMO_DAY = "2021-05-23"
DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


def read_jsonl(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines, f"{path.name} is empty"
    assert all(line.strip() for line in lines), f"{path.name} has an empty line"
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def corpus():
    return read_jsonl(SAMPLE / "corpus.jsonl")


@pytest.fixture(scope="module")
def narratives():
    return read_jsonl(SAMPLE / "narratives.jsonl")


@pytest.fixture(scope="module")
def demo():
    return read_jsonl(SAMPLE / "demo_statements.jsonl")


def first_day(value):
    """The first day of a year, a month or a day; raises when it is no date."""
    assert DATE.match(value), value
    year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def latest_text(value):
    """The last moment that the period can mean, comparable as text."""
    return (value + "-99-99")[:10]


def test_statements_have_the_needed_fields(corpus):
    assert 90 <= len(corpus) <= 150
    for item in corpus:
        assert item["id"]
        assert item["text"]
        assert item["text"].strip() == item["text"]
        assert len(item["text"]) <= 5000
        assert item["lang"] in {"en", "ru", "ar"}
        assert item["source"]["name"]
        assert item["source"]["url"]
        assert item["wording"] in {"paraphrase", "quotation"}
        assert item.get("speaker") != ""


def test_ids_are_unique(corpus, narratives, demo):
    for items in (corpus, narratives, demo):
        repeated = [key for key, count in Counter(item["id"] for item in items).items() if count > 1]
        assert not repeated


def test_texts_are_unique(corpus):
    repeated = [text for text, count in Counter(item["text"] for item in corpus).items() if count > 1]
    assert not repeated


def test_scripts_and_parents_exist(corpus, narratives):
    by_id = {item["id"]: item for item in narratives}
    for item in narratives:
        assert item["title"]
        assert item["description"]
        if "parent" in item:
            assert "parent" not in by_id[item["parent"]], "two levels are enough"
    used = set()
    for item in corpus:
        assert item["fakes"], item["id"]
        for script in item["fakes"]:
            assert by_id[script]["parent"] in item["narratives"], item["id"]
        assert set(item["narratives"]) <= set(by_id), item["id"]
        used.update(item["fakes"], item["narratives"])
    assert used == set(by_id), "a narrative without a statement"


def test_every_script_has_precedents(corpus):
    counts = Counter(script for item in corpus for script in item["fakes"])
    assert counts.most_common(1)[0][0] == STAGED_ATTACK
    assert counts[STAGED_ATTACK] >= 20
    assert min(counts.values()) >= 4


def test_dates(corpus, demo):
    for item in corpus:
        assert date(2014, 1, 1) <= first_day(item["date"]) <= date(2021, 5, 22), item["id"]
        for finding in item["findings"]:
            if "published_at" in finding:
                first_day(finding["published_at"])
    for item in demo:
        first_day(item["said_at"])


def test_nothing_of_the_demonstrated_script_is_as_late_as_the_demonstration(corpus):
    for item in corpus:
        if STAGED_ATTACK in item["fakes"]:
            assert latest_text(item["date"]) < DEMO_DAY, item["id"]


def test_the_statements_of_the_news_article_are_there(corpus):
    dates = {item["date"] for item in corpus if STAGED_ATTACK in item["fakes"]}
    assert {"2021-02", "2021-04-24"} <= dates


def test_languages(corpus):
    counts = Counter(item["lang"] for item in corpus)
    assert counts["en"] >= 30
    assert counts["ru"] >= 15
    assert counts["ar"] >= 10
    cyrillic, arabic = re.compile("[а-яё]", re.I), re.compile("[\u0600-\u06ff]")
    for item in corpus:
        assert bool(cyrillic.search(item["text"])) == (item["lang"] == "ru"), item["id"]
        assert bool(arabic.search(item["text"])) == (item["lang"] == "ar"), item["id"]


def test_findings_are_attributed(corpus):
    for item in corpus:
        for finding in item["findings"]:
            assert finding["verdict"], item["id"]
            assert finding["publisher"], item["id"]
            assert finding.get("summary") != "", item["id"]


def test_urls(corpus, demo):
    urls = [item["source"]["url"] for item in corpus]
    urls += [finding["url"] for item in corpus for finding in item["findings"]]
    urls += [item["source"]["url"] for item in demo if "source" in item]
    for url in urls:
        parts = urlsplit(url)
        assert parts.scheme in {"http", "https"}, url
        assert "." in parts.netloc, url
        assert url.isascii(), url
        assert " " not in url, url


def test_no_case_is_used_twice(corpus):
    cases = Counter(
        item["source"]["url"] for item in corpus if item["source"]["url"].startswith("https://euvsdisinfo.eu/")
    )
    assert not [url for url, count in cases.items() if count > 1]


def test_sources_name_every_statement(corpus, demo):
    text = (SAMPLE / "SOURCES.md").read_text(encoding="utf-8")
    for item in corpus:
        assert f"- `{item['id']}` — " in text, item["id"]
        assert item["source"]["url"] in text, item["id"]
        for finding in item["findings"]:
            assert finding["url"] in text, item["id"]
    for item in demo:
        assert item.get("invented") or f"`{item['id']}`" in text, item["id"]
    assert "/work" not in text
    assert "shared/" not in text
    listed = re.findall(r"^- `([^`]+)` — ", text, re.M)
    assert Counter(listed) == Counter(item["id"] for item in corpus)


def test_demo_statements(demo, narratives):
    scripts = {item["id"] for item in narratives if "parent" in item}
    for item in demo:
        assert item["text"]
        assert item["lang"] in {"en", "ru", "ar"}
        assert item["expect"] is None or item["expect"] in scripts
    karpov = [item for item in demo if item["id"].startswith("demo-karpov-")]
    assert {item["lang"] for item in karpov} == {"en", "ru", "ar"}
    assert {item["said_at"] for item in karpov} == {DEMO_DAY}
    assert {item["expect"] for item in karpov} == {STAGED_ATTACK}
    kinds = {item.get("kind") for item in demo}
    assert {"denial", "question", "unrelated"} <= kinds
    for item in demo:
        assert item.get("invented") is True or "speaker" in item, item["id"]
