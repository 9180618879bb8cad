"""What training of the pair model reads: no test text in training, and texts found again by their hashes."""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "bench"))
from pair_network.folds import FOLDS, assign_folds
from pair_network.readings import LabelledPair, case_texts, control_agreement, judged_pairs, readings, written_pairs
from pair_network.texts import Text, cut_summary, opening, plain_summary, text_hash

LANGUAGES = ("en", "uk")


def pair(statement, precedent, kind="euvsdisinfo", labels=(2, 2)):
    return LabelledPair(Text(statement, "en"), Text(precedent, "en"), labels, kind)


CASES = {
    f"case-{number}": {code: Text(f"statement {number} in {code}", code) for code in LANGUAGES} for number in range(12)
}
JUDGED = [
    # Chains: a text of one pair is a text of the next, a few pairs each.
    *(pair(f"chain {chain} link {at}", f"chain {chain} link {at + 1}") for at in range(5) for chain in range(30)),
    *(
        LabelledPair(texts[code], CASES[f"case-{(number + 5) % 12}"]["en"], (0, 1), "diary")
        for number, texts in enumerate(CASES.values())
        for code in LANGUAGES
    ),
]


def test_pairs_that_share_a_text_even_over_others_are_tested_in_one_fold():
    folds = assign_folds(JUDGED, CASES)
    seen = {}
    for one, fold in zip(JUDGED, folds.of_pair.tolist(), strict=True):
        if one.kind != "diary":
            assert {seen.setdefault(text, fold) for text in one.texts} == {fold}
    assert set(folds.of_pair.tolist()) == set(range(FOLDS))


def test_nothing_that_is_trained_on_has_a_text_of_the_fold():
    folds = assign_folds(JUDGED, CASES)
    for fold in range(FOLDS):
        tested = {
            text
            for one, of in zip(JUDGED, folds.of_pair.tolist(), strict=True)
            if of == fold
            for text in (one.texts if one.kind != "diary" else one.texts[:1])
        }
        allowed = folds.allowed(JUDGED, fold)
        trained = {text for one, may in zip(JUDGED, allowed, strict=True) if may for text in one.texts}
        assert trained
        assert not trained & tested


def test_a_case_is_held_back_in_every_language_and_however_it_is_spaced():
    folds = assign_folds(JUDGED, CASES)
    fold = int(folds.of_pair[-1])
    held = {code: text.text for code, text in CASES["case-11"].items()}
    other = [pair(text.replace(" ", "\n  "), "an unknown text") for text in held.values()]
    assert not folds.allowed(other, fold).any()
    np.testing.assert_array_equal(folds.of_pair, assign_folds(list(JUDGED), dict(CASES)).of_pair)


CLAIM = {"text": "The Mill Lane bridge  was blown up by its own guards", "lang": "en"}
DISPROOF = (
    "No proof. The county's report of June found that the bridge fell for want of repair https://example.org/x. "
    "Two engineers who were there at the time say the same thing."
)


@pytest.fixture
def data(tmp_path):
    (tmp_path / "euvsdisinfo").mkdir()
    lines = [{**CLAIM, "disproof": DISPROOF, "summary": "The guards did it. " * 40}]
    (tmp_path / "euvsdisinfo/corpus.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    return tmp_path


def test_texts_are_found_by_their_hashes_cut_ones_too_and_the_missing_are_counted(data, tmp_path):
    texts = [opening(DISPROOF, 1), opening(DISPROOF, 2), cut_summary("The guards did it. " * 40)]
    texts.append(plain_summary("The guards did it. " * 40))
    assert "https" not in texts[1]
    assert all(texts)
    claim = text_hash("The Mill Lane bridge was blown up\tby its own guards")
    rows = [("refutation", text_hash(text), claim, "-1") for text in texts]
    rows.append(("euvsdisinfo", text_hash("A text that is not there"), claim, "2"))
    file = tmp_path / "readings.tsv.gz"
    file.write_bytes(gzip.compress("".join("\t".join(row) + "\n" for row in [("head",), *rows]).encode()))
    found = readings(data, file)
    assert found.missing == 1
    assert [one.statement.text for one in found.pairs] == texts
    assert {(one.precedent.text, one.label) for one in found.pairs} == {(CLAIM["text"], -1)}


def test_control_readings_are_compared_with_the_judges_and_never_trained_on(data, tmp_path):
    judged = [{"statement": "a", "lang": "en", "precedent": "b", "plang": "en", "labels": [2, 2], "kind": "news"}]
    judged.append({**judged[0], "statement": "c", "labels": [2, 1]})
    (data / "judged_pairs").mkdir()
    (data / "judged_pairs/pairs.jsonl").write_text("\n".join(json.dumps(line) for line in judged))
    rows = "".join(f"control\t{text_hash(text)}\t{text_hash('b')}\t1\n" for text in "ac")
    file = tmp_path / "readings.tsv.gz"
    file.write_bytes(gzip.compress(f"head\n{rows}".encode()))
    found = readings(data, file)
    assert (len(found.pairs), found.trained()) == (2, [])
    agreement = control_agreement(found, judged_pairs(data))
    assert (agreement["pairs"], agreement["agreement"], agreement["recall"]) == (1, 0, 0)


def test_the_shipped_readings_are_hashes_and_labels_alone():
    file = Path(__file__).parents[3] / "bench/pair_network/readings.tsv.gz"
    head, *lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    assert head.split("\t") == ["kind", "statement", "precedent", "label"]
    assert len(lines) == 15_021
    for line in lines:
        kind, statement, precedent, label = line.split("\t")
        assert kind.replace("_", "").isalpha()
        assert len(bytes.fromhex(statement)) == len(bytes.fromhex(precedent)) == 6
        assert label in ("2", "1", "0", "-1")


def test_written_pairs_have_labels_and_two_texts():
    pairs = written_pairs()
    assert {one.label for one in pairs} == {-1, 0, 1, 2}
    assert all(one.statement.text.strip() and one.precedent.text.strip() for one in pairs)


def test_without_data_nothing_is_found(tmp_path):
    assert case_texts(tmp_path) == {}
    assert readings(tmp_path).pairs == []
