"""Messages of saved views: alerts and digests that reach a real receiver, once, and end with what they hang on."""

import json
from datetime import UTC, datetime

import pytest
from builders import STAGED, account, client, services, signed_in
from receiver import receiving

from app.domain.checks.scoring import Tier
from app.domain.desk.view_messages import MessageKind, Schedule
from app.domain.webhooks.webhooks import VIEW_ALERT, VIEW_DIGEST, WebhookFormat
from app.schemas.flag_query import FlagQuery
from app.web.webhook_document import EVENTS

ALERT, DAILY = Schedule(MessageKind.ALERT), Schedule(MessageKind.DAILY, 8, 0, "Europe/Kyiv")


@pytest.fixture
def archive(tmp_path, clock):
    allowed = {"webhook_allowed_hosts": "127.0.0.1", "public_url": "https://refrain.example.org"}
    built = services(tmp_path, clock=clock, **allowed)
    yield built
    built.store.close()


@pytest.fixture
def desk(archive):
    """A caller of a service whose worker runs."""
    with client(archive) as one:
        yield one


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


@pytest.fixture
def analyst(archive):
    return account(archive)


@pytest.fixture
def set_up(archive, analyst, receiver):
    """Has a view of this query send messages to the receiver."""

    def made(query="", schedule=ALERT, format_=WebhookFormat.CLOUDEVENTS, **options):
        organisation, by = analyst.organisation, analyst.actor
        webhook, _ = archive.edit_webhooks.add(organisation, receiver.url, [], "The chat", format_)
        view, _ = archive.save_flag_views.save(organisation, by, "Karpov's", query, private=False)
        archive.view_messages.add(organisation, by, view.id, webhook.id, schedule, **options)
        return view, webhook

    return made


@pytest.fixture
def flagged(archive, clock, desk):
    """Flags a statement of this speaker, a minute later."""
    desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-04-24"})

    def made(speaker="Karpov"):
        clock.advance(minutes=1)
        check = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23", "speaker": speaker}).json()
        assert check["flagged"]
        return check["id"]

    return made


def test_each_new_flag_of_a_view_is_alerted_once(archive, clock, receiver, flagged, set_up):
    before = flagged()
    view, _ = set_up("speaker=Karpov")
    first, _, second = flagged(), flagged("Orlov"), flagged()
    for _ in range(3):
        archive.view_messages()
        clock.advance(minutes=1)
    third = flagged()
    archive.view_messages()
    received = receiver.wait_for(3)
    assert [one.event["subject"] for one in received] == [first, second, third]
    assert before not in str([one.body for one in received])
    event = received[0].event
    assert event["type"] == VIEW_ALERT
    assert (event["data"]["view_id"], event["data"]["view_name"]) == (view.id, "Karpov's")
    assert event["data"]["speaker"] == "Karpov"
    model = next(one for one in EVENTS if one.model_fields["type"].default == VIEW_ALERT)
    model.model_validate_json(received[0].body)


def test_a_digest_comes_at_its_hour_with_what_is_new(archive, clock, receiver, flagged, set_up):
    set_up("speaker=Karpov", DAILY)
    first = flagged()
    flagged("Orlov")
    archive.view_messages()
    clock.moment = datetime(2021, 5, 24, 5, 0, 1, tzinfo=UTC)
    archive.view_messages()
    archive.view_messages()
    [received] = receiver.wait_for(1)
    assert received.event["type"] == VIEW_DIGEST
    data = received.event["data"]
    assert (data["count"], [flag["check_id"] for flag in data["flags"]]) == (1, [first])
    model = next(one for one in EVENTS if one.model_fields["type"].default == VIEW_DIGEST)
    model.model_validate_json(received.body)
    second = flagged()
    clock.moment = datetime(2021, 5, 25, 5, 0, 1, tzinfo=UTC)
    archive.view_messages()
    assert [flag["check_id"] for flag in receiver.wait_for(2)[1].event["data"]["flags"]] == [second]


def test_an_empty_digest_is_sent_only_where_it_is_wanted(archive, clock, receiver, desk, set_up):
    set_up("speaker=Nobody", DAILY)
    clock.moment = datetime(2021, 5, 24, 6, tzinfo=UTC)
    archive.view_messages()
    set_up("speaker=None", Schedule(MessageKind.DAILY), send_empty=True)
    clock.moment = datetime(2021, 5, 25, 9, tzinfo=UTC)
    archive.view_messages()
    [received] = receiver.wait_for(1)
    assert received.event["data"]["count"] == 0


