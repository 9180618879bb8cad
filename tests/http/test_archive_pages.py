"""The pages of the archive: searching, reading, correcting and withdrawing statements."""

import re

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, signed_in
from sqlalchemy import event

HOSTILE = '<script>alert(1)</script> "quoted" <b>bold</b> \u202ebackwards ' + "x" * 3_000


@pytest.fixture
def browser(archive):
    return signed_in(archive, "analyst")


@pytest.fixture
def reader(archive):
    return signed_in(archive, "reader")


def links(page):
    return re.findall(r'href="(/statements/[0-9a-f-]+)"', page.text)


def form(page):
    """What the form of a page would send."""
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page.text))
    text = re.search(r'<textarea id="text"[^>]*>\n([^<]*)</textarea>', page.text)
    return fields | ({"text": text[1]} if text else {})


@pytest.fixture
def queries(archive):
    """How many statements of SQL something executes."""

    def count(act):
        seen = []
        listener = lambda *_: seen.append(1)  # noqa: E731
        event.listen(archive.store.engine, "before_cursor_execute", listener)
        try:
            act()
        finally:
            event.remove(archive.store.engine, "before_cursor_execute", listener)
        return len(seen)

    return count


def test_the_archive_lists_what_was_said_last_first(browser, record):
    first, last = record(STAGED, "2020-01-01"), record(GRAIN, "2021-01-01")
    assert links(browser.get("/archive")) == [f"/statements/{last['id']}", f"/statements/{first['id']}"]
    assert "2 statements on record" in browser.get("/archive").text


def test_a_search_by_meaning_and_one_by_words_find_each_their_own(browser, record):
    staged, grain = record(STAGED, "2020-01-01"), record(GRAIN, "2021-01-01")
    by_meaning = browser.get("/archive?q=White+Helmets+chemical")
    assert links(by_meaning) == [f"/statements/{staged['id']}", f"/statements/{grain['id']}"]
    by_words = browser.get("/archive?q=GRAIN+april&by=words")
    assert links(by_words) == [f"/statements/{grain['id']}"]
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", by_words.text) == ["Grain", "April"]


def test_the_address_says_what_is_asked_for_and_the_form_says_it_back(browser, record):
    wanted = record(STAGED, "2021-04-24", speaker="Alexander Karpov", source={"name": "TASS"}, language="en")
    record(STAGED_ELSEWHERE, "2019-04-24", speaker="Somebody", language="en")
    address = (
        "/archive?q=staged&by=words&speaker=alexander+karpov&source=tass&language=en&said_from=2021&said_to=2021-04"
    )
    page = browser.get(address)
    assert links(page) == [f"/statements/{wanted['id']}"]
    for value in ('value="staged"', 'value="alexander karpov"', 'value="tass"', 'value="2021-04"'):
        assert value in page.text
    assert links(browser.part(address)) == [f"/statements/{wanted['id']}"]
    assert "<form" not in browser.part(address).text


def test_a_filter_that_cannot_be_read_is_said_at_its_field_and_filters_nothing(browser, record):
    record(STAGED, "2021-04-24")
    page = browser.get("/archive?said_from=sometime&language=klingonish")
    assert page.status_code == 200
    assert "Write a year, a month or a day" in page.text
    assert "There is no such language" in page.text
    assert len(links(page)) == 1


def test_a_filter_by_narrative_takes_its_id_and_shows_its_title(browser, desk, record):
    narrative = desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()
    record(STAGED, "2021-04-24", narratives=[narrative["id"]])
    record(GRAIN, "2021-04-24")
    page = browser.get(f"/archive?narrative={narrative['id']}")
    assert len(links(page)) == 1
    assert 'value="Staged attacks"' in page.text


def test_pages_of_results_lead_to_each_other(browser, record):
    for number in range(30):
        record(f"Grain report number {number}.", f"2020-01-{number + 1:02d}")
    first = browser.get("/archive?q=grain&by=words")
    assert (len(links(first)), 'rel="next"' in first.text, 'rel="prev"' in first.text) == (25, True, False)
    second = browser.get("/archive?q=grain&by=words&page=2")
    assert (len(links(second)), 'rel="next"' in second.text, 'rel="prev"' in second.text) == (5, False, True)
    assert not set(links(first)) & set(links(second))
    assert "beyond the last result" in browser.get("/archive?q=grain&by=words&page=9").text


