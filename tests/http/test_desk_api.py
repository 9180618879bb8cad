"""Notes, assignments, views and decisions about many flags, over HTTP; and how much each page of the desk asks for."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE, client, signed_in
from sqlalchemy import event


@pytest.fixture
def script(desk):
    """A narrative."""
    return desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()


@pytest.fixture
def flagged(record, check, script):
    """Makes flags; their ids."""
    record(STAGED_ELSEWHERE, "2021-04-24", narratives=[script["id"]], speaker="Karpov")

    def make(number, first=0):
        made = [check(f"{STAGED} Number {at}.", speaker="Karpov")["id"] for at in range(first, first + number)]
        assert len(set(made)) == number
        return made

    return make


def test_notes_are_written_and_read(archive, desk, flagged):
    [one] = flagged(1)
    made = desk.post(f"/v1/flags/{one}/notes", json={"text": " Ask the ministry. "})
    assert (made.status_code, made.json()["text"]) == (201, "Ask the ministry.")
    me = desk.get("/v1/me").json()["key"]
    assert desk.get(f"/v1/flags/{one}/notes").json() == {"items": [made.json()], "next_cursor": None}
    assert made.json()["by"] == {"id": me["id"], "name": me["name"]}
    assert desk.post(f"/v1/flags/{one}/notes", json={"text": "  "}).status_code == 422
    assert client(archive, organisation="Elsewhere").get(f"/v1/flags/{one}/notes").status_code == 404


def test_notes_and_revisions_come_in_pages(desk, flagged, record):
    [one] = flagged(1)
    for number in range(3):
        assert desk.post(f"/v1/flags/{one}/notes", json={"text": f"Note {number}."}).status_code == 201
    statement = record(STAGED, "2021-05-23", speaker="Speaker 0")
    for number in range(1, 3):
        sent = desk.patch(f"/v1/statements/{statement['id']}", json={"speaker": f"Speaker {number}"})
        assert sent.status_code == 200
    for path in (f"/v1/flags/{one}/notes", f"/v1/statements/{statement['id']}/revisions"):
        whole = desk.get(path).json()
        first = desk.get(path, params={"limit": 2}).json()
        second = desk.get(path, params={"limit": 2, "cursor": first["next_cursor"]}).json()
        assert len(whole["items"]) == 3
        assert (first["items"] + second["items"], second["next_cursor"]) == (whole["items"], None)
    newest = desk.get(path, params={"limit": 1}).json()
    desk.patch(f"/v1/statements/{statement['id']}", json={"speaker": "Speaker 3"})
    after = desk.get(path, params={"limit": 1, "cursor": newest["next_cursor"]}).json()
    assert after["items"] == [whole["items"][1]], "a change in between moves nothing to another page"


def test_a_flag_is_assigned_and_listed_as_such(desk, flagged):
    one, two = flagged(2)
    me = desk.get("/v1/me").json()["key"]
    done = desk.put(f"/v1/flags/{one}/assignment", json={"to": "me"})
    assert done.json() == {"assigned_to": {"id": me["id"], "name": me["name"]}}
    assert desk.get(f"/v1/flags/{one}").json()["assigned_to"] == done.json()["assigned_to"]
    for assigned, found in (("me", [one]), (me["id"], [one]), ("nobody", [two])):
        listed = desk.get("/v1/flags", params={"assigned": assigned}).json()["items"]
        assert [flag["id"] for flag in listed] == found
    assert desk.put(f"/v1/flags/{one}/assignment", json={"to": None}).json() == {"assigned_to": None}
    refused = desk.put(f"/v1/flags/{one}/assignment", json={"to": "somebody"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/to")


def test_a_view_is_kept_and_removed(desk):
    body = {"name": "German", "query": "?language=de&sort=score"}
    made = desk.post("/v1/flag-views", json=body)
    assert (made.status_code, made.json()["query"], made.json()["private"]) == (201, "language=de&sort=score", False)
    assert desk.post("/v1/flag-views", json={**body, "query": "language=de"}).status_code == 200
    [kept] = desk.get("/v1/flag-views").json()["items"]
    assert (kept["id"], kept["query"]) == (made.json()["id"], "language=de")
    assert desk.delete(f"/v1/flag-views/{kept['id']}").status_code == 204
    assert desk.delete(f"/v1/flag-views/{kept['id']}").status_code == 404


def test_many_flags_are_decided_about_at_once_and_what_is_refused_says_why(desk, flagged):
    one, two, three = flagged(3)
    desk.post(f"/v1/flags/{three}/reviews", json={"verdict": "dismissed"})
    flags = [{"id": one, "expected_version": 1}, {"id": two}, {"id": three, "expected_version": 1}]
    made = desk.post("/v1/bulk-reviews", json={"flags": flags, "verdict": "dismissed", "reason": "An exercise."})
    assert made.status_code == 201
    assert [(done["flag"]["id"], done["flag"]["state"]) for done in made.json()["done"]] == [
        (one, "dismissed"), (two, "dismissed"),
    ]  # fmt: skip
    [refused] = made.json()["refused"]
    assert (refused["flag_id"], refused["problem"]["type"]) == (three, "/problems/changed-meanwhile")
    assert desk.delete(f"/v1/bulk-reviews/{made.json()['id']}").status_code == 204
    assert desk.get("/v1/flags").json()["counts"] == {"open": 2, "confirmed": 0, "dismissed": 1}
    assert desk.delete("/v1/bulk-reviews/nothing").status_code == 404
    contradiction = desk.post("/v1/bulk-reviews", json={"flags": flags, "verdict": "dismissed", "archive": True})
    assert contradiction.status_code == 422


PAGES = [
    "/", "/?state=any&sort=score", "/?sort=recurrence&speaker=karpov", "/?q=chemical&language=en",
    "/?narrative=Staged+attacks&tier=same_script", "/?assigned=nobody&said_from=2021", "/flags/{}",
    "/flags/{}?speaker=Karpov&sort=score", "/flags/{}/history", "/flags/{}/link",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_for_as_much_with_thirty_flags_as_with_three(archive, desk, flagged, address):
    browser = signed_in(archive)
    first = flagged(3)
    for one in first[:2]:  # what is there is asked for, once for all
        desk.post(f"/v1/flags/{one}/notes", json={"text": "A note."})

    def queries():
        asked = []
        browser.get("/account")  # the session's use is noted once a minute

        @event.listens_for(archive.store.engine, "before_cursor_execute")
        def note(connection, cursor, statement, parameters, context, many):
            asked.append(statement)

        answer = browser.get(address.format(first[0]))
        event.remove(archive.store.engine, "before_cursor_execute", note)
        assert answer.status_code == 200, answer.text
        # Who calls is looked up before the page's own work, and is known for a moment then.
        return [one for one in asked if not one.startswith(("PRAGMA", "BEGIN")) and "sessions.token_hash" not in one]

    few = queries()
    flagged(27, first=3)
    assert len(queries()) == len(few), few
