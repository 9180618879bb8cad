"""Followed narratives and early warnings, on both databases."""

from datetime import timedelta
from uuid import uuid4

import pytest
from builders import account, draft
from fakes import HeldClock

from app.domain.access.keys import Organisation
from app.domain.audit.erasures import ErasureKind
from app.domain.core.errors import NotFound
from app.domain.statements.statements import Source
from app.domain.webhooks.webhooks import EventType, SigningSecrets, Webhook


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(process, clock):
    return process(clock=clock)


@pytest.fixture
def reader(archive):
    return account(archive)


@pytest.fixture
def events(archive, reader):
    """Events of a kind that the organisation's webhook has been sent, the newest first."""
    kinds = (EventType.NARRATIVE_WARNING, EventType.NARRATIVE_APPEARED)
    url, now = "https://receiver.example/", archive.store.clock()
    with archive.store.writing() as tx:
        hook = Webhook(0, str(uuid4()), reader.organisation, url, kinds, None, now, now)
        tx.webhooks.add(hook, SigningSecrets("of the test"))

    def of(kind):
        found = archive.edit_webhooks.deliveries(reader.organisation, hook.id, None, None, 50)
        return [one.event for one in found if one.event.type == kind]

    return of


def day(clock, days):
    return (clock() - timedelta(days=days)).date().isoformat()


def record(archive, clock, days, number=0, narrative="Script", **fields):
    text = f"Statement {number} of {days} days ago, in {fields}."
    [stored] = archive.record_statements([draft(text, day(clock, days), narratives=[narrative], **fields)])
    return stored.statement


def test_a_follower_sees_what_came_since_the_last_look(archive, reader, clock):
    record(archive, clock, 9)
    script = archive.edit_narrative.resolve("Script").id
    archive.follow_narratives.follow(reader, script)
    assert archive.follow_narratives.news(reader) == 0
    clock.advance(seconds=60)
    record(archive, clock, 900, 1)
    record(archive, clock, 8, 2, narrative="Another")
    assert archive.follow_narratives.news(reader) == 1
    ref = archive.edit_narrative.resolve("Script")
    archive.follow_narratives.looked(reader, ref)
    assert archive.follow_narratives.news(reader) == 0
    clock.advance(seconds=60)
    moved = archive.edit_narrative.resolve("Another").id
    archive.reorganise_narratives.merge(moved, script)
    assert archive.follow_narratives.news(reader) == 1
    archive.follow_narratives.unfollow(reader, script)
    assert archive.follow_narratives.news(reader) == 0


def test_the_private_statements_of_others_are_no_news(archive, reader, clock):
    record(archive, clock, 9)
    script = archive.edit_narrative.resolve("Script").id
    archive.follow_narratives.follow(reader, script)
    others = archive.manage_organisations.create("Others")
    clock.advance(seconds=60)
    record(archive, clock, 3, 1, owner=others.key)
    assert archive.follow_narratives.news(reader) == 0


def test_a_webhook_is_sent_what_is_new_once(archive, reader, clock, events):
    record(archive, clock, 9)
    script = archive.edit_narrative.resolve("Script").id
    archive.follow_narratives.follow(reader, script)
    archive.watch_narratives()
    assert events("narrative.appeared") == []
    clock.advance(seconds=3600)
    for number in range(7):
        last = record(archive, clock, 1, number)
    archive.watch_narratives()
    archive.watch_narratives()
    [event] = events("narrative.appeared")
    assert (event.subject, event.data["count"], len(event.data["statements"])) == (script, 7, 5)
    assert event.data["statements"][0]["statement_id"] == last.id
    clock.advance(seconds=3600)
    archive.watch_narratives()
    assert len(events("narrative.appeared")) == 1


def test_a_warning_is_raised_once_and_sent(archive, reader, clock, events):
    record(archive, clock, 400)
    record(archive, clock, 2, 1)
    archive.watch_narratives()
    clock.advance(seconds=3601)
    archive.watch_narratives()
    [warning] = archive.judge_warnings.find(reader.organisation, "open", 0, 9)
    assert (warning.evidence.rule, warning.narrative.title) == ("back", "Script")
    [event] = events("narrative.warning")
    assert event.data["evidence"] == {"last": day(clock, 400), "first": day(clock, 2), "days": 398, "count": 1}
    assert archive.judge_warnings.count_open(reader.organisation) == 1


