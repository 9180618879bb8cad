"""`REFRAIN_POLICY` says how candidates are scored, and what cannot be one stops a command in a line."""

import json
from dataclasses import replace

import pytest
from builders import STAGED, WORDS, write_jsonl

from app.formats.scoring_file import FittedModel, write_scoring_model
from index.embedders.hashing import HashingEmbedder


@pytest.fixture
def archive(refrain, tmp_path):
    """An archive of one statement."""
    file = write_jsonl(tmp_path / "one.jsonl", {"text": STAGED, "said_at": "2021-01-01", "language": "en"})
    assert refrain("import", file).code == 0


@pytest.fixture
def policy_file(tmp_path, monkeypatch):
    """Writes a policy and names it in the settings."""

    def write(policy):
        write_scoring_model(tmp_path / "mine.json", FittedModel(policy, None))
        monkeypatch.setenv("REFRAIN_POLICY", str(tmp_path / "mine.json"))

    return write


def checked(refrain):
    ran = refrain("check", STAGED, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("choice", ["", "dense"])
def test_an_embedder_without_a_policy_of_its_own_is_scored_by_the_unmeasured_one(refrain, monkeypatch, choice):
    monkeypatch.setenv("REFRAIN_POLICY", choice)
    answer = checked(refrain)
    assert answer["model"]["policy"] == "unmeasured"
    assert answer["matches"][0]["tier"] == "near_verbatim"


@pytest.mark.usefixtures("archive")
def test_a_file_scores_what_is_checked(refrain, policy_file):
    policy_file(replace(WORDS, embedder=HashingEmbedder.name))
    answer = checked(refrain)
    assert answer["model"]["policy"] == "of words"
    assert answer["matches"][0]["signals"]["lexical"] == 1


def test_a_file_made_for_another_embedder_stops_the_command(refrain, policy_file):
    policy_file(replace(WORDS, embedder="another"))
    line = refrain("check", STAGED).failed_in_a_line()
    assert "mine.json was made for the embedder 'another', and this one is 'hashing (no model)'" in line


@pytest.mark.parametrize("content", ["", "{}", "nonsense", '{"projection": {}}'])
def test_a_file_that_is_no_policy_stops_the_command(refrain, monkeypatch, tmp_path, content):
    (tmp_path / "mine.json").write_text(content)
    monkeypatch.setenv("REFRAIN_POLICY", str(tmp_path / "mine.json"))
    assert "mine.json is no policy" in refrain("check", STAGED).failed_in_a_line()


def test_a_file_that_is_not_there_stops_the_command(refrain, monkeypatch):
    monkeypatch.setenv("REFRAIN_POLICY", "densely")
    assert "densely is no policy" in refrain("check", STAGED).failed_in_a_line()


@pytest.fixture
def cut_offs_file(tmp_path, monkeypatch):
    """Writes cut-offs of the pair model and names them in the settings."""

    def write(**fields):
        values = {
            "version": "pair-1, mine", "pair_model": "pair-1", "embedder": HashingEmbedder.name, "suggest_at": 0.2,
            "same_script_at": 0.5, "flag_at": 0.8,
        }  # fmt: skip
        (tmp_path / "cut.json").write_text(json.dumps({**values, **fields}))
        monkeypatch.setenv("REFRAIN_POLICY", str(tmp_path / "cut.json"))

    return write


def test_cut_offs_of_a_pair_model_that_is_not_in_use_stop_the_command(refrain, cut_offs_file):
    cut_offs_file()
    assert "cut-offs of the pair model pair-1" in refrain("check", STAGED).failed_in_a_line()


@pytest.mark.parametrize("fields", [{"flag_at": 0.4}, {"flag_at": 1.5}, {"flag_at": "high"}, {"version": None}])
def test_cut_offs_that_are_none_stop_the_command(refrain, cut_offs_file, fields):
    cut_offs_file(**fields)
    assert "cut.json is no policy" in refrain("check", STAGED).failed_in_a_line()
