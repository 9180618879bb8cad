"""Webhooks over each database, and a real receiver: signed, retried, at least once, to nobody else."""

import contextlib
import json
import socket
import ssl
from datetime import timedelta

import pytest
from builders import GRAIN, STAGED, draft, request
from fakes import HeldClock
from receiver import receiving
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.statements.statements import NarrativeDraft
from app.domain.webhooks.webhooks import BOTH_SECRETS_FOR, MOST_ATTEMPTS, DeliveryState, EventType
from app.services.jobs.requeue_stalled import DELIVERIES_KEPT_FOR, RequeueStalled
from app.services.webhooks.edit_webhooks import MOST_WEBHOOKS
from app.worker import webhook_sender

EVERYTHING = list(EventType)


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(process, clock):
    built = process(clock=clock, webhook_allowed_hosts="127.0.0.1")
    built.store.on_signal = signals.append
    signals.clear()
    return built


signals = []


@pytest.fixture
def desk(archive):
    return archive.manage_keys.organisation("Desk")


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


def flag(archive, organisation, text=STAGED):
    archive.record_statements([draft(text, "2021-01-01")])
    [check] = archive.check_statements([request(text)], organisation)
    assert check.flagged
    return check


def turn(archive):
    """What a worker does with the wake-ups that are due."""
    due = [one for one in signals if not one.after_s]
    signals[:] = [one for one in signals if one.after_s]
    for one in dict.fromkeys(due):
        assert one.what == "webhook"
        archive.deliver_events(one.id)


def log(archive, organisation, webhook):
    return archive.edit_webhooks.deliveries(organisation, webhook.id, None, None, 100)


def test_a_flagged_check_is_delivered_as_a_signed_cloud_event(archive, desk, receiver):
    webhook, secret = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
    check = flag(archive, desk)
    turn(archive)
    [received] = receiver.received
    assert received.path == "/hook"
    assert received.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    event = Verifier(secret).verify(received.body, received.headers)
    assert event == received.event
    assert (event["specversion"], event["type"], event["subject"]) == ("1.0", "flag.created", check.id)
    assert event["id"] == received.headers["webhook-id"]
    with archive.store.reading() as tx:
        assert event["source"] == f"urn:uuid:{tx.statements.archive_id()}"
    assert event["data"]["check_id"] == check.id
    assert event["data"]["best_match"]["match_id"] == check.matches[0].id
    [delivery] = log(archive, desk, webhook)
    assert (delivery.state, [one.status for one in delivery.attempts]) == (DeliveryState.DELIVERED, [204])
    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(received.body.replace("Idlib", "Hama"), received.headers)


def test_unflagged_unrecorded_or_unsubscribed_checks_emit_no_event(archive, desk, receiver):
    archive.edit_webhooks.add(desk, receiver.url, [EventType.NARRATIVE_UPDATED], None)
    flag(archive, desk)
    webhook, _ = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
    archive.check_statements([request(GRAIN)], desk)
    archive.check_statements([request(STAGED, record=False)], desk)
    assert signals == []
    assert log(archive, desk, webhook) == []


def test_events_of_narratives_go_to_all_and_of_private_ones_to_their_owner(archive, desk, receiver):
    other = archive.manage_keys.organisation("Other")
    for whose in (desk, other):
        archive.edit_webhooks.add(whose, f"{receiver.url}/{whose.name}", EVERYTHING, None)
    shared, _ = archive.edit_narrative.record(NarrativeDraft("Shared"))
    archive.edit_narrative.change(shared.id, {"title": "Renamed"}, desk)
    archive.edit_narrative.record(NarrativeDraft("Private", owner=desk.key), desk)
    turn(archive)
    delivered = sorted((one.path, one.event["type"], one.event["data"]["title"]) for one in receiver.received)
    assert delivered == [
        ("/hook/Desk", "narrative.created", "Private"),
        ("/hook/Desk", "narrative.created", "Shared"),
        ("/hook/Desk", "narrative.updated", "Renamed"),
        ("/hook/Other", "narrative.created", "Shared"),
        ("/hook/Other", "narrative.updated", "Renamed"),
    ]


def test_a_failed_transaction_emits_no_event(archive, desk, receiver):
    archive.edit_webhooks.add(desk, receiver.url, EVERYTHING, None)
    with contextlib.suppress(NotFound), archive.store.writing() as tx:
        tx.events.add(desk, EventType.FLAG_CREATED, "1", {})
        raise NotFound
    assert signals == []
    assert RequeueStalled(archive.store, archive.run_jobs.clock)() == []