def test_old_material_that_is_imported_now_warns_of_nothing(archive, reader, clock):
    for days in (2000, 1000, 900, 60):
        record(archive, clock, days)
    archive.watch_narratives.warn()
    assert archive.judge_warnings.count_open(reader.organisation) == 0


def test_each_organisation_decides_for_itself_and_takes_it_back(archive, reader, clock):
    record(archive, clock, 400)
    record(archive, clock, 2, 1)
    archive.watch_narratives.warn()
    others = account(archive, organisation="Others").organisation
    [warning] = archive.judge_warnings.find(reader.organisation, "open", 0, 9)
    archive.judge_warnings.decide(warning.id, "dismissed", reader.organisation, reader.actor)
    assert archive.judge_warnings.find(reader.organisation, "open", 0, 9) == []
    [kept] = archive.judge_warnings.find(reader.organisation, "dismissed", 0, 9)
    assert kept.decided_by == reader.actor
    assert archive.judge_warnings.count_open(others) == 1
    archive.judge_warnings.decide(warning.id, "open", reader.organisation, reader.actor)
    assert archive.judge_warnings.count_open(reader.organisation) == 1


def test_private_statements_warn_their_owner_of_its_own_narratives_alone(archive, reader, clock, events):
    others = archive.manage_organisations.create("Others")
    record(archive, clock, 400)
    record(archive, clock, 2, 1, owner=others.key)
    for number, days in enumerate((400, 2)):
        record(archive, clock, days, number, narrative="Own", owner=others.key)
    archive.watch_narratives.warn()
    assert archive.judge_warnings.count_open(reader.organisation) == 0
    [own] = archive.judge_warnings.find(Organisation(others.key, others.id, others.name), "open", 0, 9)
    assert own.narrative.title == "Own"
    assert events("narrative.warning") == []


def test_private_statements_under_a_shared_narrative_warn_their_owner_alone(archive, reader, clock, events):
    others = archive.manage_organisations.create("Others")
    for number, days in enumerate((400, 410, 420)):
        record(archive, clock, days, number, source=Source("Shared outlet"))
    record(archive, clock, 2, 1, owner=others.key, source=Source("Secret outlet"))
    record(archive, clock, 3, 2, language="uk", owner=reader.organisation.key)
    archive.watch_narratives.warn()
    archive.watch_narratives.warn_privately()
    archive.watch_narratives.warn_privately()

    def met(viewer):
        found = archive.judge_warnings.find(viewer, "open", 0, 9)
        return {(one.evidence.rule, one.evidence.subject): one.evidence.values["count"] for one in found}

    assert met(others) == {("back", day(clock, 400)): 1}
    assert met(reader.organisation) == {("back", day(clock, 400)): 1, ("language", "uk"): 1}
    of_third = account(archive, organisation="Third").organisation
    assert (met(of_third), archive.judge_warnings.count_open(of_third)) == ({}, 0)
    sent = [event.data["evidence"] for event in events("narrative.warning")]
    assert len(sent) == 2
    assert "Secret" not in str(sent)
    [warning] = archive.judge_warnings.find(others, "open", 0, 9)
    with pytest.raises(NotFound):
        archive.judge_warnings.decide(warning.id, "dismissed", reader.organisation, reader.actor)

    record(archive, clock, 1, 9)
    archive.watch_narratives.warn()
    archive.watch_narratives.warn_privately()
    assert met(of_third) == {("back", day(clock, 400)): 1}


def test_an_erased_account_follows_nothing_and_an_erased_statement_is_in_no_alert(archive, reader, clock, events):
    record(archive, clock, 9)
    script = archive.edit_narrative.resolve("Script").id
    archive.follow_narratives.follow(reader, script)
    clock.advance(seconds=3600)
    new = record(archive, clock, 1, 1)
    archive.watch_narratives.alert()
    archive.erase(ErasureKind.STATEMENT, new.id, "asked for")
    assert events("narrative.appeared")[0].data["statements"] == []
    account(archive, "admin")
    archive.erase(ErasureKind.ACCOUNT, reader.id, "asked for")
    with archive.store.reading() as tx:
        assert not tx.follows.followed(reader.id, archive.edit_narrative.resolve("Script").key)
