"""`/v1/webhooks`: subscribing, secrets that are shown once, the delivery log, and events as OpenAPI describes them."""

import json

import pytest
from builders import GRAIN, STAGED, client, services
from receiver import receiving
from standardwebhooks import Webhook as Verifier
from waiting import until

from app.domain.access.keys import Scope
from app.domain.webhooks.webhooks import TEST_EVENT, VIEW_ALERT, VIEW_DIGEST, EventType
from app.services.webhooks import events
from app.web.webhook_document import EVENTS

HOOK = {"url": "http://127.0.0.1:9/hook", "events": ["flag.created"]}


@pytest.fixture
def archive(tmp_path, clock):
    built = services(tmp_path, webhook_allowed_hosts="127.0.0.1, hooks.example.org")
    yield built
    built.store.close()


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


def hook(desk, **fields):
    answer = desk.post("/v1/webhooks", json={**HOOK, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_webhook_shows_its_secret_once(desk):
    answer = desk.post("/v1/webhooks", json={**HOOK, "description": "For the desk."})
    made = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert made["secret"].startswith("whsec_")
    address = f"/v1/webhooks/{made['id']}"
    shown = desk.get(address).json()
    assert shown == {name: value for name, value in made.items() if name != "secret"}
    assert (shown["active"], shown["disabled_reason"], shown["failures"]) == (True, None, 0)
    assert desk.get("/v1/webhooks").json()["items"] == [shown]
    turned = desk.post(f"{address}/rotate")
    assert turned.headers["cache-control"] == "no-store"
    assert turned.json()["secret"].startswith("whsec_")
    assert turned.json()["secret"] != made["secret"]
    assert turned.json()["previous_until"]
    everything = desk.get(address).text + desk.get("/v1/webhooks").text + desk.get(f"{address}/deliveries").text
    assert "whsec_" not in everything


def test_a_webhook_is_limited_to_narratives(archive, desk):
    known = desk.post("/v1/narratives", json={"title": "Grain"}).json()
    hidden = (
        client(archive, organisation="Others").post("/v1/narratives", json={"title": "Own", "private": True}).json()
    )
    made = hook(desk, events=["narrative.updated", "job.finished"], narratives=["Grain", known["id"]])
    assert made["narratives"] == [{"id": known["id"], "title": "Grain"}]
    for wrong in (hidden["id"], "No such thing"):
        answer = desk.patch(f"/v1/webhooks/{made['id']}", json={"narratives": ["Grain", wrong]})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/narratives/1")
    assert desk.patch(f"/v1/webhooks/{made['id']}", json={"narratives": ["x"] * 51}).status_code == 422
    assert desk.patch(f"/v1/webhooks/{made['id']}", json={"narratives": None}).status_code == 422

    child = desk.post("/v1/narratives", json={"title": "Below", "parent": "Grain"}).json()
    other = desk.post("/v1/narratives", json={"title": "Other"}).json()
    for one in (known, child, other):
        assert desk.patch(f"/v1/narratives/{one['id']}", json={"description": "Changed."}).status_code == 200
    deliveries = f"/v1/webhooks/{made['id']}/deliveries"
    assert [one["subject"] for one in desk.get(deliveries).json()["items"]] == [child["id"], known["id"]]

    archive.reorganise_narratives.merge(known["id"], other["id"])
    assert desk.get(f"/v1/webhooks/{made['id']}").json()["narratives"] == [{"id": other["id"], "title": "Other"}]
    assert desk.get(deliveries).json()["items"][0]["subject"] == other["id"]
    everything = desk.patch(f"/v1/webhooks/{made['id']}", json={"narratives": []}).json()
    assert everything["narratives"] == []


def test_a_webhook_is_changed_and_deleted(desk):
    address = f"/v1/webhooks/{hook(desk)['id']}"
    changed = desk.patch(address, json={"events": ["job.finished", "job.finished"], "description": "New."}).json()
    assert (changed["events"], changed["description"], changed["url"]) == (["job.finished"], "New.", HOOK["url"])
    stopped = desk.patch(address, json={"active": False}).json()
    assert (stopped["active"], stopped["disabled_reason"]) == (False, "by its organisation")
    assert desk.post(f"{address}/test").status_code == 409
    assert desk.patch(address, json={"active": True}).json()["active"] is True
    assert desk.patch(address, json={"description": None}).json()["description"] is None
    assert desk.delete(address).status_code == 204
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"url": "http://example.org/"}, "/url"),
        ({"url": "https://127.0.0.2/"}, "/url"),
        ({"url": "https://169.254.169.254/latest/meta-data"}, "/url"),
        ({"url": "https://2130706433/"}, "/url"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, "/url"),
        ({"url": "https://localhost/"}, "/url"),
        ({"url": "https://no-such-host.invalid/"}, "/url"),
        ({"url": "https://example.org:22/"}, "/url"),
        ({"url": "ftp://127.0.0.1/"}, "/url"),
        ({"url": 5}, "/url"),
        ({"events": []}, "/events"),
        ({"events": ["flag.deleted"]}, "/events/0"),
        ({"events": "flag.created"}, "/events"),
        ({"secret": "whsec_mine"}, "/secret"),
        ({"description": ""}, "/description"),
    ],
)
def test_what_is_wrong_with_a_webhook_is_said(desk, fields, pointer):
    made = hook(desk)
    for answer in (
        desk.post("/v1/webhooks", json={**HOOK, **fields}),
        desk.patch(f"/v1/webhooks/{made['id']}", json=fields),
    ):
        assert answer.status_code == 422, answer.text
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("name", ["url", "events", "active"])
def test_what_a_webhook_needs_cannot_be_taken_away(desk, name):
    answer = desk.patch(f"/v1/webhooks/{hook(desk)['id']}", json={name: None})
    assert answer.status_code == 422


