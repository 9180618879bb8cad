"""Labelled pairs of names: spellings of one name share a key, other names do not."""

import json
from pathlib import Path

import pytest

from index.text.names import NameRecognizer

PAIRS = [
    json.loads(line) for line in (Path(__file__).parent / "names/pairs.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("held_back", [False, True])
def test_name_keys_separate_labelled_pairs(held_back):
    wrong = []
    for pair in (pair for pair in PAIRS if pair["held_back"] == held_back):
        reader = NameRecognizer()
        reader.add_names([(pair["learned"], "person")] if "learned" in pair else [])
        found = [{name.key for name in reader.find(pair[side], pair[f"{side}_language"])} for side in "ab"]
        if bool(found[0] & found[1]) != pair["same"]:
            wrong.append(pair)

    assert not [pair for pair in wrong if not pair["same"]]
    assert len(wrong) <= 2