def test_what_is_empty_says_what_to_do(browser, record):
    assert "The archive is empty" in browser.get("/archive").text
    record(STAGED)
    assert "by=meaning" not in browser.get("/archive?q=nothing+like+it&by=words").text
    assert "Search by meaning" in browser.get("/archive?q=nothing+like+it&by=words").text


def test_names_are_offered_while_one_types(browser, desk, record):
    desk.post("/v1/narratives", json={"title": "Staged attacks"})
    record(STAGED, None, speaker="Alexander Karpov")
    record(GRAIN, None, speaker="<b>Karpova</b>", source={"name": "TASS"})
    assert 'value="Alexander Karpov"' in browser.get("/archive/options/speaker?speaker=karp").text
    assert "&lt;b&gt;Karpova" in browser.get("/archive/options/speaker?speaker=karp").text
    assert 'value="TASS"' in browser.get("/archive/options/source?source_name=ta").text
    assert 'value="Staged attacks"' in browser.get("/archive/options/narrative?narratives=staged").text


def test_what_is_private_is_seen_by_its_own_alone(archive, browser, record):
    own = record(STAGED, "2021-01-01", private=True, speaker="Secret Speaker")
    assert own["id"] in browser.get("/archive").text
    others = signed_in(archive, "admin", "Others")
    assert own["id"] not in others.get("/archive").text
    assert own["id"] not in others.get("/archive?q=staged").text
    assert "Secret" not in others.get("/archive/options/speaker?q=secret").text
    assert others.get(f"/statements/{own['id']}").status_code == 404
    assert others.post(f"/statements/{own['id']}/withdraw").status_code == 404