def test_a_failed_delivery_is_tried_again_with_the_same_id_ever_later_and_given_up_in_the_end(
    archive, desk, receiver, clock
):
    receiver.then = 500
    webhook, _ = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
    object.__setattr__(archive.deliver_events, "jitter", lambda: 0.5)
    flag(archive, desk)
    began = clock()
    turn(archive)
    while (delivery := log(archive, desk, webhook)[0]).state is DeliveryState.PENDING:
        clock.moment = delivery.due_at - timedelta(seconds=1)
        archive.deliver_events(webhook.id)
        assert len(receiver.received) == len(delivery.attempts)  # too early
        clock.moment = delivery.due_at
        archive.deliver_events(webhook.id)
    assert delivery.state is DeliveryState.FAILED
    assert len(receiver.received) == len(delivery.attempts) == MOST_ATTEMPTS
    assert {one.id for one in receiver.received} == {delivery.event.id}
    assert clock() - began > timedelta(days=3)
    assert archive.edit_webhooks.get(desk, webhook.id).failures == MOST_ATTEMPTS
    resent = archive.edit_webhooks.resend(desk, webhook.id, delivery.id)
    assert (resent.state, resent.tries, len(resent.attempts)) == (DeliveryState.PENDING, 0, MOST_ATTEMPTS)
    receiver.then = 200
    clock.advance(days=1)
    turn(archive)
    assert log(archive, desk, webhook)[0].state is DeliveryState.DELIVERED
    assert receiver.received[-1].id == delivery.event.id
    assert archive.edit_webhooks.get(desk, webhook.id).failures == 0


def test_the_first_retries_come_after_5_20_and_80_seconds(archive, desk, receiver, clock):
    receiver.then = 503
    webhook, _ = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
    object.__setattr__(archive.deliver_events, "jitter", lambda: 0.5)
    flag(archive, desk)
    for tries, wait in enumerate([5, 20, 80, 320], start=1):
        turn(archive)
        assert len(receiver.received) == tries
        assert {one.after_s for one in signals} <= {wait, min(wait, 300)}
        signals.clear()
        clock.advance(seconds=wait - 1)
        archive.deliver_events(webhook.id)
        assert len(receiver.received) == tries
        clock.advance(seconds=1)
        signals.extend(RequeueStalled(archive.store, clock)())


def test_410_disables_and_stops_everything_until_it_is_enabled_again(archive, desk, receiver, clock):
    receiver.answers = [410]
    webhook, _ = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
    for _ in range(3):
        flag(archive, desk)
    turn(archive)
    assert len(receiver.received) == 1
    gone = archive.edit_webhooks.get(desk, webhook.id)
    assert gone.disabled_reason == "it answered 410 Gone"
    assert {one.state for one in log(archive, desk, webhook)} == {DeliveryState.STOPPED}
    flag(archive, desk)
    assert signals == []
    stopped = log(archive, desk, webhook)[0]
    for attempt in (
        lambda: archive.edit_webhooks.test(desk, webhook.id),
        lambda: archive.edit_webhooks.resend(desk, webhook.id, stopped.id),
    ):
        with pytest.raises(Conflict, match="disabled"):
            attempt()
    archive.edit_webhooks.change(desk, webhook.id, {"active": True})
    for one in log(archive, desk, webhook):
        archive.edit_webhooks.resend(desk, webhook.id, one.id)
    turn(archive)
    assert len(receiver.received) == 4


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(archive, desk, clock, status):
    with receiving() as inside, receiving(then=status, headers={"location": inside.url}) as outside:
        webhook, _ = archive.edit_webhooks.add(desk, outside.url, [EventType.FLAG_CREATED], None)
        flag(archive, desk)
        turn(archive)
        assert len(outside.received) == 1
        assert inside.received == []
    assert [one.status for one in log(archive, desk, webhook)[0].attempts] == [status]


