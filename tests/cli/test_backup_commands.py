"""`refrain backup` and `refrain restore`: a copy is taken, named when complete, and put back."""

import json

import pytest
from builders import STAGED, write_jsonl


@pytest.fixture
def filled(refrain, tmp_path):
    file = write_jsonl(tmp_path / "one.jsonl", {"id": "1", "text": STAGED, "date": "2021-01-01", "lang": "en"})
    assert refrain("import", file).code == 0


def test_a_backup_is_taken_and_restored_elsewhere(filled, refrain, tmp_path, monkeypatch):
    made = refrain("backup", tmp_path / "backup")
    assert (made.code, made.out) == (0, "")
    assert made.err.strip() == f"1 statements, 0 checks, 0 reviews are in {tmp_path / 'backup'}."
    manifest = json.loads((tmp_path / "backup" / "manifest.json").read_text())
    assert set(manifest) == {"format", "refrain", "schema", "database", "created_at", "counts", "files"}
    monkeypatch.setenv("REFRAIN_DATA_DIR", str(tmp_path / "elsewhere"))
    restored = refrain("restore", tmp_path / "backup")
    assert restored.code == 0, restored.err
    assert "1 statements, 0 checks, 0 reviews are restored, as of " in restored.err
    answer = json.loads(refrain("check", STAGED, "--said-at", "2021-05-23", "--json").out)
    assert [match["precedent"]["external_id"] for match in answer["matches"]] == ["1"]


def test_what_cannot_be_done_is_said_in_a_line(filled, refrain, tmp_path):
    assert "no complete backup" in refrain("restore", tmp_path / "none").failed_in_a_line()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    assert "is there already" in refrain("backup", tmp_path / "taken").failed_in_a_line()
