"""`refrain evaluate` on a folder so small that every figure can be worked out by hand."""

import json

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, write_jsonl

from app.formats.scoring_file import UNMEASURED

METRICS = {
    "map_at_5", "mrr_at_10", "success_at_5", "precision_at_1", "flag_precision", "flag_recall", "false_flag_rate",
    "expected_calibration_error",
}  # fmt: skip
DAY = {"date": "2021-05-23"}


@pytest.fixture
def folder(tmp_path):
    """Two queries with a right answer, found in the first and in the second place, and one without."""
    write_jsonl(
        tmp_path / "corpus.jsonl",
        {"id": "right", "text": STAGED_ELSEWHERE, "date": "2021-01-01", "lang": "en"},
        {"id": "wrong", "text": GRAIN, "date": "2021-01-02", "lang": "en"},
        {"id": "late", "text": STAGED, "date": "2022", "lang": "en"},
    )
    write_jsonl(
        tmp_path / "queries.jsonl",
        {"id": "q1", "text": STAGED, "lang": "en", "split": "test", **DAY},
        {"id": "q2", "text": GRAIN, "lang": "ru", "split": "dev", **DAY},
        {"id": "q3", "text": "The wheat was late.", "lang": "en", "split": "test", **DAY},
    )
    (tmp_path / "qrels.tsv").write_text("q1\tright\t1\nq2\tright\t1\nq2\twrong\t0\n")
    return tmp_path


def figures(refrain, *arguments):
    ran = refrain("evaluate", *arguments, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_figures_are_those_of_the_contract_and_right(refrain, folder):
    measured = figures(refrain, folder)
    everything = measured["all"]
    assert set(everything) >= METRICS | {"queries", "ci"}
    assert set(everything["ci"]) == METRICS
    assert everything["queries"] == 3
    assert {name: everything[name] for name in METRICS - {"expected_calibration_error"}} == {
        "map_at_5": 0.75, "mrr_at_10": 0.75, "success_at_5": 1, "precision_at_1": 0.5, "flag_precision": 0.5,
        "flag_recall": 0.5, "false_flag_rate": 0,
    }  # fmt: skip
    assert 0 <= everything["expected_calibration_error"] <= 1
    for name, interval in everything["ci"].items():
        assert interval is None or interval[0] <= everything[name] <= interval[1]


def test_figures_by_language_are_of_its_queries_and_null_where_there_is_nothing_to_measure(refrain, folder):
    by_language = figures(refrain, folder)["by_language"]
    assert set(by_language) == {"en", "ru"}
    assert (by_language["en"]["queries"], by_language["en"]["mrr_at_10"]) == (2, 1)
    assert (by_language["ru"]["queries"], by_language["ru"]["mrr_at_10"]) == (1, 0.5)
    assert (by_language["ru"]["flag_precision"], by_language["ru"]["false_flag_rate"]) == (0, None)
    sure = UNMEASURED.labelled.probability({"rank_score": 20})  # of a match that is wrong, of the same text
    assert by_language["ru"]["expected_calibration_error"] == pytest.approx(sure, abs=1e-4)


def test_any_time_also_ranks_what_is_not_earlier(refrain, folder):
    assert figures(refrain, folder, "--any-time")["by_language"]["en"]["mrr_at_10"] == 0.5


def test_a_split_measures_its_queries_alone(refrain, folder):
    measured = figures(refrain, folder, "--split", "dev")
    assert (measured["all"]["queries"], measured["all"]["mrr_at_10"]) == (1, 0.5)
    assert (
        "has no split 'x': its splits are dev, test" in refrain("evaluate", folder, "--split", "x").failed_in_a_line()
    )


def test_figures_are_printed_as_a_table_and_the_archive_is_left_alone(refrain, folder):
    ran = refrain("evaluate", folder)
    assert ran.code == 0
    assert "0.750" in ran.out
    assert json.loads(refrain("check", STAGED, "--json").out)["matches"] == []


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("qrels.tsv", None, "has no qrels.tsv"),
        ("corpus.jsonl", None, "has no corpus.jsonl"),
        ("queries.jsonl", None, "has no queries.jsonl"),
        ("queries.jsonl", "", "queries.jsonl is empty"),
        ("corpus.jsonl", "", "names no query of queries.jsonl together with an id of corpus.jsonl"),
        ("qrels.tsv", "", "names no query"),
        ("qrels.tsv", "q1 right 1\n", "qrels.tsv, line 1: has to be query id, corpus id and grade between tabs"),
        ("qrels.tsv", "x\ty\t1\n", "names no query"),
        ("qrels.tsv", b"q1\tr\xefght\t1\n", "qrels.tsv is not UTF-8"),
        ("queries.jsonl", "{\n", "queries.jsonl, line 1 is not JSON"),
        ("queries.jsonl", '{"id": "q1"}\n', "queries.jsonl, line 1: has to be an object with id and text"),
        ("queries.jsonl", '{"id": "q1", "text": "T", "date": "soon"}\n', "line 1: date 'soon' cannot be read"),
        ("corpus.jsonl", '{"id": "right", "text": "T", "date": "soon"}\n', "line 1: /date cannot be read"),
    ],
)
def test_a_folder_that_cannot_be_measured_is_refused_in_a_line(refrain, folder, file, content, said):
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert said in refrain("evaluate", folder).failed_in_a_line()


