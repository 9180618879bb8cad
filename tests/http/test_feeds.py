"""Feeds by an address with a token: what a feed reader sees, and what nobody else does."""

import logging
import re
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client, signed_in
from starlette.testclient import TestClient

from app.domain.access.keys import Scope
from app.main import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader(archive):
    """A feed reader: it has addresses, and neither a key nor a session."""
    return TestClient(create_app(archive))


@pytest.fixture
def make(desk):
    """The answer to the making of a feed."""

    def of(**fields):
        answer = desk.post("/v1/feeds", json={"name": "Reader", **fields})
        assert answer.status_code == 201, answer.text
        assert answer.headers["cache-control"] == "no-store"
        return answer.json()

    return of


def items(reader, feed):
    answer = reader.get(feed["json_url"])
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_new_flags_are_entries_whose_ids_stay(reader, desk, make, record, check):
    record(STAGED, "2021-01-01")
    feed = make()
    assert (feed["kind"], feed["narrative"], items(reader, feed)) == ("flags", None, [])
    first = check(STAGED, speaker="Karpov")
    [entry] = items(reader, feed)
    assert (entry["id"], entry["url"]) == (f"urn:uuid:{first['id']}", f"http://testserver/flags/{first['id']}")
    assert (entry["content_text"], entry["authors"]) == (STAGED, [{"name": "Karpov"}])
    second = check(STAGED_ELSEWHERE)
    assert [one["id"] for one in items(reader, feed)] == [f"urn:uuid:{one['id']}" for one in (second, first)]
    tree = ET.fromstring(reader.get(feed["atom_url"]).content)
    assert [one.text for one in tree.iter(f"{ATOM}id")][1:] == [one["id"] for one in items(reader, feed)]


def test_a_followed_narrative_has_its_statements_and_those_below_it(reader, desk, make, record, check):
    desk.post("/v1/narratives", json={"title": "Provocations"})
    desk.post("/v1/narratives", json={"title": "Staged gas", "parent": "Provocations"})
    record(GRAIN, "2021-01-01")
    feed = make(narrative="Provocations")
    assert (feed["kind"], feed["narrative"]["title"]) == ("narrative", "Provocations")
    said = record(STAGED, "2017-01-01", narratives=["Staged gas"], source={"url": "https://outlet.example/1"})
    [entry] = items(reader, feed)
    assert (entry["id"], entry["url"], entry["summary"]) == (
        f"urn:uuid:{said['id']}", "https://outlet.example/1", "2017-01-01",
    )  # fmt: skip
    assert entry["date_published"].startswith("2021-05-23")  # when it was recorded: it is news today
    leaf = make(narrative="Staged gas")
    flag = check(STAGED)
    assert {one["id"] for one in items(reader, leaf)} == {f"urn:uuid:{one['id']}" for one in (flag, said)}


def test_a_feed_of_a_view_has_its_flags_and_ends_with_it(archive, reader, desk, make, record, check):
    view = desk.post("/v1/flag-views", json={"name": "Karpov's", "query": "speaker=Karpov&state=any"}).json()
    feed = make(view="Karpov's")
    assert (feed["kind"], feed["view"]) == ("view", {"id": view["id"], "name": "Karpov's"})
    record(STAGED, "2021-01-01")
    said = check(STAGED, speaker="Karpov")
    check(STAGED, speaker="Orlov")
    assert [entry["id"] for entry in items(reader, feed)] == [f"urn:uuid:{said['id']}"]
    assert reader.get(feed["json_url"]).json()["title"] == "Refrain: Karpov's"
    desk.post("/v1/flag-views", json={"name": "Karpov's", "query": "speaker=Nobody"})
    assert items(reader, feed) == []
    assert desk.get("/v1/feeds").json()["items"][0]["view"]["name"] == "Karpov's"
    desk.delete(f"/v1/flag-views/{view['id']}")
    assert reader.get(feed["json_url"]).status_code == 404
    assert desk.get("/v1/feeds").json()["items"] == []


def test_a_feed_is_made_of_a_view_that_the_organisation_shares(archive, desk):
    shared = desk.post("/v1/flag-views", json={"name": "Ours", "query": ""}).json()
    private = desk.post("/v1/flag-views", json={"name": "Mine", "query": "", "private": True}).json()
    stranger = client(archive, organisation="Others")
    for caller, view in ((desk, private["id"]), (desk, "Nothing"), (stranger, shared["id"])):
        refused = caller.post("/v1/feeds", json={"name": "Reader", "view": view})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/view")
    both = {"name": "Reader", "view": shared["id"], "narrative": "Provocations"}
    assert desk.post("/v1/feeds", json=both).json()["errors"][0]["pointer"] == "/view"


