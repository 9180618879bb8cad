"""`refrain export`: files that `refrain import` and other programs read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from builders import STAGED

COMMAND = Path(sys.executable).with_name("refrain")
LINES = [
    {
        "id": "1",
        "text": STAGED,
        "date": "2021-01-01",
        "lang": "en",
        "fakes": ["Staged gas"],
        "narratives": ["Provocations"],
    },
    {"id": "2", "text": "Зерна стало больше на десять процентов.", "lang": "ru"},
]


@pytest.fixture
def filled(refrain, tmp_path):
    """An archive of two statements."""
    file = tmp_path / "lines.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    assert refrain("import", file).code == 0


@pytest.mark.parametrize("export_format", ["jsonl", "stix", "misp"])
def test_an_export_is_imported_into_an_equal_archive(refrain, filled, tmp_path, monkeypatch, export_format):
    file, copy = tmp_path / f"a.{'jsonl' if export_format == 'jsonl' else 'json'}", tmp_path / "copy.jsonl"
    assert refrain("export", export_format, "--out", file).out == ""
    lines = refrain("export", "jsonl").out
    assert [json.loads(line)["text"] for line in lines.splitlines()[2:]] == [line["text"] for line in LINES]
    monkeypatch.setenv("REFRAIN_DATA_DIR", str(tmp_path / "other"))
    assert refrain("import", file).code == 0
    assert refrain("export", "jsonl", "--out", copy).code == 0
    assert copy.read_text() == lines
    assert [one.name for one in tmp_path.iterdir() if "unfinished" in one.name] == []


def test_a_narrative_is_exported_with_those_below_it(refrain, filled):
    said = [json.loads(line) for line in refrain("export", "jsonl", "--narrative", "Provocations").out.splitlines()]
    assert [one.get("text") or one["narrative"]["title"] for one in said] == ["Provocations", "Staged gas", STAGED]
    assert "no narrative 'Nothing'" in refrain("export", "csv", "--narrative", "Nothing").failed_in_a_line()


def test_flags_need_an_organisation_and_exclude_narratives(refrain, filled, tmp_path):
    assert "--organisation" in refrain("export", "csv", "--flags").failed_in_a_line()
    assert "choose one" in refrain("export", "csv", "--flags", "--narrative", "x").failed_in_a_line()
    refrain("keys", "create", "plugin", "--scope", "check", "--organisation", "Desk")
    assert refrain("export", "csv", "--flags").out.startswith("\ufeffflag_id,state,")
    assert "no flag" in refrain("export", "stix", "--flag", "7").failed_in_a_line()
    assert "cannot write" in refrain("export", "csv", "--out", tmp_path / "missing" / "x.csv").failed_in_a_line()


def test_a_reader_that_has_seen_enough_ends_the_export(filled, environment):
    command = [COMMAND, "export", "jsonl"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1
