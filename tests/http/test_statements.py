"""`/v1/statements`, `/v1/narratives`, `/v1/findings`: what the archive holds."""

import pytest
from builders import GRAIN, STAGED, client, draft


def pages(caller, path, limit, **params):
    """All entries of a list, read page by page."""
    items, cursor, count = [], None, 0
    while cursor or not count:
        answer = caller.get(path, params={"limit": limit, **params, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200
        page = answer.json()
        assert 0 < len(page["items"]) <= limit or not items
        items += page["items"]
        cursor = page["next_cursor"]
        count += 1
    return items


def test_a_statement_is_answered_with_everything_that_was_sent(desk):
    narrative = desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()
    sent = {
        "text": STAGED, "title": "Title", "language": "en", "speaker": "Karpov", "said_at": "2021-05",
        "learned_at": "2021-05-24", "source": {"name": "Outlet", "url": "https://example.org/1",
        "archive_url": "https://archive.example.org/1"}, "narratives": ["Staged attacks"], "external_id": "d-1",
        "findings": [{"verdict": "false", "summary": "No."}],
    }  # fmt: skip
    answer = desk.post("/v1/statements", json=sent)
    assert answer.status_code == 201
    stored = answer.json()
    for name in ("text", "title", "language", "speaker", "said_at", "source", "external_id"):
        assert stored[name] == sent[name]
    assert stored["learned_at"].startswith("2021-05-24T00:00:00")
    assert stored["narratives"] == [{"id": narrative["id"], "title": "Staged attacks"}]
    assert [(one["verdict"], one["summary"]) for one in stored["findings"]] == [("false", "No.")]
    assert stored["withdrawn"] is False
    assert desk.get(f"/v1/statements/{stored['id']}").json() == stored


def test_posting_again_answers_200_and_adds_what_is_new(desk, record):
    first = record(STAGED, "2021-01-01")
    same = desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01"})
    assert (same.status_code, same.json()["sightings"].pop("count")) == (200, 2)
    assert {**same.json(), "sightings": None} == {**first, "sightings": None}
    more = desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01", "title": "Title"})
    assert (more.status_code, more.json()["id"], more.json()["title"]) == (200, first["id"], "Title")
    assert len(desk.get("/v1/statements").json()["items"]) == 1


def test_learned_at_is_now_unless_it_is_sent(record, clock):
    assert record(STAGED)["learned_at"] == clock.moment.isoformat().replace("+00:00", "Z")


def test_a_narrative_that_is_not_there_is_refused(desk):
    answer = desk.post("/v1/statements", json={"text": STAGED, "narratives": ["Nothing"]})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/narratives/0")
    assert desk.get("/v1/statements").json()["items"] == []


def test_a_change_sets_what_is_sent_and_leaves_the_rest(desk, record):
    first = record(STAGED, "2021-01-01", speaker="Karpov", title="Title")
    changed = desk.patch(f"/v1/statements/{first['id']}", json={"speaker": None, "said_at": "2021"}).json()
    assert (changed["speaker"], changed["said_at"], changed["title"]) == (None, "2021", "Title")


def test_a_changed_text_is_matched_by_its_new_words(desk, check, record):
    first = record(STAGED, "2021-01-01")
    desk.patch(f"/v1/statements/{first['id']}", json={"text": GRAIN})
    assert check(STAGED)["matches"] == []
    assert check(GRAIN)["matches"][0]["precedent"]["id"] == first["id"]


def test_title_and_text_are_both_searched(check, record):
    record("No trace of it was found anywhere.", "2021-01-01", title=STAGED)
    assert check(f"{STAGED} No trace of it was found anywhere.")["matches"]


@pytest.mark.parametrize("name", ["text", "language", "withdrawn", "narratives"])
def test_what_a_statement_needs_cannot_be_emptied(desk, record, name):
    first = record(STAGED)
    answer = desk.patch(f"/v1/statements/{first['id']}", json={name: None})
    assert answer.status_code == 422
    assert name in answer.json()["detail"]


def test_a_withdrawn_statement_stays_readable_is_not_listed_and_can_be_restored(desk, check, record):
    first = record(STAGED, "2021-01-01")
    address = f"/v1/statements/{first['id']}"
    assert desk.delete(address).status_code == 204
    assert desk.delete(address).status_code == 204
    assert desk.get(address).json()["withdrawn"] is True
    assert desk.get("/v1/statements").json()["items"] == []
    again = desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01"})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
    assert address in again.json()["detail"]
    assert check(STAGED)["matches"] == []
    assert desk.patch(address, json={"withdrawn": False}).json()["withdrawn"] is False
    assert len(check(STAGED)["matches"]) == 1
    assert desk.patch(address, json={"withdrawn": True}).json()["withdrawn"] is True
    assert check(STAGED)["matches"] == []


def test_a_change_into_another_statement_is_a_conflict(desk, record):
    record(STAGED, external_id="1")
    other = record(STAGED, external_id="2")
    answer = desk.patch(f"/v1/statements/{other['id']}", json={"external_id": "1"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize("kind", ["statements", "narratives", "findings"])
def test_what_is_not_there_is_a_404(desk, kind, method):
    if (kind, method) in (("narratives", "delete"), ("findings", "patch")):
        return
    body = {"json": {"title": "x"}} if method == "patch" else {}
    answer = getattr(desk, method)(f"/v1/{kind}/nothing", **body)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_lists_can_be_narrowed(desk, record):
    desk.post("/v1/narratives", json={"title": "Staged attacks"})
    record(STAGED, "2021-02", speaker="Karpov", narratives=["Staged attacks"], source={"name": "Outlet"})
    record(GRAIN, "2021-04-24")
    record("Белые каски готовят провокацию.", "2022", language="ru")

    def found(**params):
        answer = desk.get("/v1/statements", params=params)
        assert answer.status_code == 200, answer.text
        return [one["said_at"] for one in answer.json()["items"]]

    assert found() == ["2022", "2021-04-24", "2021-02"]
    assert found(q="БЕЛЫЕ") == found(language="ru") == found(language="RU") == ["2022"]
    assert found(speaker="karpov") == found(narrative="Staged attacks") == found(source="OUTLET") == ["2021-02"]
    assert found(said_from="2021-03", said_to="2021-12-31") == ["2021-04-24"]
    assert found(q="nothing like this") == []


def test_lists_can_be_read_to_the_end_without_loss_or_repeat(archive, desk):
    archive.record_statements([draft(f"Statement {number}.", external_id=str(number)) for number in range(45)])
    assert [int(one["external_id"]) for one in pages(desk, "/v1/statements", 7)] == list(range(44, -1, -1))
    assert len(desk.get("/v1/statements").json()["items"]) == 20
    assert len(pages(desk, "/v1/statements", 45)) == 45
    assert len(pages(desk, "/v1/statements", 100)) == 45


def test_what_comes_in_while_reading_repeats_nothing(archive, desk):
    archive.record_statements([draft(f"Statement {number}.", external_id=str(number)) for number in range(10)])
    first = desk.get("/v1/statements", params={"limit": 5}).json()
    archive.record_statements([draft("Meanwhile.", external_id="new")])
    rest = desk.get("/v1/statements", params={"limit": 5, "cursor": first["next_cursor"]}).json()
    assert [one["external_id"] for one in first["items"] + rest["items"]] == [str(n) for n in range(9, -1, -1)]
    assert rest["next_cursor"] is None


def test_every_list_has_pages(desk, record):
    for number in range(5):
        narrative = desk.post("/v1/narratives", json={"title": f"Narrative {number}"}).json()
        desk.post("/v1/findings", json={"verdict": f"verdict {number}", "narrative": narrative["id"]})
        desk.post("/v1/checks", json={"text": f"Check {number}."})
    for path, field, expected in (
        ("/v1/narratives", "title", "Narrative {}"),
        ("/v1/findings", "verdict", "verdict {}"),
        ("/v1/checks", "text", "Check {}."),
    ):
        assert [one[field] for one in pages(desk, path, 2)] == [expected.format(number) for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("path", ["/v1/statements", "/v1/narratives", "/v1/findings", "/v1/checks"])
@pytest.mark.parametrize(
    ("params", "name"),
    [({"limit": "0"}, "limit"), ({"limit": "101"}, "limit"), ({"limit": "ten"}, "limit"), ({"cursor": "!"}, "cursor"),
     ({"cursor": "bm9uZQ"}, "cursor"), ({"cursor": "LTE"}, "cursor"), ({"cursor": "x" * 101}, "cursor"),
     ({"cursor": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}, "cursor"), ({"cursor": "é"}, "cursor")],
)  # fmt: skip
def test_a_page_that_cannot_be_meant_is_refused(desk, path, params, name):
    answer = desk.get(path, params=params)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == name


@pytest.mark.parametrize(
    ("params", "name"),
    [({"said_from": "soon"}, "said_from"), ({"said_to": "2021-13"}, "said_to"), ({"q": "a\x00"}, "q"),
     ({"q": "x" * 501}, "q"), ({"speaker": "\x00"}, "speaker"), ({"narrative": "\x00"}, "narrative"),
     ({"source": "\x00"}, "source"), ({"language": "\x00"}, "language"), ({"language": "klingon"}, "language")],
)  # fmt: skip
def test_a_filter_that_cannot_be_meant_is_refused(desk, params, name):
    answer = desk.get("/v1/statements", params=params)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == name


def test_a_narrative_has_a_broader_one_and_counts_its_statements(desk, record):
    broad = desk.post("/v1/narratives", json={"title": "Broad", "external_id": "N1"})
    assert broad.status_code == 201
    narrow = desk.post("/v1/narratives", json={"title": "Narrow", "parent": "N1", "description": "In few words."})
    assert narrow.json()["parent"] == {"id": broad.json()["id"], "title": "Broad"}
    record(STAGED, narratives=["Narrow"])
    shown = desk.get(f"/v1/narratives/{narrow.json()['id']}").json()
    assert (shown["statement_count"], shown["description"]) == (1, "In few words.")
    again = desk.post("/v1/narratives", json={"title": "Broader", "external_id": "N1"})
    assert (again.status_code, again.json()["id"], again.json()["title"]) == (200, broad.json()["id"], "Broader")


def test_a_narrative_is_changed_and_never_put_under_itself(desk):
    broad = desk.post("/v1/narratives", json={"title": "Broad"}).json()
    narrow = desk.post("/v1/narratives", json={"title": "Narrow", "parent": "Broad"}).json()
    answer = desk.patch(f"/v1/narratives/{broad['id']}", json={"parent": narrow["id"]})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/parent")
    answer = desk.patch(f"/v1/narratives/{narrow['id']}", json={"parent": None, "title": "Alone"})
    assert (answer.json()["parent"], answer.json()["title"]) == (None, "Alone")
    assert desk.patch(f"/v1/narratives/{narrow['id']}", json={"title": None}).status_code == 422
    answer = desk.post("/v1/narratives", json={"title": "New", "parent": "Nothing"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/parent")


def test_a_finding_is_about_a_statement_or_a_narrative(desk, check, record):
    statement = record(STAGED, "2021-01-01")
    finding = desk.post("/v1/findings", json={"verdict": "false", "statement": statement["id"], "published_at": "2021"})
    assert finding.status_code == 201
    assert (finding.json()["statement"], finding.json()["published_at"]) == (statement["id"], "2021")
    assert check(STAGED)["matches"][0]["precedent"]["findings"] == [finding.json()]
    again = desk.post("/v1/findings", json={"verdict": "false", "statement": statement["id"], "published_at": "2021"})
    assert (again.status_code, again.json()["id"]) == (200, finding.json()["id"])
    assert desk.get("/v1/findings", params={"statement": statement["id"]}).json()["items"] == [finding.json()]
    assert desk.get("/v1/findings", params={"statement": "nothing"}).json()["items"] == []
    assert desk.delete(f"/v1/findings/{finding.json()['id']}").status_code == 204
    assert check(STAGED)["matches"][0]["precedent"]["findings"] == []


@pytest.mark.parametrize(
    ("about", "pointer"),
    [({}, ""), ({"statement": "a", "narrative": "b"}, ""), ({"statement": "nothing"}, "/statement"),
     ({"narrative": "nothing"}, "/narrative"), ({"narrative": ""}, "/narrative")],
)  # fmt: skip
def test_a_finding_about_nothing_or_about_two_things_is_refused(desk, about, pointer):
    answer = desk.post("/v1/findings", json={"verdict": "false", **about})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_the_archive_is_one_for_all_organisations(archive, record):
    statement = record(STAGED)
    assert client(archive, "read", organisation="Another").get(f"/v1/statements/{statement['id']}").status_code == 200
