"""The sample archive is in words of its own: none of the development data."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED_DATA = ROOT.parent / "shared" / "data"
OURS = [ROOT / "sample" / f"{name}.jsonl" for name in ("corpus", "narratives", "demo_statements", "incoming")]
RUN = 40


def plain(text):
    text = text.replace("’", "'").replace("“", '"').replace("”", '"').replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text).lower()


def runs(text):
    text = plain(text)
    return {text[start : start + RUN] for start in range(len(text) - RUN + 1)}


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"url", "id"}:
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_no_wording_is_taken_from_the_development_data():
    files = [
        SHARED_DATA / folder / name
        for folder in ("euvsdisinfo", "propaganda_diary")
        for name in ("corpus.jsonl", "queries.jsonl", "narratives.jsonl")
    ]
    files = [path for path in files if path.is_file()]
    if not files:
        pytest.skip("the development data is not here, so wordings cannot be compared")
    ours = {}
    for path in OURS:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert rows, f"{path.name} is empty"
        for item in rows:
            for text in strings(item):
                for run in runs(text):
                    ours.setdefault(run, item["id"])
    taken = set()
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for field in ("text", "title", "title_as_scraped", "summary", "disproof"):
                text = plain(row.get(field) or "")
                for start in range(len(text) - RUN + 1):
                    if text[start : start + RUN] in ours:
                        taken.add((ours[text[start : start + RUN]], text[start : start + RUN]))
    assert not taken
