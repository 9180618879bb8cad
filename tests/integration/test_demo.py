"""The main job with the real model: the sample archive, and the statement that the project started from."""

import json
from io import StringIO

import pytest
from rich.console import Console

from app.cli import check_output
from app.domain.checks.checks import CheckRequest
from app.domain.core.dates import parse_period
from app.formats.opening import Format, open_lines
from app.settings import Settings
from app.wiring import SAMPLE, build

SCRIPT = "syria-staged-attack-warning"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    services = build(Settings(data_dir=tmp_path_factory.mktemp("demo")))
    services.archive.open()
    services.archive.backfill()
    lines = ((file.name, line) for file, line in open_lines(SAMPLE, Format.AUTO))
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


def test_the_demo_tells_the_story_as_a_person_would(archive):
    statement = statements()[0]
    said_at = parse_period(statement["said_at"])
    [check] = archive.check_statements([CheckRequest(statement["text"], said_at=said_at, limit=20, record=False)])
    assert check.summary.startswith("Said at least ")
    assert "last on 24 April 2021, 29 days earlier. None of the " in check.summary
    assert "events that this script predicted is on record as having happened" in check.summary
    assert check.matches[0].precedent.external_id == "wh-2021-04-24-karpov"
    april, september, february = (
        next(one.explanation for one in check.matches if one.precedent.external_id == known)
        for known in ("wh-2021-04-24-karpov", "wh-2020-09-23-syrian-mfa", "wh-2021-02-mod-400-litres")
    )
    assert april.startswith("The same script as on 24 April 2021 (Alexander Karpov, TASS): again militants")
    assert "with the blame on the Syrian government." in april
    assert "six tanks of poison gas" in april
    assert "the presidential elections" in april
    assert "Then it was two tonnes of toxic agents; now it is six tanks of poison gas." in september
    assert february.startswith(
        "The same script as in February 2021 (Russian Ministry of Defence, Breitbart News): again"
    )
    assert "six tanks of poison gas" in february
    assert "no longer of 400 liters of chemicals" in february or "Then it was 400 liters of chemicals" in february


@pytest.mark.parametrize("width", [30, 80, 200])
def test_it_is_printed_whole_in_wide_and_in_narrow_terminals_with_and_without_colour(archive, width):
    statement = statements()[0]
    said_at = parse_period(statement["said_at"])
    [check] = archive.check_statements([CheckRequest(statement["text"], said_at=said_at, limit=2, record=False)])
    plain, coloured = (
        Console(file=StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None)
        for colour in (False, True)
    )
    for console in (plain, coloured):
        check_output.check(console, archive.texts.for_language(), check)
    printed = plain.file.getvalue()
    assert "\x1b" not in printed
    assert "\x1b[4m" in coloured.file.getvalue()
    words = " ".join(printed.split())
    for sentence in (check.summary, *(match.explanation for match in check.matches)):
        assert sentence in words


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_script_is_printed_down_the_years_in_wide_and_in_narrow_terminals_without_colour(archive, width):
    statement = statements()[0]
    said_at = parse_period(statement["said_at"])
    [check] = archive.check_statements([CheckRequest(statement["text"], said_at=said_at, record=False)])
    timeline = archive.narrative_timeline(check.narratives[0].id, 0, 1_000)
    console = Console(file=StringIO(), width=width)
    check_output.print_timeline(console, archive.texts.for_language(), check, timeline)
    lines = console.file.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    words = " ".join(" ".join(lines).split())
    tellings = ("more than twenty cylinders of chlorine", "400 liters of chemicals", "six tanks of poison gas")
    places = [words.find(one) for one in tellings]
    assert -1 not in places
    assert places == sorted(places)
