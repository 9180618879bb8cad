"""The main job with the real model: the sample archive, and the statement that the project started from."""

import json

import pytest

from app.domain.dates import parse_period
from app.domain.matches import CheckRequest
from app.formats.opening import Format, open_lines
from app.settings import Settings
from app.wiring import SAMPLE, build

SCRIPT = "syria-staged-attack-warning"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    services = build(Settings(data_dir=tmp_path_factory.mktemp("demo")))
    services.archive.open()
    services.archive.complete()
    lines = ((file.name, line) for file, line in open_lines(SAMPLE, Format.AUTO, services.languages.canonical))
    assert services.import_statements(lines).rejected == []
    yield services
    services.store.close()


def statements():
    with (SAMPLE / "demo_statements.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:3]


def scripts_of(services, match):
    with services.store.reading() as tx:
        titles = {tx.narratives.resolve(SCRIPT).title}
    return {one.title for one in match.precedent.narratives} & titles


@pytest.mark.parametrize("statement", statements(), ids=lambda statement: statement["lang"])
def test_karpovs_statement_of_may_finds_the_script_in_three_languages_and_nothing_later(archive, statement):
    said_at = parse_period(statement["said_at"])
    [check] = archive.check_statements([CheckRequest(statement["text"], said_at=said_at, limit=10, record=False)])
    assert sum(bool(scripts_of(archive, match)) for match in check.matches) >= 6
    assert all(match.precedent.said_at.ends <= said_at.begins for match in check.matches)
    assert check.language.code == statement["lang"]


def test_in_english_it_is_flagged_and_the_april_version_comes_first(archive):
    statement = statements()[0]
    said_at = parse_period(statement["said_at"])
    [check] = archive.check_statements([CheckRequest(statement["text"], said_at=said_at, record=False)])
    assert check.flagged
    first = check.matches[0]
    assert (first.precedent.said_at.text, first.precedent.speaker) == ("2021-04-24", "Alexander Karpov")
    assert first.days_before == 29
    assert check.recurrence.count >= 20