@pytest.mark.parametrize("format_", [WebhookFormat.SLACK, WebhookFormat.TEAMS, WebhookFormat.MATTERMOST])
def test_a_chat_gets_a_message_with_a_link_to_the_list(archive, clock, receiver, flagged, set_up, format_):
    set_up("speaker=Karpov", DAILY, format_)
    flagged()
    clock.moment = datetime(2021, 5, 24, 6, tzinfo=UTC)
    archive.view_messages()
    [received] = receiver.wait_for(1)
    body = json.dumps(json.loads(received.body), ensure_ascii=False)
    assert "One new flag in" in body
    assert "Karpov" in body
    assert "https://refrain.example.org/?speaker=Karpov" in body


def test_messages_end_with_the_view_the_webhook_and_the_account(archive, clock, receiver, flagged, set_up, analyst):
    view, _ = set_up()
    archive.save_flag_views.remove(analyst.organisation, analyst.actor, view.id)
    _, webhook = set_up("state=any")
    archive.edit_webhooks.remove(analyst.organisation, webhook.id)
    set_up("state=any&sort=score")
    admin = account(archive, "admin")
    archive.manage_accounts.disable(analyst.id, by=admin)
    flagged()
    archive.view_messages()
    with archive.store.reading() as tx:
        assert tx.view_messages.count(analyst.organisation) == 0
    assert not receiver.received


def test_what_came_while_a_webhook_was_paused_is_not_sent_later(archive, clock, receiver, flagged, set_up, analyst):
    _, webhook = set_up()
    archive.edit_webhooks.change(analyst.organisation, webhook.id, {"active": False})
    flagged()
    archive.view_messages()
    archive.edit_webhooks.change(analyst.organisation, webhook.id, {"active": True})
    after = flagged()
    archive.view_messages()
    assert [one.event["subject"] for one in receiver.wait_for(1)] == [after]


def test_a_failure_is_seen_on_the_webhook(archive, receiver, flagged, set_up, analyst):
    receiver.then = 500
    _, webhook = set_up()
    flagged()
    archive.view_messages()
    receiver.wait_for(1)
    page = signed_in(archive, "admin").get(f"/webhooks/{webhook.id}").text
    assert VIEW_ALERT in page


@pytest.mark.parametrize(
    ("moment", "schedule", "following"),
    [
        ("2021-05-24T04:59:00+00:00", DAILY, "2021-05-24T05:00:00+00:00"),
        ("2021-05-24T05:00:00+00:00", DAILY, "2021-05-25T05:00:00+00:00"),
        ("2021-10-30T12:00:00+00:00", DAILY, "2021-10-31T06:00:00+00:00"),
        ("2021-05-24T12:00:00+00:00", Schedule(MessageKind.WEEKLY, 8, 0), "2021-05-31T08:00:00+00:00"),
        ("2021-05-24T12:00:00+00:00", Schedule(MessageKind.WEEKLY, 8, 4), "2021-05-28T08:00:00+00:00"),
    ],
)
def test_the_hour_is_that_of_the_time_zone(moment, schedule, following):
    assert schedule.next_after(datetime.fromisoformat(moment)) == datetime.fromisoformat(following)
    assert ALERT.next_after(datetime.fromisoformat(moment)) is None


def test_what_a_view_says_that_cannot_be_read_filters_nothing(archive):
    query = "state=never&tier=near_verbatim&sort=x&match=1&said_from=24.05.2021&said_to=never&language=xxx&assigned=me"
    filters = FlagQuery.of_view(query).read(archive.languages, "me-id").filters
    assert (filters.state, filters.tier, filters.assigned) == ("open", Tier.NEAR_VERBATIM, "me-id")
    assert (filters.said_from.text, filters.said_to, filters.language) == ("2021-05-24", None, None)