def test_webhooks_need_the_scope_admin(archive):
    caller = client(archive, Scope.CHECK, Scope.READ, Scope.WRITE, Scope.REVIEW)
    assert caller.get("/v1/webhooks").status_code == 403
    assert caller.post("/v1/webhooks", json=HOOK).status_code == 403


def test_another_organisations_webhooks_are_not_there(archive, desk):
    other = client(archive, organisation="Other")
    address = f"/v1/webhooks/{hook(desk)['id']}"
    delivery = desk.post(f"{address}/test").json()["id"]
    assert other.get("/v1/webhooks").json()["items"] == []
    for method, path in (
        ("get", ""), ("patch", ""), ("delete", ""), ("post", "/rotate"), ("post", "/test"), ("get", "/deliveries"),
        ("get", f"/deliveries/{delivery}"), ("post", f"/deliveries/{delivery}/resend"),
    ):  # fmt: skip
        body = {"json": {"active": False}} if method == "patch" else {}
        assert other.request(method, address + path, **body).status_code == 404, (method, path)
    assert desk.get(address).json()["active"] is True


def test_a_trial_delivery_arrives_and_is_logged_and_can_be_sent_again(archive, receiver):
    with client(archive) as desk:
        made = hook(desk, url=receiver.url)
        address = f"/v1/webhooks/{made['id']}"
        answer = desk.post(f"{address}/test")
        assert answer.status_code == 202
        [received] = receiver.wait_for(1)
        event = Verifier(made["secret"]).verify(received.body, received.headers)
        assert (event["type"], event["data"]) == (TEST_EVENT, {"webhook_id": made["id"]})
        logged = until_delivered(desk, f"{address}/deliveries/{answer.json()['id']}")
        assert (logged["event_id"], logged["event_type"]) == (event["id"], TEST_EVENT)
        assert [one["status"] for one in logged["attempts"]] == [204]
        assert desk.post(f"{address}/deliveries/{logged['id']}/resend").status_code == 202
        again = receiver.wait_for(2)[1]
        assert (again.id, again.body) == (received.id, received.body)
        until_delivered(desk, f"{address}/deliveries/{logged['id']}")
        assert len(desk.get(f"{address}/deliveries", params={"state": "delivered"}).json()["items"]) == 1
        assert desk.get(f"{address}/deliveries", params={"state": "pending"}).json()["items"] == []
        assert desk.get(f"{address}/deliveries", params={"state": "lost"}).status_code == 422
        assert desk.get(f"{address}/deliveries/nothing").status_code == 404


