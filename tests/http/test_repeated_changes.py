"""A change that a page sends again is made once, and answered as it was at first."""

import pytest
from builders import PASSWORD, signed_in


@pytest.fixture
def check(archive):
    """Sends the same form, with a key; `count`: how many checks there are."""
    own = signed_in(archive, "analyst", "Desk")

    def send(key, text="They are staging an attack.", browser=own):
        return browser.post("/check", {"text": text}, headers={"Idempotency-Key": key})

    send.browser = own
    send.count = lambda: len(archive.browse_checks.find(own.user.organisation, None, None, 100))
    return send


def test_a_form_that_arrives_twice_is_one_check(check):
    first, again = check("k1"), check("k1")
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"]
    assert check.count() == 1
    assert check("k2").headers["location"] != first.headers["location"]
    assert check.count() == 2


def test_the_notice_of_a_change_is_repeated_with_it(check):
    browser = check.browser
    once = {"name": "Mine"}, {"Idempotency-Key": "k1"}
    browser.post("/flag-views?q=a", once[0], headers=once[1])
    cookie = browser.cookies["refrain_notice"]
    browser.cookies.delete("refrain_notice")
    browser.post("/flag-views?q=a", once[0], headers=once[1])
    assert browser.cookies["refrain_notice"] == cookie


def test_a_key_is_of_one_change_and_one_account(check, archive):
    check("k1")
    assert check("k1", "Another text that is long enough.").status_code == 422
    assert check("k1", browser=signed_in(archive, "analyst", "Desk")).status_code == 303
    assert check.count() == 2


def test_after_signing_in_again_the_change_is_still_the_same(check):
    check("k1")
    browser = check.browser
    browser.cookies.clear()
    browser.post("/sign-in", {"login": browser.user.login, "password": PASSWORD})
    assert check("k1").status_code == 303
    assert check.count() == 1


def test_a_refused_change_is_not_remembered(check):
    assert check("k1", "").status_code == 422
    assert check("k1").status_code == 303
    assert check("not a key").status_code == 303


def test_one_signs_in_where_the_browser_still_has_the_cookie_of_a_session_that_ended(check, archive):
    browser = check.browser
    for session in archive.sign_in.sessions(browser.user):
        archive.sign_in.sign_out(session)
    assert browser.get("/sign-in").status_code == 200
    answer = browser.request("POST", "/sign-in", data={"login": browser.user.login, "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview")


def test_signing_in_over_a_page_answers_with_the_token_of_the_new_session(archive):
    browser = signed_in(archive, "analyst", "Desk")
    token = browser.csrf
    browser.cookies.clear()
    assert browser.get("/sign-in/again").status_code == 401
    refused = browser.post("/sign-in/again", {"login": browser.user.login, "password": "wrong"})
    assert (refused.status_code, "error" in refused.json()) == (401, True)
    said = browser.post("/sign-in/again", {"login": browser.user.login, "password": PASSWORD}).json()
    assert said == {"account": browser.user.id, "name": browser.user.name, "csrf": browser.csrf}
    assert said["csrf"] != token
    assert browser.get("/sign-in/again").json() == said


def test_a_part_of_a_page_without_a_session_is_no_redirect_into_a_list(archive):
    browser = signed_in(archive, "analyst", "Desk")
    browser.cookies.clear()
    answer = browser.get("/", headers={"HX-Request": "true", "Accept": "*/*"})
    assert (answer.status_code, answer.text) == (401, "")
    wrong = browser.get("/nothing-here", headers={"HX-Request": "true", "Accept": "*/*"})
    assert wrong.headers["content-type"].startswith("text/html")