def test_refused_connections_timeouts_and_invalid_responses_are_failed_attempts(archive, desk, monkeypatch, clock):
    monkeypatch.setattr(webhook_sender, "TIMEOUT_S", 1.5)
    with socket.socket() as silent, receiving(delay_s=4) as slow:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        closed = socket.socket()
        closed.bind(("127.0.0.1", 0))
        nowhere = closed.getsockname()[1]
        closed.close()
        urls = {
            f"http://127.0.0.1:{nowhere}/": "refused",
            f"http://127.0.0.1:{silent.getsockname()[1]}/": "no answer within",
            slow.url: "no answer within",
            slow.url.replace("http:", "https:"): "SSL",
        }
        for url, said in urls.items():
            webhook, _ = archive.edit_webhooks.add(desk, url, [EventType.FLAG_CREATED], None)
            flag(archive, desk)
            turn(archive)
            [attempt] = log(archive, desk, webhook)[0].attempts
            assert attempt.status is None
            assert said.lower() in attempt.error.lower(), attempt.error
            archive.edit_webhooks.remove(desk, webhook.id)


def test_an_answer_that_never_ends_is_not_waited_for(archive, desk, monkeypatch, clock):
    """Headers that come a byte at a time are within every timeout of a socket; the whole attempt has one too."""
    import threading
    import time

    monkeypatch.setattr(webhook_sender, "TIMEOUT_S", 0.6)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def drip():
            connection, _ = server.accept()
            with connection:
                try:
                    for _ in range(100):
                        connection.sendall(b"H")
                        time.sleep(0.1)
                except OSError:
                    pass

        thread = threading.Thread(target=drip)
        thread.start()
        webhook, _ = archive.edit_webhooks.add(
            desk, f"http://127.0.0.1:{server.getsockname()[1]}/", [EventType.FLAG_CREATED], None
        )
        flag(archive, desk)
        turn(archive)
        thread.join()
    [attempt] = log(archive, desk, webhook)[0].attempts
    assert (attempt.status, attempt.ms < 5_000) == (None, True)


def test_after_a_failure_a_webhook_rests_and_others_do_not(archive, desk, receiver, clock):
    with receiving(then=500) as broken:
        for url in (broken.url, receiver.url):
            archive.edit_webhooks.add(desk, url, [EventType.FLAG_CREATED], None)
        for _ in range(5):
            flag(archive, desk)
        turn(archive)
        assert len(broken.received) == 1
        assert len(receiver.received) == 5


