"""Narratives at work: the list by state, what an analyst does to a narrative and undoes, following, tags, warnings."""

import re
import threading
from datetime import timedelta

import pytest
from builders import client, draft, signed_in
from sqlalchemy import event


@pytest.fixture
def browser(archive):
    return signed_in(archive, "analyst")


@pytest.fixture
def seen(archive, clock):
    """Records statements of a narrative, of so many days ago; the narrative's id."""

    def record(title, *days, **fields):
        some = [
            draft(f"{title}: {number} of {one} {fields}", _day(clock, one), narratives=[title], **fields)
            for number, one in enumerate(days)
        ]
        archive.record_statements(some)
        return archive.edit_narrative.resolve(title).id

    return record


def _day(clock, days):
    return (clock() - timedelta(days=days)).date().isoformat()


def titles(page):
    return re.findall(r'<p class="strong"><a href="/narratives/[^"]+"><bdi>([^<]*)</bdi>', page.text)


def said(browser, answer):
    """The page that an answer leads to, and the address of the undo that it offers."""
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.headers["location"]).text
    message = page.partition('id="messages"')[2].partition("<main")[0]
    offered = re.search(r'<form method="post" action="([^"]+)">', message)
    return page, offered[1] if offered else None


def statements(browser, narrative):
    return re.findall(r'name="statements" value="([^"]+)"', browser.get(f"/narratives/{narrative}").text)


def test_the_list_is_filtered_and_sorted_by_what_happens_of_late(browser, seen):
    seen("Growing", 1, 5, 9, 80)
    seen("Back", 3, 300)
    seen("Dormant", 400)
    seen("Steady", 100, 20)
    seen("Future", -4000)
    assert titles(browser.get("/narratives?sort=recent"))[0] == "Growing"
    for state, there in (
        ("growing", ["Growing"]), ("back", ["Back"]), ("steady", ["Steady"]), ("dormant", ["Dormant", "Future"]),
    ):  # fmt: skip
        assert titles(browser.get(f"/narratives?state={state}")) == there
    page = browser.get("/narratives").text
    assert "4 statements in the last 24 months, at most 3 in one" in page
    assert browser.get("/narratives?state=nonsense").status_code == 422


def test_the_list_is_paged(browser, seen):
    for number in range(53):
        seen(f"N{number:02}", 10 + number)
    first, second = browser.get("/narratives"), browser.get("/narratives?page=2")
    assert (len(titles(first)), titles(second)) == (50, ["N50", "N51", "N52"])
    assert "51 to 53 of 53" in second.text


def test_statements_are_moved_and_brought_back(browser, seen):
    one, other = seen("One", 1, 2, 3), seen("Other", 9)
    chosen = statements(browser, one)[:2]
    page, undo = said(browser, browser.post(f"/narratives/{one}/move", {"into": "Other", "statements": chosen}))
    assert "2 statements were moved to “Other”." in page
    assert len(statements(browser, other)) == 3
    page, _ = said(browser, browser.post(undo))
    assert "The statements are back." in page
    assert len(statements(browser, one)) == 3
    assert "undone by" in page


def test_a_narrative_is_split_and_merged_again(browser, desk, seen):
    one = seen("One", 1, 2, 3)
    chosen = statements(browser, one)[:1]
    page, _ = said(browser, browser.post(f"/narratives/{one}/split", {"title": "New", "statements": chosen}))
    assert "“New” was made of 1 statement." in page
    new = desk.get("/v1/narratives?q=New").json()["items"][0]["id"]
    answer = browser.post(f"/narratives/{new}/merge", {"into": "One"})
    assert answer.headers["location"] == f"/narratives/{one}"
    _, undo = said(browser, answer)
    assert browser.get(f"/narratives/{new}").headers["location"] == f"/narratives/{one}"
    assert desk.get(f"/v1/narratives/{new}").json()["id"] == one
    assert desk.get(f"/v1/narratives/{new}/timeline").json()["recurrence"]["count"] == 3
    assert [each["title"] for each in desk.get("/v1/narratives").json()["items"]] == ["One"]
    said(browser, browser.post(undo))
    assert desk.get(f"/v1/narratives/{new}").json()["title"] == "New"


def test_an_edit_is_undone(browser, desk, seen):
    one = seen("One", 1)
    page, undo = said(browser, browser.post(f"/narratives/{one}/edit", {"title": "Renamed"}))
    assert "Renamed" in page
    said(browser, browser.post(undo))
    assert desk.get(f"/v1/narratives/{one}").json()["title"] == "One"
    page, _ = said(browser, browser.post(undo))
    assert "It cannot be undone" in page