def test_a_reader_asks_again_at_no_cost(reader, desk, make, record, check, clock):
    record(STAGED, "2021-01-01")
    feed = make()
    check(STAGED)
    answer = reader.get(feed["json_url"])
    assert answer.headers["cache-control"].startswith("private")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-type"] == "application/feed+json"
    etag, changed = answer.headers["etag"], answer.headers["last-modified"]
    assert reader.get(feed["json_url"]).headers["etag"] == etag
    for headers in ({"If-None-Match": etag}, {"If-None-Match": f'"other", W/{etag}'}, {"If-Modified-Since": changed}):
        again = reader.get(feed["json_url"], headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    clock.advance(seconds=5)
    check(STAGED_ELSEWHERE)
    for headers in ({"If-None-Match": etag}, {"If-Modified-Since": changed}, {"If-Modified-Since": "some day"}):
        assert reader.get(feed["json_url"], headers=headers).status_code == 200


def test_only_the_token_opens_a_feed_and_only_until_it_is_revoked(archive, reader, desk, make, record, check):
    record(STAGED, "2021-01-01")
    check(STAGED)
    feed, other = make(), make()
    path = urlsplit(feed["json_url"]).path
    wrong = [
        path, f"{path}?token=", f"{path}?token=rff_{'x' * 43}", f"{path}?{urlsplit(other['json_url']).query}",
        feed["json_url"].replace(feed["id"], "nothing"), feed["json_url"] + "x",
        feed["json_url"].replace(".json", ".xml"),
    ]  # fmt: skip
    for caller in (reader, desk, signed_in(archive, "admin")):
        for address in wrong:
            answer = caller.get(address, headers={"Accept": "application/json"})
            assert answer.status_code in (404, 422), address
            assert "White Helmets" not in answer.text
    assert len(items(reader, feed)) == 1
    assert desk.delete(f"/v1/feeds/{feed['id']}").status_code == 204
    assert reader.get(feed["json_url"]).status_code == 404
    assert reader.get(feed["atom_url"]).status_code == 404
    assert len(items(reader, other)) == 1
    assert desk.delete(f"/v1/feeds/{feed['id']}").status_code == 404


def test_feeds_belong_to_their_organisation(archive, reader, desk, make, record, check):
    record(STAGED, "2021-01-01", private=True)
    desk.post("/v1/narratives", json={"title": "Ours alone", "private": True})
    feed = make()
    check(STAGED)
    stranger = client(archive, organisation="Other")
    theirs = stranger.post("/v1/feeds", json={"name": "Theirs"}).json()
    assert items(reader, theirs) == []
    assert len(items(reader, feed)) == 1
    assert [one["id"] for one in stranger.get("/v1/feeds").json()["items"]] == [theirs["id"]]
    assert stranger.delete(f"/v1/feeds/{feed['id']}").status_code == 404
    refused = stranger.post("/v1/feeds", json={"name": "Theirs", "narrative": "Ours alone"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/narrative")
    assert client(archive, Scope.READ).post("/v1/feeds", json={"name": "Reader"}).status_code == 403


def test_the_token_is_shown_once_stored_as_a_hash_and_never_logged(archive, reader, desk, make, caplog):
    caplog.set_level(logging.DEBUG)
    feed = make()
    token = urlsplit(feed["json_url"]).query.removeprefix("token=")
    assert re.fullmatch(r"rff_[\w-]{43}", token)
    assert reader.get(feed["json_url"]).status_code == 200
    wrong = reader.get(feed["json_url"] + "x")
    assert wrong.status_code == 404
    assert token not in wrong.text
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]  # that one is the reader's
    logged = "\n".join(str({**record.__dict__, "message": record.getMessage()}) for record in ours)
    assert feed["id"] in logged
    assert token not in logged
    archive.view_log.flush()
    assert token not in desk.get("/v1/audit").text
    assert token not in desk.get("/v1/feeds").text
    with archive.store.engine.connect() as connection:
        from app.store.feeds.feed_tables import feeds

        assert token not in str(connection.execute(feeds.select()).all())


def test_a_feed_that_is_read_too_often_waits_and_others_do_not(reader, make, monkeypatch):
    from app.services.feeds import read_feed

    monkeypatch.setattr(read_feed, "READS_PER_HOUR", 3)
    feed, other = make(), make()
    assert [reader.get(feed["json_url"]).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = reader.get(feed["json_url"])
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["content-type"] == "application/problem+json"
    assert reader.get(other["json_url"]).status_code == 200


def test_an_organisation_has_no_more_feeds_than_its_limit(desk, make, monkeypatch):
    from app.services.feeds import manage_feeds

    monkeypatch.setattr(manage_feeds, "MOST_FEEDS", 2)
    make()
    make()
    assert desk.post("/v1/feeds", json={"name": "One more"}).status_code == 409


def test_admins_make_and_revoke_feeds_on_a_page(archive, reader, desk, record, check):
    record(STAGED, "2021-01-01")
    check(STAGED)
    admin = signed_in(archive, "admin")
    made = admin.post("/feeds", data={"name": "Desk reader", "narrative": ""})
    assert made.status_code == 201
    assert made.headers["referrer-policy"] == "no-referrer"
    addresses = [found.replace("&amp;", "&") for found in re.findall(r"<code class=\"secret\">(.*?)</code>", made.text)]
    assert [reader.get(address).status_code for address in addresses] == [200, 200]
    page = admin.get("/feeds")
    assert "Desk reader" in page.text
    assert "token=" not in page.text
    feed_id = desk.get("/v1/feeds").json()["items"][0]["id"]
    assert admin.post(f"/feeds/{feed_id}/revoke").status_code == 303
    assert [reader.get(address).status_code for address in addresses] == [404, 404]
    view, _ = archive.save_flag_views.save(admin.user.organisation, admin.user.actor, "Ours", "q=a", private=False)
    page = admin.get(f"/feeds?view={view.id}&name=Ours").text
    assert f'<option value="{view.id}" selected>' in page
    assert f"view={view.id}" in admin.get("/").text
    assert admin.post("/feeds", data={"name": "Of ours", "narrative": "", "view": view.id}).status_code == 201
    assert '<a href="/?q=a">' in admin.get("/feeds").text
    refused = admin.post("/feeds", data={"name": "Of ours", "view": "nothing"})
    assert (refused.status_code, "view-error" in refused.text) == (422, True)
    unknown = admin.post("/feeds", data={"name": "Desk reader", "narrative": "None such"})
    assert unknown.status_code == 422
    assert "There is no narrative with this title or id." in unknown.text
    assert signed_in(archive, "analyst").get("/feeds").status_code == 403
