"""The queue over each database: whoever is woken, in whichever process, does what there is to do, once."""

import json
import pickle
from pathlib import Path

import pytest
from receiver import receiving
from waiting import until

from app.admin_wiring import now
from app.domain.jobs.jobs import JobKind, JobState
from app.domain.webhooks.webhooks import DeliveryState, EventType


@pytest.fixture
def running(process):
    """Two processes on one database; both work."""
    both = [process(name, clock=now, webhook_allowed_hosts="127.0.0.1") for name in ("one", "two")]
    for one in both:
        one.background.start()
    yield both
    for one in both:
        one.background.stop()


def test_two_workers_share_jobs_and_tell_of_each_end_once(running):
    one, two = running
    desk = one.manage_keys.organisation("Desk")
    with receiving() as receiver:
        webhook, _ = one.edit_webhooks.add(desk, receiver.url, [EventType.JOB_FINISHED], None)
        jobs = []
        for number in range(6):
            archive = running[number % 2]
            upload = archive.accept_upload.begin(JobKind.IMPORT, desk)
            upload.put(
                "\n".join(json.dumps({"id": f"{number}-{n}", "text": f"{number} {n}"}) for n in range(300)).encode()
            )
            jobs.append(upload.finish())
        until(lambda: len(one.edit_webhooks.deliveries(desk, webhook.id, DeliveryState.DELIVERED, None, 10)) == 6)
        for archive in running:
            archive.background.stop()  # after what is in hand
        ended = [received.event["subject"] for received in receiver.received]
        assert sorted(ended) == sorted(job.id for job in jobs)
    for job in jobs:
        done = two.run_jobs.get(desk, JobKind.IMPORT, job.id)
        assert (done.state, dict(done.counts)) == (JobState.DONE, {"new": 300})
    with one.store.reading() as tx:
        assert tx.statements.count() == 1_800


def test_a_failed_delivery_comes_again_by_itself(running):
    one, two = running
    desk = one.manage_keys.organisation("Desk")
    with receiving(answers=[500]) as receiver:
        object.__setattr__(one.deliver_events, "jitter", lambda: 0)
        object.__setattr__(two.deliver_events, "jitter", lambda: 0)
        webhook, _ = one.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
        delivery = one.edit_webhooks.test(desk, webhook.id)
        receiver.wait_for(2)
        assert [received.id for received in receiver.received] == [delivery.event.id] * 2
        until(lambda: two.edit_webhooks.delivery(desk, webhook.id, delivery.id).state == "delivered")


def test_work_without_a_signal_is_found_at_the_start(process):
    archive = process(clock=now)
    on_signal, archive.store.on_signal = archive.store.on_signal, lambda _: None
    desk = archive.manage_keys.organisation("Desk")
    upload = archive.accept_upload.begin(JobKind.IMPORT, desk)
    upload.put(b'{"text": "Words."}')
    job = upload.finish()
    archive.store.on_signal = on_signal
    archive.background.start()
    try:
        until(lambda: archive.run_jobs.get(desk, JobKind.IMPORT, job.id).state is JobState.DONE)
    finally:
        archive.background.stop()


def test_the_queue_can_be_stopped_and_started_without_errors(process, caplog):
    background = process(clock=now).background
    for _ in range(3):
        background.start()
        background.stop()
    said = [one for one in caplog.records if one.levelname in ("WARNING", "ERROR") and one.name != "refrain.files"]
    assert said == []


def test_a_queue_that_cannot_be_reached_does_not_spoil_what_was_done(process, caplog, tmp_path):
    archive = process(clock=now)
    archive.background.queue._where = str(tmp_path / "no such folder" / "queue")
    desk = archive.manage_keys.organisation("Desk")
    upload = archive.accept_upload.begin(JobKind.IMPORT, desk)
    upload.put(b'{"text": "Words."}')
    assert upload.finish().state is JobState.QUEUED
    assert "cannot signal a worker" in caplog.text


def test_receivers_of_one_organisation_that_hang_delay_nobody_elses(process):
    archive = process(clock=now, webhook_allowed_hosts="127.0.0.1")
    other, desk = archive.manage_keys.organisation("Other"), archive.manage_keys.organisation("Desk")
    with receiving(delay_s=3) as hangs, receiving() as receiver:
        stuck = [archive.edit_webhooks.add(other, hangs.url, [EventType.FLAG_CREATED], None)[0] for _ in range(20)]
        for webhook in stuck:
            archive.edit_webhooks.test(other, webhook.id)
        archive.background.start()
        try:
            until(lambda: hangs.received)
            webhook, _ = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
            archive.edit_webhooks.test(desk, webhook.id)
            receiver.wait_for(1)
            assert len(hangs.received) <= 2  # all that one organisation may hold: with its twenty, none is answered yet
        finally:
            archive.background.stop()


def test_a_pickle_in_the_queue_is_never_loaded(process, tmp_path):
    archive = process(clock=now)
    desk = archive.manage_keys.organisation("Desk")
    touched = tmp_path / "touched"
    planted = pickle.dumps(_Touches(str(touched)))
    archive.background.queue._jobs.storage.enqueue(planted)
    upload = archive.accept_upload.begin(JobKind.IMPORT, desk)
    upload.put(b'{"text": "Words."}')
    job = upload.finish()
    archive.background.start()
    try:
        until(lambda: archive.run_jobs.get(desk, JobKind.IMPORT, job.id).state is JobState.DONE)
    finally:
        archive.background.stop()
    assert not touched.exists()


class _Touches:
    """An object whose unpickling makes a file."""

    def __init__(self, path):
        self._path = path

    def __reduce__(self):
        return Path.touch, (Path(self._path),)