def test_texts_that_repeat_nothing_are_checked_too(refrain, folder):
    measured = figures(refrain, folder)
    texts = measured["new_texts"]
    assert texts["texts"] == 300
    assert texts["false_flag_rate"] == texts["flagged"] / 300
    assert texts["ci"][0] <= texts["false_flag_rate"] <= texts["ci"][1]
    assert {"news", "post", "talk", "debate", "name"} == set(texts["by_kind"])
    assert sum(of["texts"] for of in texts["by_language"].values()) == 300


def test_precision_in_use_is_worked_out_for_the_mix_that_is_said(refrain, folder, tmp_path):
    own = write_jsonl(tmp_path / "own.jsonl", {"text": STAGED}, {"text": "Good morning, neighbour."})
    for share in (0.1, 0.5):
        measured = figures(refrain, folder, "--repeat-share", share, "--new-texts", own)
        assert measured["new_texts"]["flagged"] == 1
        mix = measured["mix"]
        assert (mix["repeat_share"], mix["cases"]) == (share, 2)
        assert (mix["flag_recall"], mix["wrong_flags_of_repeats"], mix["false_flag_rate"]) == (0.5, 0.5, 0.5)
        assert mix["precision"] == pytest.approx(share * 0.5 / (share + (1 - share) * 0.5))
        assert mix["precision_ci"][0] < mix["precision"] < mix["precision_ci"][1]
        assert (mix["related"]["statements"], mix["related"]["flagged"]) == (1, 0)
    assert (
        "is empty" in refrain("evaluate", folder, "--new-texts", write_jsonl(tmp_path / "no.jsonl")).failed_in_a_line()
    )


@pytest.fixture
def judged(tmp_path):
    """Four judged pairs of two kinds, one of which readers do not agree on."""
    pair = {"lang": "en", "plang": "en"}
    write_jsonl(
        tmp_path / "pairs.jsonl",
        {"statement": STAGED, "precedent": STAGED_ELSEWHERE, "kind": "a", "labels": [2, 2], "label": 2, **pair},
        {"statement": STAGED, "precedent": GRAIN, "kind": "a", "labels": [0, 0], "label": 0, **pair},
        {"statement": GRAIN, "precedent": STAGED_ELSEWHERE, "kind": "b", "labels": [-1, -1], "label": -1, **pair},
        {"statement": GRAIN, "precedent": "The wheat was late.", "kind": "b", "labels": [2, 1], "label": None, **pair},
    )
    return tmp_path


def test_judged_pairs_are_measured_pair_by_pair(refrain, judged):
    measured = figures(refrain, judged)
    pairs = measured["judged_pairs"]
    assert (pairs["pairs"], pairs["same_message"], pairs["auc"]) == (3, 1, 1)
    assert (pairs["flag_precision"], pairs["flag_recall"]) == (1, 1)
    assert (pairs["opposites"], pairs["opposites_flagged"]) == (1, 0)
    assert 0 <= pairs["calibration_error"] <= 1
    assert set(pairs["by_kind"]) == {"a", "b"}
    assert (pairs["by_kind"]["b"]["pairs"], pairs["by_kind"]["b"]["auc"]) == (1, None)
    assert pairs["statements_in_archive"] == 3
    assert measured["mix"]["cases"] == 1
    shown = refrain("evaluate", judged)
    assert shown.code == 0
    assert "0 of 1" in shown.out
    assert "Texts that repeat nothing, flagged" in shown.out


def test_judged_pairs_are_measured_beside_other_statements_where_wanted(refrain, judged, tmp_path):
    other = write_jsonl(tmp_path / "others.jsonl", *({"text": f"Bus line {number} is late."} for number in range(5)))
    for most, there in ((None, 8), (2, 5)):
        limit = () if most is None else ("--most-beside", most)
        assert figures(refrain, judged, "--beside", other, *limit)["judged_pairs"]["statements_in_archive"] == there


def test_a_line_that_is_no_judged_pair_is_named(refrain, judged):
    with (judged / "pairs.jsonl").open("a") as file:
        file.write('{"statement": "A", "precedent": "B", "label": 7}\n')
    assert "pairs.jsonl, line 5: is no judged pair" in refrain("evaluate", judged).failed_in_a_line()


def test_without_a_pair_model_judged_pairs_choose_no_cut_off(refrain, judged):
    assert "too few texts to fit" in refrain("calibrate", judged).failed_in_a_line()
