"""Webhooks of chats over HTTP: the format is chosen and changed, the message arrives, and `Retry-After` is honoured."""

from datetime import timedelta

import pytest
from builders import STAGED, client, services
from receiver import receiving
from waiting import until

from app.domain.webhooks.webhooks import Attempt
from app.worker.webhook_sender import retry_after_s

HOOK = {"url": "http://127.0.0.1:9/hook", "events": ["flag.created"]}


@pytest.fixture
def archive(tmp_path, clock):
    built = services(tmp_path, webhook_allowed_hosts="127.0.0.1", public_url="https://refrain.example.org")
    yield built
    built.store.close()


def test_a_format_and_a_language_are_chosen_and_changed(desk):
    made = desk.post("/v1/webhooks", json={**HOOK, "format": "slack", "language": "en"}).json()
    address = f"/v1/webhooks/{made['id']}"
    assert (made["format"], made["language"]) == ("slack", "en")
    changed = desk.patch(address, json={"format": "mattermost", "language": None}).json()
    assert (changed["format"], changed["language"]) == ("mattermost", None)
    assert desk.get(address).json()["format"] == "mattermost"
    assert desk.post("/v1/webhooks", json=HOOK).json()["format"] == "cloudevents"
    for fields, pointer in (({"format": "irc"}, "/format"), ({"language": "no language"}, "/language")):
        answer = desk.post("/v1/webhooks", json={**HOOK, **fields})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert desk.patch(address, json={"format": None}).status_code == 422


@pytest.mark.parametrize("format_", ["slack", "teams", "mattermost"])
def test_a_flag_arrives_as_a_message_with_a_link(archive, format_):
    with receiving() as receiver, client(archive) as desk:
        desk.post("/v1/webhooks", json={"url": receiver.url, "events": ["flag.created"], "format": format_})
        desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-04-24"})
        check = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()
        assert check["flagged"]
        [received] = receiver.wait_for(1)
    assert received.headers["content-type"] == "application/json; charset=utf-8"
    assert f"https://refrain.example.org/flags/{check['id']}" in received.body
    assert "Said before" in received.body


def test_a_chat_that_asks_to_wait_is_left_alone_for_that_long(archive, clock):
    with receiving(answers=[429], headers={"Retry-After": "2000"}) as receiver, client(archive) as desk:
        made = desk.post("/v1/webhooks", json={**HOOK, "url": receiver.url, "format": "slack"}).json()
        address = f"/v1/webhooks/{made['id']}"
        sent = desk.post(f"{address}/test").json()
        delivery = until(
            lambda: (one := desk.get(f"{address}/deliveries/{sent['id']}").json())["attempts"] and one, most_s=30
        )
        assert delivery["attempts"][0]["status"] == 429
        due = archive.edit_webhooks.deliveries(archive.manage_keys.organisation("Desk"), made["id"], None, None, 1)[0]
        assert due.due_at - due.attempts[0].at >= timedelta(seconds=1_999)
        assert len(receiver.received) == 1


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("30", 30, 30),
        (" 5 ", 5, 5),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 1e9, 1e10),
    ],
)
def test_retry_after_is_a_number_or_a_date(header, least, most):
    assert least <= retry_after_s(header) <= most


@pytest.mark.parametrize("header", ["", "soon", "-1", "1.5.1"])
def test_what_is_no_retry_after_is_passed_over(header):
    assert retry_after_s(header) is None


def test_an_attempt_says_how_long_to_wait_beside_what_is_kept_of_it(clock):
    assert Attempt(clock(), 429, retry_after_s=3).retry_after_s == 3
