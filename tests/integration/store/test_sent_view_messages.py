"""Alerts and digests of saved views over each database: noted with their deliveries, and gone with what they hang on;
and what undoing an import would take out."""

import pytest
from builders import STAGED, account, draft, request
from fakes import HeldClock

from app.domain.desk.view_messages import MessageKind, Schedule
from app.domain.jobs.jobs import JobKind
from app.domain.webhooks.webhooks import VIEW_ALERT, VIEW_DIGEST, EventType


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(process, clock):
    return process(clock=clock, webhook_allowed_hosts="127.0.0.1")


@pytest.fixture
def analyst(archive):
    return account(archive)


@pytest.fixture
def webhook(archive, analyst):
    made, _ = archive.edit_webhooks.add(
        analyst.organisation, "http://127.0.0.1:9/hook", [EventType.JOB_FINISHED], "A chat"
    )
    return made


@pytest.fixture
def flag(archive, clock, analyst):
    """Flags a statement a minute later."""

    def made():
        archive.record_statements([draft(STAGED, "2021-01-01")])
        clock.advance(minutes=1)
        archive.check_statements([request(STAGED, speaker="Karpov")], analyst.organisation)

    return made


def test_messages_are_sent_once_and_end_with_what_they_hang_on(archive, clock, analyst, webhook, flag):
    organisation, by = analyst.organisation, analyst.actor
    view, _ = archive.save_flag_views.save(organisation, by, "Ours", "speaker=Karpov", private=True)
    for kind in MessageKind:
        archive.view_messages.add(organisation, by, view.id, webhook.id, Schedule(kind))
        archive.view_messages.add(organisation, by, view.id, webhook.id, Schedule(kind))
    assert len(archive.view_messages.of_view(organisation, by, view.id)[1]) == len(MessageKind)

    def sent():
        found = archive.edit_webhooks.deliveries(organisation, webhook.id, None, None, 100)
        return sorted(delivery.event.type for delivery in found)

    flag()
    flag()
    archive.view_messages()
    archive.view_messages()
    assert sent() == [VIEW_ALERT, VIEW_ALERT]
    clock.advance(days=8)
    archive.view_messages()
    archive.view_messages()
    assert sent() == [VIEW_ALERT, VIEW_ALERT, VIEW_DIGEST, VIEW_DIGEST]
    archive.save_flag_views.remove(organisation, by, view.id)
    flag()
    archive.view_messages()
    assert len(sent()) == 4
    with archive.store.reading() as tx:
        assert tx.view_messages.count(organisation) == 0


def test_what_an_undo_takes_out_is_said_before(archive, clock, analyst):
    organisation = analyst.organisation
    lines = [b'{"text": "Grain exports rose."}\n', b'{"text": "Barley exports fell."}\n']
    jobs = []
    for content in (b"".join(lines), lines[0]):
        receiving = archive.accept_upload.begin(JobKind.IMPORT, organisation, "a.jsonl")
        receiving.put(content)
        jobs.append(receiving.finish().id)
        archive.run_jobs(jobs[-1], 0)
    clock.advance(seconds=1)
    preview = archive.undo_import.preview(jobs[0], organisation)
    assert (preview.statements, [(one.why, one.count) for one in preview.kept]) == (1, [("also_imported", 1)])
    assert archive.undo_import(jobs[0], organisation).statements == 1
    assert [one.id for one in archive.undo_import.find(None, 10, organisation)] == jobs[::-1]
    assert archive.undo_import.find(None, 10, account(archive, organisation="Elsewhere").organisation) == []
