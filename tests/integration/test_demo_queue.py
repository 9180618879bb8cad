"""The queue that the demo leaves, with the real model: what came in, checked against the sample archive."""

import json
from datetime import timedelta

import pytest

from app.admin_wiring import now
from app.cli.demo import check_incoming, incoming_statements
from app.domain.checks.reviews import Actor, ReviewDraft
from app.formats.opening import Format, open_lines
from app.settings import Settings
from app.wiring import SAMPLE, build

INCOMING = [json.loads(line) for line in (SAMPLE / "incoming.jsonl").read_text("utf-8").splitlines()]
NARRATIVES = [json.loads(line) for line in (SAMPLE / "narratives.jsonl").read_text("utf-8").splitlines()]
TITLES = {one["id"]: one["title"] for one in NARRATIVES}


SUGGESTED = {"in-06-07-en", "in-07-19-ar", "in-07-26-fr", "in-08-06-ar"}
"""They repeat a script, and are suggested with it; the score is too low for a flag."""


def expected_flag(record):
    return record.get("flagged", record["expect"] is not None)


def scripts(matches):
    return {ref.title for match in matches for ref in match.precedent.narratives}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The services over the sample archive, the demo's organisation, and what was told of the progress."""
    services = build(Settings(data_dir=tmp_path_factory.mktemp("demo")))
    services.archive.open()
    services.archive.backfill()
    lines = ((file.name, line) for file, line in open_lines(SAMPLE, Format.AUTO))
    services.import_statements(lines)
    organisation = services.manage_organisations.create("demo")
    advances = []
    incoming = incoming_statements(organisation)
    assert check_incoming(services, organisation, incoming, advances.append) == len(INCOMING)
    yield services, organisation, incoming, advances
    services.store.close()


@pytest.fixture(scope="module")
def checks(demo):
    """The stored checks, in the order of the file."""
    services, organisation, incoming, _ = demo
    with services.store.reading() as tx:
        return [tx.checks.by_id(organisation, one.check_id) for one in incoming]


@pytest.mark.parametrize("at", range(len(INCOMING)), ids=[record["id"] for record in INCOMING])
def test_each_is_flagged_or_not_as_the_sample_says_and_by_the_script_that_it_follows(checks, at):
    record, check = INCOMING[at], checks[at]
    assert check.text == record["text"]
    assert check.flagged == expected_flag(record), (check.stance.label, [one.score for one in check.matches])
    if record["expect"]:
        first = 3 if check.flagged else 1
        assert TITLES[record["expect"]] in scripts(check.matches[:first])
        assert check.matches[0].relation == "repeats"


def test_what_is_suggested_and_not_flagged_is_that_alone(checks):
    unflagged = {
        record["id"]: check
        for record, check in zip(INCOMING, checks, strict=True)
        if record["expect"] and not check.flagged
    }
    assert set(unflagged) == SUGGESTED
    assert all(check.model.suggest_at <= check.matches[0].score < check.model.flag_at for check in unflagged.values())


def test_the_queue_holds_every_flag_open_and_the_latest_that_came_in_first(demo, checks):
    services, organisation, _, _ = demo
    with services.store.reading() as tx:
        assert tx.flags.counts(organisation)["open"] == sum(map(expected_flag, INCOMING)) >= 30
    assert [one.created_at for one in checks] == sorted(one.created_at for one in checks)
    assert timedelta(days=10) < now() - checks[0].created_at < timedelta(days=30)
    assert timedelta() < now() - checks[-1].created_at < timedelta(days=1)


def test_progress_is_reported_for_every_statement(demo):
    _, _, _, advances = demo
    assert sum(advances) == len(INCOMING)
    assert len(advances) > 3


def test_loading_it_again_adds_nothing_and_leaves_what_was_judged(demo, checks):
    services, organisation, _, _ = demo
    flag = next(one for one in checks if one.flagged)
    services.review_match(organisation, Actor("1", "Ada"), flag.id, ReviewDraft("dismissed"))
    again = incoming_statements(organisation)
    assert check_incoming(services, organisation, again, lambda _: None) == 0
    with services.store.reading() as tx:
        assert len(tx.checks.find(organisation, None, None, 100)) == len(INCOMING)
        assert tx.flags.by_id(organisation, flag.id).state == "dismissed"
