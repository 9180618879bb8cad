"""Checking a statement from the page, as a browser without scripts does it."""

import html
import re

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, signed_in

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> \u202eevil\u202c " + "long" * 200


@pytest.fixture
def analyst(archive):
    archive.record_statements(
        [
            draft(STAGED, "2021-04-24", narratives=["Staged attacks"], speaker="Alexander Karpov"),
            draft(GRAIN, "2021-04-25"),
        ]
    )
    return signed_in(archive, "analyst")


def checked(browser, **typed):
    """The page that a check of the form leads to."""
    answer = browser.post("/check", {"text": STAGED_ELSEWHERE, "said_at": "2021-05-23", **typed})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def shown(browser, address):
    """What can be read on a page, its words not parted by their marks."""
    return html.unescape(re.sub(r"</?mark[^>]*>", "", browser.get(address).text))


def test_a_statement_that_is_typed_leads_to_its_check_with_its_precedents(analyst):
    address = checked(analyst, speaker="Vadim Kulit", source="TASS", language="en")
    page = shown(analyst, address)
    assert "Said at least once before: on 24 April 2021, 29 days earlier." in page
    for said in (
        STAGED,
        STAGED_ELSEWHERE,
        "Alexander Karpov",
        "Vadim Kulit",
        "TASS",
        "Staged attacks",
        "29 days before",
    ):
        assert said in page
    assert GRAIN not in page
    assert f'href="/flags/{address.rsplit("/")[-1]}"' in analyst.get(address).text


def test_the_page_is_where_the_api_says_and_shows_what_the_api_stored(analyst, desk, check):
    answer = check(STAGED_ELSEWHERE)
    page = analyst.get(answer["html_url"].removeprefix("http://testserver"))
    assert page.status_code == 200
    assert answer["summary"] in page.text


def test_nobody_else_sees_it_and_who_is_not_signed_in_is_asked_to(archive, analyst, check):
    address = f"/checks/{check(STAGED)['id']}"
    other = signed_in(archive, organisation="Another")
    assert other.get(address).status_code == 404
    assert STAGED not in other.get(address).text
    analyst.post("/sign-out")
    answer = analyst.get(address)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={address.replace('/', '%2F')}")


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(analyst):
    wrong = {"text": " ", "said_at": "sometime", "speaker": "x" * 501, "source": "TASS", "language": "klingonish"}
    answer = analyst.post("/check", wrong)
    assert answer.status_code == 422
    for field in ("text", "said_at", "speaker", "language"):
        assert f'id="{field}-error"' in answer.text
    assert 'id="source-error"' not in answer.text
    assert 'value="sometime"' in answer.text
    assert 'value="TASS"' in answer.text


@pytest.mark.parametrize("text", ["", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "a" * 5_001])
def test_a_text_that_cannot_be_checked_is_refused_in_plain_words_or_taken_as_it_is(analyst, text):
    answer = analyst.post("/check", {"text": text})
    assert answer.status_code in (303, 422)
    if len(text) > 5_000:
        assert "5,000" in answer.text


def test_a_hostile_statement_shows_as_text(archive, analyst):
    archive.record_statements([draft(HOSTILE, "2021-04-24", narratives=["<b>bold</b>"], speaker="<i>", language="en")])
    address = checked(analyst, text=HOSTILE, speaker='"><script>', source="<u>")
    assert shown(analyst, address).count(HOSTILE.strip()) == 2
    page = analyst.get(address).text
    for tag in ("<script>alert", "<img src=x", "<b>bold", "<i>", "<u>"):
        assert tag not in page


def test_the_address_of_a_source_is_a_link_that_passes_nothing_on(analyst, desk, check):
    answer = check(STAGED, source={"name": "An outlet", "url": "https://outlet.example/"})
    page = analyst.get(f"/checks/{answer['id']}").text
    assert re.search(r'<a class="outward" href="https://outlet\.example/"[^>]*rel="noopener noreferrer nofollow', page)


def test_nothing_like_it_says_so_and_what_that_does_not_mean(analyst):
    page = analyst.get(checked(analyst, text="Zebras graze.", language="en")).text
    assert "Nothing like it" in page
    assert "does not mean that it is new" in page


def test_an_analyst_puts_it_in_the_archive_where_the_next_repeat_finds_it(analyst, desk):
    address = checked(analyst)
    [narrative] = re.findall(r'<option value="([^"]+)" selected', analyst.get(address).text)
    answer = analyst.post(f"{address}/archive", {"narrative": narrative})
    assert answer.status_code == 303
    stored = desk.get(f"/v1{answer.headers['location']}").json()
    assert (stored["text"], stored["said_at"]) == (STAGED_ELSEWHERE, "2021-05-23")
    assert [one["title"] for one in stored["narratives"]] == ["Staged attacks"]
    again = analyst.get(checked(analyst, said_at="2021-06-01")).text
    assert "Said at least 2 times before" in again


def test_putting_it_in_twice_leaves_it_there_once(analyst, desk):
    address = checked(analyst)
    first, second = (analyst.post(f"{address}/archive", {"narrative": ""}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(desk.get("/v1/statements").json()["items"]) == 3


def test_a_reader_checks_and_archives_nothing(archive, analyst):
    reader = signed_in(archive, "reader")
    address = checked(reader)
    page = reader.get(address).text
    assert "/archive" not in page.split("<main")[1]
    assert reader.post(f"{address}/archive").status_code == 403


def test_a_narrative_that_is_none_of_its_precedents_is_refused(analyst):
    assert analyst.post(f"{checked(analyst)}/archive", {"narrative": "elsewhere"}).status_code == 422


def test_a_form_of_another_session_is_refused(analyst):
    assert analyst.post("/check", {"text": STAGED, "csrf": "of another"}).status_code == 403


def test_what_was_checked_lately_is_listed(analyst):
    assert "Nothing was checked yet" in analyst.get("/check").text
    address = checked(analyst)
    assert f'href="{address}"' in analyst.get("/check").text


def test_one_word_is_shown_to_be_no_statement(analyst):
    page = shown(analyst, checked(analyst, text="Breaking"))
    assert "One word is no statement" in page
    assert "Nothing like it was said before" not in page


def test_a_long_text_is_led_to_the_page_of_articles(analyst):
    page = analyst.get(checked(analyst, text=f"{GRAIN} The sun shone all day in the old town. " * 30)).text
    assert "This text is long for one statement." in page
    assert 'href="/check/article"' in page