def test_a_flag_a_narrative_and_an_import_reach_a_receiver_that_subscribed(archive, receiver):
    with client(archive) as desk:
        made = hook(desk, url=receiver.url, events=["flag.created", "narrative.created", "job.finished"])
        desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01"})
        check = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()
        assert check["flagged"]
        narrative = desk.post("/v1/narratives", json={"title": "A script"}).json()
        job = desk.post("/v1/imports", content=json.dumps({"text": GRAIN})).json()
        events = {one.event["type"]: one for one in receiver.wait_for(3)}
        for one in events.values():
            Verifier(made["secret"]).verify(one.body, one.headers)
        assert events["flag.created"].event["subject"] == check["id"]
        assert events["narrative.created"].event["subject"] == narrative["id"]
        assert events["job.finished"].event["subject"] == job["id"]


def test_reviews_their_undoing_and_new_narratives_emit_events(archive, receiver):
    with client(archive) as desk:
        hook(desk, url=receiver.url, events=["review.created", "review.undone", "narrative.created"])
        desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01"})
        check = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()
        match = check["matches"][0]["id"]
        address = f"/v1/flags/{check['id']}/reviews"
        decision = {"match_id": match, "verdict": "confirmed", "reason": "The same.", "archive": True}
        made = desk.post(address, json={**decision, "narrative": "A new script"}).json()
        for _ in range(2):
            assert desk.delete(f"{address}/{made['id']}").status_code == 204
        events = {one.event["type"]: one.event for one in receiver.wait_for(3)}
        said = {"check_id": check["id"], "match_id": match, "verdict": "confirmed", "reason": "The same."}
        for kind in ("review.created", "review.undone"):
            assert (events[kind]["subject"], events[kind]["data"]) == (check["id"], said)
        assert events["narrative.created"]["data"]["title"] == "A new script"
        assert len(receiver.received) == 3


def until_delivered(desk, address):
    return until(lambda: (logged := desk.get(address).json())["state"] == "delivered" and logged)


def test_the_document_describes_every_event_with_an_example_that_fits(desk):
    document = desk.get("/openapi.json").json()
    assert set(document["webhooks"]) == {*EventType, TEST_EVENT, VIEW_ALERT, VIEW_DIGEST}
    for kind, item in document["webhooks"].items():
        operation = item["post"]
        content = operation["requestBody"]["content"]["application/cloudevents+json"]
        assert content["example"]["type"] == kind
        event = next(one for one in EVENTS if one.model_fields["type"].default == kind)
        assert content["schema"] == {"$ref": f"#/components/schemas/{event.__name__}"}
        assert set(document["components"]["schemas"][event.__name__]["properties"]) == set(content["example"])
        event.model_validate(content["example"])
        assert operation["operationId"]
        assert operation["description"]
        assert {one["name"] for one in operation["parameters"]} == {
            "webhook-id", "webhook-timestamp", "webhook-signature",
        }  # fmt: skip


def test_events_have_the_fields_that_the_document_says(archive, receiver):
    schemas = {event.model_fields["type"].default: event for event in EVENTS}
    with client(archive) as desk:
        hook(desk, url=receiver.url, events=list(EventType))
        desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01"})
        desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23", "speaker": "Somebody"})
        desk.post("/v1/narratives", json={"title": "A script"})
        desk.post("/v1/narratives", json={"title": "A script", "description": "Changed."})
        desk.post("/v1/imports", content=json.dumps({"text": GRAIN}))
        for one in receiver.wait_for(4):
            kind = one.event["type"]
            said = schemas[kind].model_validate(one.event)
            assert set(one.event) == set(schemas[kind].model_fields), kind
            assert set(one.event["data"]) == set(type(said.data).model_fields), kind
    review = events.review_data("1", None, "confirmed", None)
    assert set(review) == set(schemas["review.created"].model_fields["data"].annotation.model_fields)