@pytest.mark.parametrize(
    ("path", "fields", "said_of_it"),
    [
        ("merge", {"into": "Nothing"}, "choose another narrative"),
        ("merge", {"into": "One"}, "choose another narrative"),
        ("move", {"into": "Other"}, "choose at least one statement"),
        ("move", {"into": "Other", "statements": ["nothing"]}, "choose at least one statement"),
        ("split", {"title": " "}, "give the new narrative a title"),
        ("split", {"title": "New"}, "choose at least one statement"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(browser, seen, path, fields, said_of_it):
    one = seen("One", 1)
    seen("Other", 2)
    page, _ = said(browser, browser.post(f"/narratives/{one}/{path}", fields))
    assert said_of_it in page
    assert "Nothing was changed yet." in page


def test_what_stays_under_a_narrower_narrative_is_said(browser, desk, seen):
    one = seen("One", 1)
    seen("Below", 2)
    desk.patch(f"/v1/narratives/{desk.get('/v1/narratives?q=Below').json()['items'][0]['id']}", json={"parent": one})
    seen("Other", 3)
    chosen = statements(browser, one)
    page, _ = said(browser, browser.post(f"/narratives/{one}/move", {"into": "Other", "statements": chosen}))
    assert "1 statement went to “Other”; 1 stays" in page


def test_readers_follow_and_change_nothing(archive, seen):
    reader, one = signed_in(archive, "reader"), seen("One", 1)
    seen("Other", 2)
    for path in ("merge", "move", "split", "tags", "tags/remove", "edit"):
        assert reader.post(f"/narratives/{one}/{path}", {"into": "Other", "tag": "x", "title": "x"}).status_code == 403
    said(reader, reader.post(f"/narratives/{one}/follow"))
    assert titles(reader.get("/narratives?followed=on")) == ["One"]
    assert "Merge" not in reader.get(f"/narratives/{one}").text


def test_who_follows_sees_how_much_is_new_until_it_is_looked_at(browser, clock, seen):
    one = seen("One", 300)
    browser.post(f"/narratives/{one}/follow")
    clock.advance(seconds=60)
    seen("One", 200, 100)
    assert "1 narrative that you follow has something new" in browser.get("/check").text
    assert "2 new" in browser.get("/narratives").text
    assert "2 new" in browser.get(f"/narratives/{one}").text
    assert "something new" not in browser.get("/check").text


def test_others_cannot_change_what_an_organisation_brought(archive, browser, desk):
    others = client(archive, organisation="Others")
    theirs = others.post("/v1/narratives", json={"title": "Theirs"}).json()["id"]
    desk.post("/v1/narratives", json={"title": "Ours"})
    signed = signed_in(archive, "analyst", "Third")
    assert signed.post(f"/narratives/{theirs}/merge", {"into": "Ours"}).status_code == 403
    assert desk.get(f"/v1/narratives/{theirs}").json()["title"] == "Theirs"


def test_tags_are_an_organisations_own(archive, browser, seen):
    one = seen("One", 1)
    seen("Other", 2)
    page, _ = said(browser, browser.post(f"/narratives/{one}/tags", {"tag": "  Middle  EAST "}))
    assert "Tagged “middle east”." in page
    assert titles(browser.get("/narratives?tag=middle+east")) == ["One"]
    others = signed_in(archive, "analyst", "Others")
    assert titles(others.get("/narratives?tag=middle+east")) == []
    assert "middle east" not in others.get(f"/narratives/{one}").text
    browser.post(f"/narratives/{one}/tags/remove", {"tag": "middle east"})
    assert titles(browser.get("/narratives?tag=middle+east")) == []
    for wrong in ("", "x" * 51):
        page, _ = said(browser, browser.post(f"/narratives/{one}/tags", {"tag": wrong}))
        assert "No tag was added" in page


def test_a_feed_of_a_narrative_is_offered_with_its_title(archive, seen):
    admin, one = signed_in(archive, "admin"), seen("One", 1)
    assert f"/feeds?narrative={one}" in admin.get(f"/narratives/{one}").text
    assert 'value="One"' in admin.get(f"/feeds?narrative={one}").text


def test_a_warning_shows_its_evidence_and_is_worked_off(archive, browser, seen):
    seen("<b>Script</b>", 2, 400)
    archive.watch_narratives.warn()
    page = browser.get("/warnings").text
    assert "Said once, on 21 May 2021, after 398 days without a statement" in page
    assert "at least 180 days" in page
    assert "<b>Script" not in page
    [decided] = re.findall(r'action="(/warnings/[^"]+/dismissed)"', page)
    page, undo = said(browser, browser.post(decided))
    assert "No warnings here" in page
    assert "Script" in browser.get("/warnings?state=dismissed").text
    said(browser, browser.post(undo))
    assert "Script" in browser.get("/warnings").text
    assert signed_in(archive, "reader").post(decided).status_code == 403
    assert browser.post("/warnings/nothing/dismissed").status_code == 404


@pytest.fixture
def queries(archive, browser, monkeypatch):
    """How many statements of SQL a page executes, in the threads of requests; who asks is looked up each time."""
    monkeypatch.setattr("app.web.authentication._SESSION_KNOWN_FOR_S", 0)

    def count(address):
        asked = []

        def listener(*_):
            if threading.current_thread().name.startswith("AnyIO worker"):
                asked.append(1)

        event.listen(archive.store.engine, "before_cursor_execute", listener)
        try:
            assert browser.get(address).status_code == 200
        finally:
            event.remove(archive.store.engine, "before_cursor_execute", listener)
        return len(asked)

    return count


def test_a_page_asks_the_database_as_often_for_much_as_for_little(archive, browser, seen, queries):
    one = seen("One", 1, 400)
    browser.post(f"/narratives/{one}/follow")
    archive.watch_narratives.warn()
    places = ("/narratives", f"/narratives/{one}", "/warnings")
    few = [(browser.get(place), queries(place))[1] for place in places]
    for number in range(12):
        seen(f"N{number}", 1, 2, 3, 400)
        browser.post(f"/narratives/{one}/tags", {"tag": f"t{number}"})
    seen("One", *range(5, 25), speaker="Somebody")
    archive.watch_narratives.warn()
    assert [(browser.get(place), queries(place))[1] for place in places] == few
