"""Importing: interrupted or repeated, everything is there exactly once."""

import pytest
from builders import draft, write_jsonl

from app.formats.lines import Line
from app.formats.opening import Format, open_lines
from app.services.statements.import_statements import LINES_AT_ONCE

LINES = 2 * LINES_AT_ONCE + 500


class Interrupted(BaseException):
    """As a person at the keyboard interrupts."""


def lines(count=LINES):
    return [("corpus.jsonl", Line(n, draft=draft(f"Statement {n}.", external_id=str(n)))) for n in range(1, count + 1)]


def until(last):
    for one in lines():
        if one[1].number > last:
            raise Interrupted
        yield one


def count(services):
    with services.store.reading() as tx:
        return tx.statements.count()


def outcomes(report):
    return {name.value: number for name, number in report.outcomes.items() if number}


def test_an_import_interrupted_and_repeated_has_everything_once(process):
    interrupted = process("first")
    with pytest.raises(Interrupted):
        interrupted.import_statements(until(LINES_AT_ONCE + 700))
    done = count(interrupted)
    assert done == LINES_AT_ONCE
    again = process("first")
    progress = []
    report = again.import_statements(lines(), progress.append)
    assert outcomes(report) == {"new": LINES - done, "unchanged": done}
    assert sum(progress) == LINES
    assert count(again) == again.archive.size == LINES
    assert outcomes(again.import_statements(lines())) == {"unchanged": LINES}


def test_rejected_lines_are_reported_with_file_number_and_reason_and_the_rest_goes_in(archive, tmp_path):
    write_jsonl(tmp_path / "narratives.jsonl", {"id": "N1", "title": "Broad"}, {"id": "N2"})
    write_jsonl(tmp_path / "corpus.jsonl", {"text": "One.", "fakes": ["F1"], "narratives": ["N1"]}, {"text": ""}, [])
    read = ((file.name, line) for file, line in open_lines(tmp_path, Format.AUTO))
    report = archive.import_statements(read)
    assert outcomes(report) == {"new": 1}
    assert report.narratives == 1
    assert [(one.file, one.number) for one in report.rejected] == [
        ("narratives.jsonl", 2),
        ("corpus.jsonl", 2),
        ("corpus.jsonl", 3),
    ]
    with archive.store.reading() as tx:
        script = tx.narratives.by_id(tx.narratives.resolve("F1").id)
    assert script.parent.title == "Broad"


def test_a_narrative_whose_parent_comes_later_gets_it_all_the_same(archive, tmp_path):
    write_jsonl(
        tmp_path / "narratives.jsonl", {"id": "N2", "title": "Narrow", "parent": "N1"}, {"id": "N1", "title": "Broad"}
    )
    write_jsonl(tmp_path / "corpus.jsonl", {"text": "One."})
    read = ((file.name, line) for file, line in open_lines(tmp_path, Format.AUTO))
    assert archive.import_statements(read).rejected == []
    with archive.store.reading() as tx:
        narrow = tx.narratives.by_id(tx.narratives.resolve("N2").id)
        assert len(tx.narratives.find(None, None, 10)) == 2
    assert narrow.parent.title == "Broad"


def test_metadata_of_any_json_comes_back_as_it_was(archive, tmp_path):
    metadata = {"list": [1, 2.5, None, True, "ж"], "object": {"a": {"b": []}}, "large": 2**70, "small": 1e-300}
    write_jsonl(tmp_path / "corpus.jsonl", {"text": "One.", "id": "1", **metadata})
    read = ((file.name, line) for file, line in open_lines(tmp_path, Format.AUTO))
    archive.import_statements(read)
    with archive.store.reading() as tx:
        assert tx.statements.by_identities(["id:1"])["id:1"].metadata == metadata