def test_programs_set_messages_up_that_come(archive, receiver, desk, flagged):
    view = desk.post("/v1/flag-views", json={"name": "Karpov's", "query": "speaker=Karpov"}).json()
    hook = {"url": receiver.url, "events": ["job.finished"], "description": "The chat"}
    webhook = desk.post("/v1/webhooks", json=hook).json()
    path = f"/v1/flag-views/{view['id']}/messages"
    first = desk.post(path, json={"webhook": webhook["id"], "kind": "alert"})
    assert (first.status_code, first.json()["hour"], first.json()["next_at"]) == (201, None, None)
    assert first.json()["webhook"] == {"id": webhook["id"], "name": "The chat"}
    again = desk.post(path, json={"webhook": webhook["id"], "kind": "alert"})
    assert (again.status_code, again.json()) == (200, first.json())
    weekly = {"webhook": webhook["id"], "kind": "weekly", "hour": 8, "weekday": 4, "time_zone": "Europe/Kyiv"}
    digest = desk.post(path, json=weekly).json()
    assert (digest["weekday"], digest["next_at"]) == (4, "2021-05-28T05:00:00Z")
    assert desk.get(path).json()["items"] == [first.json(), digest]
    for wrong in ({"hour": 24}, {"weekday": -1}, {"time_zone": "Nowhere"}, {"kind": "x"}, {"webhook": "x"}):
        refused = desk.post(path, json={**weekly, **wrong})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, f"/{next(iter(wrong))}")
    check = flagged()
    archive.view_messages()
    assert [one.event["subject"] for one in receiver.wait_for(1)] == [check]
    for path_of_other in (f"/v1/flag-views/other/messages/{digest['id']}", f"{path}/other"):
        assert desk.delete(path_of_other).status_code == 404
    assert desk.delete(f"{path}/{digest['id']}").status_code == 204
    assert [one["id"] for one in desk.get(path).json()["items"]] == [first.json()["id"]]


def test_messages_that_a_key_set_up_end_with_it(archive, receiver, desk, flagged):
    view = desk.post("/v1/flag-views", json={"name": "Karpov's", "query": ""}).json()
    webhook = desk.post("/v1/webhooks", json={"url": receiver.url, "events": ["job.finished"]}).json()
    path = f"/v1/flag-views/{view['id']}/messages"
    setter = client(archive, "review")
    assert setter.post(path, json={"webhook": webhook["id"], "kind": "alert"}).status_code == 201
    archive.manage_keys.revoke(setter.get("/v1/me").json()["key"]["id"])
    flagged()
    archive.view_messages()
    assert desk.get(path).json()["items"] == []
    assert not receiver.received


def test_a_view_that_others_do_not_see_has_no_messages_for_them(archive, receiver, desk):
    private = desk.post("/v1/flag-views", json={"name": "Mine", "query": "", "private": True}).json()
    shared = desk.post("/v1/flag-views", json={"name": "Ours", "query": ""}).json()
    webhook = desk.post("/v1/webhooks", json={"url": receiver.url, "events": ["job.finished"]}).json()
    body = {"webhook": webhook["id"], "kind": "alert"}
    message = desk.post(f"/v1/flag-views/{private['id']}/messages", json=body).json()
    colleague, stranger = client(archive), client(archive, organisation="Others")
    for caller, view in ((colleague, private), (stranger, private), (stranger, shared)):
        path = f"/v1/flag-views/{view['id']}/messages"
        assert caller.get(path).status_code == 404
        assert caller.post(path, json=body).status_code == 404
        assert caller.delete(f"{path}/{message['id']}").status_code == 404


def test_analysts_set_messages_up_on_a_page(archive, receiver):
    browser, admin = signed_in(archive), signed_in(archive, "admin")
    browser.post("/flag-views?speaker=Karpov", {"name": "Ours", "private": "true"})
    view = archive.save_flag_views.of(browser.user.organisation, browser.user.actor)[0]
    page = f"/flag-views/{view.id}/messages"
    assert page in browser.get("/").text
    assert "There is no webhook yet" in browser.get(page).text
    webhook, _ = archive.edit_webhooks.add(browser.user.organisation, receiver.url, [], "<b>The chat</b>")
    typed = {"webhook": webhook.id, "kind": "weekly", "hour": "8", "weekday": "1", "time_zone": "Europe/Kyiv"}
    for wrong in ({"hour": "24"}, {"weekday": "9"}, {"time_zone": "Nowhere"}, {"kind": "x"}, {"webhook": "x"}):
        answer = browser.post(page, {**typed, **wrong})
        assert answer.status_code == 422
        assert f'id="{next(iter(wrong))}-error"' in answer.text
    assert browser.post(page, typed).status_code == 303
    shown = browser.get(page).text
    assert "on Tuesdays at 8:00 (Europe/Kyiv)" in shown
    assert "<b>The chat" not in shown
    assert receiver.url not in shown
    assert admin.get(page).status_code == 404
    end = next(part for part in shown.split('"') if part.endswith("/end"))
    assert admin.post(end).status_code == 404
    assert browser.post(end).status_code == 303
    assert "sends no messages yet" in browser.get(page).text
    assert signed_in(archive, "reader").get(page).status_code == 403
