"""The language of the pages: chosen for the account or the browser, else as the browser asks; and of stored answers."""

import re

import pytest
from builders import STAGED, STAGED_ELSEWHERE, Browser, signed_in

from app.main import create_app


@pytest.fixture
def somebody(archive):
    return signed_in(archive, "analyst")


def language_of(page):
    return re.search(r'<html lang="([\w-]+)"', page.text)[1]


def test_a_page_is_in_the_language_that_the_browser_asks_for(archive):
    browser = Browser(create_app(archive))
    for asked, given in (("uk-UA,uk;q=0.9,en;q=0.8", "uk"), ("en-GB,uk;q=0.5", "en"), ("tlh", "en"), ("", "en")):
        page = browser.get("/sign-in", headers={"Accept-Language": asked})
        assert language_of(page) == given
    page = browser.get("/sign-in", headers={"Accept-Language": "uk"})
    assert "Увійти" in page.text
    assert "Sign in" not in page.text
    assert "Accept-Language" in page.headers["Vary"]


def test_who_is_not_signed_in_chooses_for_the_browser(archive):
    browser = Browser(create_app(archive))
    answer = browser.post("/language", data={"language": "uk", "next": "/sign-in?next=/archive"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/archive")
    assert language_of(browser.get("/sign-in", headers={"Accept-Language": "en"})) == "uk"
    browser.post("/language", data={"language": ""})
    assert language_of(browser.get("/sign-in", headers={"Accept-Language": "en"})) == "en"


def test_a_choice_is_kept_with_the_account_in_every_browser(archive, somebody):
    somebody.post("/language", data={"language": "uk", "next": "/account#language"})
    elsewhere = Browser(create_app(archive))
    elsewhere.post("/sign-in", data={"login": somebody.user.login, "password": "a long walk by the sea"})
    for browser in (somebody, elsewhere):
        page = browser.get("/account", headers={"Accept-Language": "en"})
        assert language_of(page) == "uk"
        assert '<option value="uk" selected>Українська</option>' in page.text
    elsewhere.post("/language", data={"language": ""})
    assert language_of(elsewhere.get("/account", headers={"Accept-Language": "en"})) == "en"


def test_the_choice_is_in_the_audit_log_and_nobody_elses(archive, somebody):
    other = signed_in(archive, "admin")
    somebody.post("/language", data={"language": "uk"})
    assert "account.language_chosen" in other.get("/audit").text
    assert language_of(other.get("/")) == "en"


@pytest.mark.parametrize("language", ["tlh", "../en", "x" * 36, "en\x00"])
def test_a_language_without_texts_is_refused(somebody, language):
    assert somebody.post("/language", data={"language": language}).status_code == 422


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "/sign-out", "/sign-in?next=\r\nX: y"]
)
def test_the_way_back_stays_within_the_service(somebody, to):
    assert somebody.post("/language", data={"language": "uk", "next": to}).headers["location"] == "/overview"


def test_another_site_cannot_choose(somebody):
    answer = somebody.post("/language", data={"language": "uk"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_stored_check_is_read_in_the_language_of_its_reader(desk, record):
    record(STAGED_ELSEWHERE, "2021-04-24", speaker="Karpov")
    answered = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()
    address = f"/v1/checks/{answered['id']}"
    ukrainian = desk.get(address, headers={"Accept-Language": "uk"})
    assert ukrainian.headers["Content-Language"] == "uk"
    assert ukrainian.json()["summary"].startswith("Це вже казали щонайменше раз: 24 квітня 2021 року")
    assert ukrainian.json()["matches"][0]["explanation"] == (
        "Той самий сценарій, що й 24 квітня 2021 року (Karpov, мова: англійська)."
    )
    same = desk.get(address)
    assert same.json()["summary"] == answered["summary"]
    assert same.headers["Content-Language"] == "en"


def test_a_check_that_was_answered_in_ukrainian_is_read_in_english_too(desk, record):
    record(STAGED_ELSEWHERE, "2021-04-24", speaker="Karpov")
    body = {"text": STAGED, "said_at": "2021-05-23"}
    english = desk.post("/v1/checks", json=body).json()
    stored = desk.post("/v1/checks", json=body, headers={"Accept-Language": "uk"})
    assert stored.headers["Content-Language"] == "uk"
    read = desk.get(f"/v1/checks/{stored.json()['id']}", headers={"Accept-Language": "en"}).json()
    assert read["summary"] == english["summary"]
    assert [one["explanation"] for one in read["matches"]] == [one["explanation"] for one in english["matches"]]


def test_flags_lists_and_articles_are_read_in_the_language_of_their_reader(desk, record):
    record(STAGED_ELSEWHERE, "2021-04-24", speaker="Karpov")
    check = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()
    article = desk.post("/v1/documents", json={"text": f"Karpov said: “{STAGED}”"}).json()
    ukrainian = {"Accept-Language": "uk"}
    flag = desk.get(f"/v1/flags/{check['id']}", headers=ukrainian)
    assert flag.headers["Content-Language"] == "uk"
    summaries = [
        flag.json()["summary"],
        *(one["summary"] for one in desk.get("/v1/flags", headers=ukrainian).json()["items"]),
        *(one["summary"] for one in desk.get("/v1/checks", headers=ukrainian).json()["items"]),
    ]
    assert len(summaries) >= 3
    assert all(summary.startswith("Це вже казали") for summary in summaries)
    read = desk.get(f"/v1/documents/{article['id']}", headers=ukrainian).json()
    assert read["notice"]["detail"].startswith("День публікації не вказано")
    assert all(one["check"]["summary"].startswith("Це вже казали") for one in read["statements"])


def test_a_page_shows_a_stored_check_in_the_language_of_its_reader_and_its_text_as_it_was(archive, somebody, record):
    record(STAGED_ELSEWHERE, "2021-04-24", speaker="Karpov")
    place = somebody.post("/check", data={"text": STAGED, "said_at": "2021-05-23"}).headers["location"]
    for path in (place, place.replace("/checks/", "/flags/")):
        page = somebody.get(path, headers={"Accept-Language": "uk"}).text
        assert "Той самий сценарій, що й 24 квітня 2021 року" in page
        assert STAGED in re.sub("<[^>]*>", "", page)
        assert "The same script as" not in page
        assert "The same script as on 24 April 2021" in somebody.get(path).text