def test_a_statement_is_recorded_by_hand_and_found_by_the_next_check(browser, desk, check):
    desk.post("/v1/narratives", json={"title": "Staged attacks"})
    answer = browser.post(
        "/archive/new",
        {"text": f" {STAGED}\r\n", "said_at": "2021-04", "speaker": "Karpov", "narratives": ["", "Staged attacks"]},
    )
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"])
    assert "Recorded." in page.text
    [match] = check(STAGED)["matches"]
    precedent = match["precedent"]
    assert (precedent["text"], precedent["speaker"], precedent["said_at"]) == (STAGED, "Karpov", "2021-04")
    assert [one["title"] for one in precedent["narratives"]] == ["Staged attacks"]
    again = browser.post("/archive/new", {"text": STAGED, "said_at": "2021-04", "speaker": "Karpov"})
    assert again.headers["Location"] == answer.headers["Location"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " \u200b "}, "This is empty: send at least one visible character"),
        ({"text": "x" * 5_001}, "This has 5,001 characters; the limit is 5,000"),
        ({"text": STAGED, "said_at": "sometime"}, "This cannot be read as a date. Write 2021, May 2021"),
        ({"text": STAGED, "language": "klingonish"}, "This names no language: write its code"),
        ({"text": STAGED, "source_url": "javascript:alert(1)"}, "This is no web address"),
        ({"text": STAGED, "narratives": "No such narrative"}, "There is no narrative of this name"),
        ({"text": STAGED, "speaker": "x" * 501}, "This has 501 characters; the limit is 500"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_its_field_and_nothing_is_lost(browser, desk, fields, said):
    answer = browser.post("/archive/new", {"title": "Kept title", **fields})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Kept title"' in answer.text
    assert desk.get("/v1/statements").json()["items"] == []


def test_a_statement_shows_what_it_repeats_and_what_repeated_it(browser, record):
    first, middle = record(STAGED, "2020-01-01"), record(STAGED_ELSEWHERE, "2021-01-01", source={"name": "TASS"})
    last = record(f"{STAGED} Again.", "2022-01-01")
    page = browser.get(f"/statements/{middle['id']}").text
    before, after = page.split("Later echoes")
    assert f"/statements/{first['id']}" in before
    assert "366 days before" in before
    assert f"/statements/{last['id']}" in after
    assert "365 days after" in after


def test_an_edit_is_stored_and_empties_what_was_emptied(browser, desk, record):
    one = record(STAGED, "2021-04-24", speaker="Karpov", title="Old title")
    fields = form(browser.get(f"/statements/{one['id']}/edit"))
    assert fields["text"] == STAGED
    answer = browser.post(f"/statements/{one['id']}/edit", {**fields, "title": "", "text": GRAIN, "said_at": "2021"})
    assert answer.status_code == 303
    stored = desk.get(f"/v1/statements/{one['id']}").json()
    assert (stored["title"], stored["text"], stored["said_at"], stored["speaker"]) == (None, GRAIN, "2021", "Karpov")


def test_a_statement_moves_from_one_narrative_to_another(browser, desk, record):
    ids = {title: desk.post("/v1/narratives", json={"title": title}).json()["id"] for title in ("One", "Two")}
    one = record(STAGED, "2021-04-24", narratives=[ids["One"]])
    fields = form(browser.get(f"/statements/{one['id']}/edit"))
    answer = browser.post(f"/statements/{one['id']}/edit", {**fields, "narratives": "Two"})
    assert answer.status_code == 303
    assert [ref["title"] for ref in desk.get(f"/v1/statements/{one['id']}").json()["narratives"]] == ["Two"]


def test_who_edits_what_somebody_else_changed_sees_both_and_saves_on_purpose(browser, desk, record, clock):
    one = record(STAGED, "2021-04-24", speaker="Karpov")
    fields = form(browser.get(f"/statements/{one['id']}/edit"))
    clock.advance(seconds=60)
    desk.patch(f"/v1/statements/{one['id']}", json={"speaker": "Somebody else"})
    stale = browser.post(f"/statements/{one['id']}/edit", {**fields, "speaker": "My correction"})
    assert stale.status_code == 409
    assert "Somebody else" in stale.text
    assert 'value="My correction"' in stale.text
    assert desk.get(f"/v1/statements/{one['id']}").json()["speaker"] == "Somebody else"
    assert browser.post(f"/statements/{one['id']}/edit", form(stale)).status_code == 303
    assert desk.get(f"/v1/statements/{one['id']}").json()["speaker"] == "My correction"


def test_an_edit_to_what_another_statement_is_already_is_refused(browser, record):
    record(GRAIN, "2021-04-24")
    one = record(STAGED, "2021-04-24")
    fields = form(browser.get(f"/statements/{one['id']}/edit"))
    answer = browser.post(f"/statements/{one['id']}/edit", {**fields, "text": GRAIN})
    assert answer.status_code == 409
    assert "is on record already" in answer.text


def test_a_withdrawn_statement_is_found_no_more_and_can_be_restored(browser, check, record):
    one = record(STAGED, "2021-04-24")
    assert browser.post(f"/statements/{one['id']}/withdraw", {"reason": "A misquotation."}).status_code == 303
    page = browser.get(f"/statements/{one['id']}")
    assert "no check finds it any more" in page.text
    assert "A misquotation." in page.text.split('id="history"')[1]
    assert browser.user.name in page.text.split('id="history"')[1]
    assert check(STAGED)["matches"] == []
    assert one["id"] not in browser.get("/archive").text
    assert browser.post(f"/statements/{one['id']}/restore").status_code == 303
    assert len(check(STAGED)["matches"]) == 1


def test_findings_are_added_and_removed(browser, desk, record):
    one = record(STAGED, "2021-04-24")
    sent = {"statement": one["id"], "verdict": "unfounded", "publisher": "Example", "published_at": "2021-05"}
    assert browser.post("/findings", sent).status_code == 303
    [finding] = desk.get(f"/v1/statements/{one['id']}").json()["findings"]
    assert (finding["verdict"], finding["published_at"]) == ("unfounded", "2021-05")
    assert "unfounded" in browser.get(f"/statements/{one['id']}").text
    assert "1 finding" in browser.get("/archive").text
    wrong = browser.post("/findings", {**sent, "verdict": "", "url": "nowhere"})
    assert wrong.status_code == 422
    assert "This is empty: send at least one visible character" in wrong.text
    assert 'value="nowhere"' in wrong.text
    answer = browser.post(f"/findings/{finding['id']}/remove")
    assert answer.headers["Location"] == f"/statements/{one['id']}"
    assert desk.get(f"/v1/statements/{one['id']}").json()["findings"] == []


def test_the_history_says_who_changed_what_and_from_what(browser, desk, record):
    one = record(STAGED, "2021-04-24", speaker="<i>Before</i>")
    fields = form(browser.get(f"/statements/{one['id']}/edit"))
    browser.post(f"/statements/{one['id']}/edit", {**fields, "speaker": "After", "source_name": "TASS"})
    history = browser.get(f"/statements/{one['id']}").text.split('id="history"')[1]
    assert history.index("Edited") < history.index("Recorded")
    assert browser.user.name in history
    assert "&lt;i&gt;Before&lt;/i&gt;" in history
    assert history.index("&lt;i&gt;Before") < history.index("After")
    assert "TASS" in history
    [edited, created] = desk.get(f"/v1/statements/{one['id']}/revisions").json()["items"]
    assert (edited["by"]["name"], edited["reason"], created["what"]) == (browser.user.name, None, "created")


def test_a_finding_settles_what_a_statement_predicted(browser, record):
    one = record("Militants will stage a chemical attack in Idlib by 2021-05.", "2021-04-24", language="en")
    place = f"/statements/{one['id']}"
    page = browser.get(place).text
    assert "It predicts something." in page
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", page) == ["will stage"]
    sent = {
        "statement": one["id"],
        "verdict": "unfounded",
        "outcome": "did_not_happen",
        "outcome_url": "https://x.org/1",
    }
    assert browser.post("/findings", sent).status_code == 303
    page = browser.get(place).text
    assert page.count("outcome-did_not_happen") == 2
    assert "https://x.org/1" in page


def test_a_reader_sees_everything_and_changes_nothing(reader, desk, record):
    narrative = desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()
    one = record(STAGED, "2021-04-24", narratives=[narrative["id"]])
    places = ("/archive", "/narratives", f"/statements/{one['id']}", f"/narratives/{narrative['id']}")
    for place in places:
        page = reader.get(place)
        assert page.status_code == 200
        assert "/edit" not in page.text
        assert 'action="/findings' not in page.text
    changes = (
        "/archive/new", f"/statements/{one['id']}/edit", f"/statements/{one['id']}/withdraw",
        f"/statements/{one['id']}/restore", "/findings", f"/findings/{one['id']}/remove", "/narratives/new",
        f"/narratives/{narrative['id']}/edit", f"/narratives/{narrative['id']}/counter-examples",
        f"/narratives/{narrative['id']}/counter-examples/{one['id']}/remove",
    )  # fmt: skip
    assert [reader.post(place, {"text": GRAIN}).status_code for place in changes] == [403] * len(changes)


def test_whatever_a_statement_says_is_shown_as_text(browser, record):
    speaker, title = "<i>Eve</i> \u202eliveD", "<u>title</u>"
    one = record(HOSTILE, "2021-04-24", speaker=speaker, title=title, source={"name": "<s>x</s>"})
    for place in (
        "/archive",
        "/archive?q=script&by=words",
        f"/statements/{one['id']}",
        f"/statements/{one['id']}/edit",
    ):
        page = browser.get(place).text
        assert "<script>alert" not in page, place
        assert not re.search(r"<(b|i|u|s)>", page), place
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in re.sub(r"</?mark[^>]*>", "", page), place


def test_a_page_makes_as_many_queries_for_many_statements_as_for_few(browser, desk, record, queries):
    narrative = desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()
    one = record(STAGED, "2019-01-01", narratives=[narrative["id"]])

    def put(number):
        record(f"{STAGED} {number}", f"20{10 + number % 9}-01-01", narratives=[narrative["id"]], speaker=f"S{number}")

    places = (
        "/archive", "/archive?q=staged+attack", "/archive?q=staged&by=words", f"/archive?narrative={narrative['id']}",
        f"/statements/{one['id']}", "/narratives", "/narratives?view=tree", f"/narratives/{narrative['id']}",
    )  # fmt: skip

    def counted():
        archive_caught_up = [browser.get(place) for place in places]
        assert all(page.status_code == 200 for page in archive_caught_up)
        # What the log of views writes now and then counts too: the fewest of three are the page's own.
        return {place: min(queries(lambda place=place: browser.get(place)) for _ in range(3)) for place in places}

    for number in range(2):
        put(number)
    few = counted()
    for number in range(2, 29):
        put(number)
    assert counted() == few
    assert max(few.values()) <= 30