def test_two_secrets_sign_during_a_rotation(archive, desk, receiver, clock):
    webhook, old = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
    turned = archive.edit_webhooks.rotate_secret(desk, webhook.id)
    flag(archive, desk)
    turn(archive)
    [received] = receiver.received
    assert len(received.headers["webhook-signature"].split(" ")) == 2
    for secret in (old, turned.current):
        Verifier(secret).verify(received.body, received.headers)
    assert turned.previous_until == clock() + BOTH_SECRETS_FOR
    clock.moment = turned.previous_until
    flag(archive, desk)
    turn(archive)
    received = receiver.received[-1]
    Verifier(turned.current).verify(received.body, received.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(received.body, received.headers)


def test_another_organisation_sees_nothing_and_changes_nothing(archive, desk, receiver):
    other = archive.manage_keys.organisation("Other")
    webhook, _ = archive.edit_webhooks.add(desk, receiver.url, EVERYTHING, None)
    archive.edit_webhooks.add(other, f"{receiver.url}/other", EVERYTHING, None)
    flag(archive, desk)
    turn(archive)
    assert [one.path for one in receiver.received] == ["/hook"]
    [delivery] = log(archive, desk, webhook)
    edit = archive.edit_webhooks
    for attempt in (
        lambda: edit.get(other, webhook.id),
        lambda: edit.change(other, webhook.id, {"active": False}),
        lambda: edit.remove(other, webhook.id),
        lambda: edit.rotate_secret(other, webhook.id),
        lambda: edit.test(other, webhook.id),
        lambda: edit.deliveries(other, webhook.id, None, None, 10),
        lambda: edit.delivery(other, webhook.id, delivery.id),
        lambda: edit.resend(other, webhook.id, delivery.id),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert [one.url for one in edit.find(other, None, 10)] == [f"{receiver.url}/other"]


def test_a_finished_job_emits_an_event(archive, desk, receiver):
    archive.edit_webhooks.add(desk, receiver.url, [EventType.JOB_FINISHED], None)
    from app.domain.jobs.jobs import JobKind

    receiving_ = archive.accept_upload.begin(JobKind.IMPORT, desk)
    receiving_.put(b"no json\n" + json.dumps({"text": GRAIN}).encode())
    job = receiving_.finish()
    [one] = signals
    signals.clear()
    archive.run_jobs(one.id, one.part)
    turn(archive)
    [received] = receiver.received
    assert received.event["data"] == {
        "job_id": job.id, "kind": "import", "state": "done", "lines": 2, "done": 2, "counts": {"new": 1, "rejected": 1},
    }  # fmt: skip


def test_an_address_is_judged_when_it_is_registered_and_again_at_each_send(archive, desk, monkeypatch, clock):
    """The name resolves to a public address when it is registered, and to an internal one later."""
    answers = {"rebinding.example": "8.8.8.8"}
    connected = []
    real = socket.getaddrinfo

    def resolve(host, port, *rest, **named):
        return real(answers.get(host, host), port, *rest, **named)

    def connect(self, host, *rest, **named):
        connected.append(host)
        raise webhook_sender.httpcore2.ConnectError("of the test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(webhook_sender.httpcore2.SyncBackend, "connect_tcp", connect)
    webhook, _ = archive.edit_webhooks.add(desk, "https://rebinding.example/", [EventType.FLAG_CREATED], None)
    flag(archive, desk)
    turn(archive)
    assert connected == ["8.8.8.8"]  # the address that was judged, not the name
    answers["rebinding.example"] = "169.254.169.254"
    clock.advance(seconds=60)
    archive.deliver_events(webhook.id)
    assert connected == ["8.8.8.8"]
    attempts = log(archive, desk, webhook)[0].attempts
    assert "internal or reserved address" in attempts[-1].error
    with pytest.raises(InvalidInput, match="internal or reserved"):
        archive.edit_webhooks.add(desk, "https://rebinding.example/", [EventType.FLAG_CREATED], None)
    with pytest.raises(InvalidInput, match="internal or reserved"):
        archive.edit_webhooks.change(desk, webhook.id, {"url": "https://localhost/"})


def test_a_host_with_one_internal_address_among_others_is_refused(archive, desk, monkeypatch):
    def resolve(host, port, *rest, **named):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(InvalidInput, match="internal or reserved"):
        archive.edit_webhooks.add(desk, "https://both.example/", EVERYTHING, None)


def test_a_certificate_is_checked_against_the_name_and_not_the_address(monkeypatch):
    asked = []

    class Stream(webhook_sender.httpcore2.NetworkStream):
        def start_tls(self, ssl_context, server_hostname=None, timeout=None):
            asked.append((server_hostname, ssl_context.verify_mode, ssl_context.check_hostname))
            raise webhook_sender.httpcore2.ConnectError("of the test")

        def close(self):
            pass

    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **_: [(2, 1, 6, "", ("8.8.8.8", port))])
    monkeypatch.setattr(
        webhook_sender.httpcore2.SyncBackend, "connect_tcp", lambda self, host, *rest, **named: Stream()
    )
    to = webhook_sender.destination("https://example.org/", [])
    with pytest.raises(webhook_sender.httpcore2.ConnectError):
        webhook_sender.Sender([])._post(to, "{}", {})
    assert asked == [("example.org", ssl.CERT_REQUIRED, True)]


def test_an_organisation_has_a_bounded_number_of_webhooks(archive, desk):
    for _ in range(MOST_WEBHOOKS):
        archive.edit_webhooks.add(desk, "http://127.0.0.1/", EVERYTHING, None)
    with pytest.raises(Conflict, match="may have no more"):
        archive.edit_webhooks.add(desk, "http://127.0.0.1/", EVERYTHING, None)


def test_deliveries_are_kept_for_thirty_days(archive, desk, receiver, clock):
    webhook, _ = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
    flag(archive, desk)
    turn(archive)
    clock.advance(seconds=DELIVERIES_KEPT_FOR.total_seconds() - 60)
    RequeueStalled(archive.store, clock)()
    assert len(log(archive, desk, webhook)) == 1
    clock.advance(seconds=120)
    RequeueStalled(archive.store, clock)()
    assert log(archive, desk, webhook) == []


def test_what_a_killed_worker_had_in_hand_is_found_when_its_time_is_over(archive, desk, receiver, clock):
    webhook, _ = archive.edit_webhooks.add(desk, receiver.url, [EventType.FLAG_CREATED], None)
    flag(archive, desk)
    signals.clear()
    with archive.store.writing() as tx:
        assert tx.webhooks.claim(webhook.id, clock(), clock() + timedelta(seconds=30))
    archive.deliver_events(webhook.id)
    sweep = RequeueStalled(archive.store, clock)
    assert (receiver.received, sweep()) == ([], [])
    clock.advance(seconds=30)
    signals.extend(sweep())
    turn(archive)
    assert len(receiver.received) == 1
