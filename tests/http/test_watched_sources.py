"""`/v1/watched-sources` and its pages: adding, changing, reading by a worker, and who may do what."""

import pytest
from builders import STAGED, client, services, signed_in
from feed_server import publishing, rss
from waiting import until

from app.domain.access.keys import Scope

CLAIM = f"The ministry said on Saturday: “{STAGED}”"


@pytest.fixture
def archive(tmp_path, clock):
    built = services(tmp_path, source_allowed_hosts="127.0.0.1")
    built.read_source.fetch._pause_s = 0
    yield built
    built.store.close()


@pytest.fixture
def publisher():
    feed = rss(("1", "A warning", CLAIM, "https://news.example.org/1"))
    with publishing(feed=(200, {"content-type": "application/rss+xml"}, feed)) as one:
        yield one


def watched(desk, publisher, **fields):
    answer = desk.post("/v1/watched-sources", json={"url": f"{publisher.url}/feed", **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_feed_is_read_by_a_worker_and_raises_a_flag(archive, publisher):
    with client(archive) as desk:
        desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-04-24"})
        source = watched(desk, publisher, name="News")
        address = f"/v1/watched-sources/{source['id']}"
        read = until(lambda: (one := desk.get(address).json())["last_read_at"] and one, most_s=60)
        assert read["found"] == {"entries": 1, "claims": read["found"]["claims"], "flagged": 1, "failed": 0}
        [entry] = desk.get(f"{address}/entries").json()["items"]
        assert (entry["url"], entry["state"], entry["flagged"]) == ("https://news.example.org/1", "checked", 1)
        document = desk.get(f"/v1/documents/{entry['document_id']}").json()
        assert document["url"] == "https://news.example.org/1"
        [flag] = desk.get("/v1/flags").json()["items"]
        assert flag["document"] == entry["document_id"]
        asked = len(publisher.paths())
        assert desk.post(f"{address}/read").status_code == 202
        until(lambda: len(publisher.paths()) > asked, most_s=60)


def test_a_source_is_changed_stopped_begun_anew_and_removed(desk, publisher, archive):
    source = watched(desk, publisher)
    address = f"/v1/watched-sources/{source['id']}"
    assert (source["name"], source["read_from"], source["interval_minutes"]) == (source["url"], "entry", 30)
    changed = desk.patch(address, json={"name": "News", "read_from": "page", "interval_minutes": 60, "language": "uk"})
    assert changed.status_code == 200
    assert {**source, **changed.json()} == changed.json()
    assert [changed.json()[name] for name in ("name", "read_from", "interval_minutes", "language")] == [
        "News", "page", 60, "uk",
    ]  # fmt: skip
    stopped = desk.patch(address, json={"active": False}).json()
    assert (stopped["active"], stopped["next_read_at"]) == (False, None)
    assert desk.post(f"{address}/read").status_code == 409
    assert desk.patch(address, json={"active": True}).json()["active"] is True
    assert desk.get("/v1/watched-sources").json()["items"] == [desk.get(address).json()]
    assert desk.delete(address).status_code == 204
    assert desk.get(address).status_code == 404
    assert desk.get("/v1/watched-sources").json()["items"] == []


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"url": "http://example.org/feed"}, "/url"),
        ({"url": "https://169.254.169.254/"}, "/url"),
        ({"url": "feed"}, "/url"),
        ({"name": ""}, "/name"),
        ({"read_from": "title"}, "/read_from"),
        ({"interval_minutes": 1}, "/interval_minutes"),
        ({"interval_minutes": 1e9}, "/interval_minutes"),
        ({"language": "no language"}, "/language"),
        ({"cookies": True}, "/cookies"),
    ],
)
def test_what_is_wrong_with_a_source_is_said(desk, publisher, archive, fields, pointer):
    made = watched(desk, publisher)
    for answer in (
        desk.post("/v1/watched-sources", json={"url": f"{publisher.url}/feed", **fields}),
        desk.patch(f"/v1/watched-sources/{made['id']}", json=fields),
    ):
        assert answer.status_code == 422, answer.text
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("name", ["url", "name", "read_from", "interval_minutes", "active"])
def test_what_a_source_needs_cannot_be_taken_away(desk, publisher, archive, name):
    made = watched(desk, publisher)
    assert desk.patch(f"/v1/watched-sources/{made['id']}", json={name: None}).status_code == 422


def test_readers_see_sources_and_admins_change_them(archive, desk, publisher):
    address = f"/v1/watched-sources/{watched(desk, publisher)['id']}"
    reader = client(archive, Scope.READ, Scope.WRITE, Scope.CHECK, Scope.REVIEW)
    for path in ("/v1/watched-sources", address, f"{address}/entries"):
        assert reader.get(path).status_code == 200
    assert reader.post("/v1/watched-sources", json={"url": publisher.url}).status_code == 403
    assert reader.patch(address, json={"active": False}).status_code == 403
    assert reader.delete(address).status_code == 403
    assert reader.post(f"{address}/read").status_code == 403
    other = client(archive, organisation="Other")
    for method, path in (("get", ""), ("get", "/entries"), ("delete", ""), ("post", "/read")):
        assert other.request(method, address + path).status_code == 404


def test_admins_watch_a_feed_from_the_page_and_see_what_was_found(archive, publisher):
    admin = signed_in(archive, "admin")
    assert "No source is watched yet." in admin.get("/watched-sources").text
    refused = admin.post("/watched-sources", {"url": "https://10.0.0.1/", "name": "", "read_from": "entry"})
    assert refused.status_code == 422
    assert "internal or reserved" in refused.text
    form = {"url": f"{publisher.url}/feed", "name": "<b>News</b>", "read_from": "entry", "interval_minutes": "60"}
    made = admin.post("/watched-sources", form)
    assert made.status_code == 303, made.text
    address = made.headers["location"]
    archive.read_source(address.rpartition("/")[2])
    page = admin.get(address).text
    assert "&lt;b&gt;News&lt;/b&gt;" in page
    assert "https://news.example.org/1" in page
    assert "one entry" in page
    assert "/documents/" in page
    publisher.answers["/feed"] = (404, {}, b"")
    archive.edit_sources.read_now(admin.user.organisation, address.rpartition("/")[2])
    archive.read_source(address.rpartition("/")[2])
    assert "answered with status 404" in admin.get(address).text
    assert "answered with status 404" in admin.get("/watched-sources").text
    for action in ("stop", "read", "remove"):
        assert admin.post(f"{address}/{action}", {}).status_code == 303
    assert admin.get(address).status_code == 404
