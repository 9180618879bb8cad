"""Help: the glossary, the sheet of keys, and the tour of the desk for a new account."""

import re
from pathlib import Path

import pytest
from builders import PASSWORD, STAGED, STAGED_ELSEWHERE, Browser, draft, signed_in

from app.domain.access.accounts import Role
from app.main import create_app
from app.texts import fluent
from app.web.pages.help.key_list import KEY_LIST
from app.web.pages.help.tour import STEPS

TEMPLATES = Path(fluent.__file__).parents[1] / "web/pages/templates"


@pytest.fixture
def newcomer(archive):
    """Somebody who has never been here."""
    made, _ = archive.manage_accounts.create("newcomer", "New Comer", Role.ANALYST, "Desk", PASSWORD)
    browser = Browser(create_app(archive))
    browser.post("/sign-in", data={"login": made.login, "password": PASSWORD})
    return browser


def step_of(page):
    found = re.search(r"Step (\d) of (\d)", page.text)
    return (int(found[1]), int(found[2])) if found else None


def test_the_glossary_explains_each_word_at_an_anchor_that_pages_link_to(archive):
    page = signed_in(archive, "reader").get("/help").text
    anchors = set(re.findall(r'<div id="([\w-]+)"', page))
    linked = {
        term
        for file in TEMPLATES.rglob("*.html")
        for term in re.findall(r"ui\.what\('([\w-]+)'\)", file.read_text("utf-8"))
    }
    assert {
        "precedent",
        "narrative",
        "tier",
        "stance",
        "flag",
        "recurrence",
        "counter-example",
        "prediction",
    } <= anchors
    assert linked
    assert linked <= anchors


def test_the_sheet_has_the_keys_of_the_pages_and_no_others(archive):
    page = signed_in(archive, "reader").get("/help/keys").text
    sources = "".join(file.read_text("utf-8") for file in TEMPLATES.rglob("*.html"))
    known = {*re.findall(r'data-key(?:-told)?="([^"{]+)"', sources), *re.findall(r"'(g \w)'", sources)}
    known |= set(re.findall(r"\('\w+', '([a-z])'\)", sources))  # outcomes of predictions
    known |= set(re.findall(r"'([yY])'", sources)) | {f"Arrow{way}" for way in ("Left", "Right", "Up", "Down")}
    listed = {key for group in KEY_LIST for key, _ in group.keys} - {"1 … 9"}
    assert listed == known - {"1"}
    assert page.count("<dt>") == sum(len(group.keys) for group in KEY_LIST)


@pytest.mark.parametrize("path", ["/help", "/help/keys"])
def test_help_is_for_who_is_signed_in(archive, path):
    assert Browser(create_app(archive)).get(path).headers["location"].startswith("/sign-in")


def test_a_new_account_is_offered_the_tour_until_it_closes_it(newcomer, archive):
    assert "A tour of the desk" in newcomer.get("/overview").text
    assert "A tour of the desk" not in newcomer.get("/archive").text
    newcomer.post("/help/tour", data={"step": "0"})
    assert "A tour of the desk" not in newcomer.get("/overview").text
    again = Browser(create_app(archive))
    again.post("/sign-in", data={"login": "newcomer", "password": PASSWORD})
    assert "A tour of the desk" not in again.get("/overview").text


def test_the_tour_leads_over_the_pages_of_the_desk_and_ends(newcomer, archive):
    archive.record_statements([draft(STAGED, "2021-04-24", speaker="Karpov")])
    flag = newcomer.post("/check", data={"text": STAGED_ELSEWHERE, "said_at": "2021-05-23"})
    flag = flag.headers["location"].replace("/checks/", "/flags/")
    paths = []
    for number in range(1, len(STEPS) + 1):
        to = newcomer.post("/help/tour", data={"step": str(number)}).headers["location"]
        page = newcomer.get(to)
        assert step_of(page) == (number, len(STEPS))
        assert 'role="dialog"' in page.text
        paths.append(to)
    assert paths == ["/", "/", flag, flag, "/check", "/archive", "/help"]
    assert newcomer.post("/help/tour", data={"step": str(len(STEPS) + 1)}).headers["location"] == "/"
    page = newcomer.get("/")
    assert "The tour is closed" in page.text
    assert step_of(newcomer.get("/")) is None


def test_without_a_flag_the_tour_passes_over_it_both_ways(newcomer):
    assert newcomer.post("/help/tour", data={"step": "3"}).headers["location"] == "/check"
    assert step_of(newcomer.get("/check")) == (5, 7)
    assert newcomer.post("/help/tour", data={"step": "4", "back": "true"}).headers["location"] == "/"
    assert step_of(newcomer.get("/")) == (2, 7)


def test_on_another_page_the_tour_waits_and_can_be_gone_on_with(newcomer):
    newcomer.post("/help/tour", data={"step": "1"})
    page = newcomer.get("/narratives").text
    assert "The tour goes on where you left it" in page
    assert 'role="dialog"' not in page


def test_the_tour_can_be_taken_again_from_the_help_page(archive):
    browser = signed_in(archive, "analyst")
    assert "A tour of the desk" not in browser.get("/overview").text
    assert 'action="/help/tour"' in browser.get("/help").text
    assert step_of(browser.get(browser.post("/help/tour", data={"step": "1"}).headers["location"])) == (1, 7)


@pytest.mark.parametrize("step", ["-1", "9", "x", "1" * 400])
def test_a_step_that_there_is_not_is_refused(newcomer, step):
    assert newcomer.post("/help/tour", data={"step": step}).status_code == 422
    newcomer.cookies.set("refrain_tour", step)
    assert step_of(newcomer.get("/")) is None


@pytest.mark.parametrize(
    ("path", "link"),
    [("/", "/check"), ("/?state=confirmed", "/?state=open"), ("/?state=dismissed", "/?state=open"),
     ("/?q=zebra", "/?state=open"), ("/archive", "/archive/new"), ("/narratives", "/narratives/new"),
     ("/narratives?q=zebra", "/narratives"), ("/feeds", "#name"), ("/watched-sources", "#url"), ("/keys", "#name"),
     ("/people", "#login"), ("/audit?actor=nobody", "/audit"), ("/speakers", "/imports"),
     ("/outlets?q=zebra", "/outlets"), ("/warnings", "/narratives"), ("/suggestions", "/imports"), ("/map", "/imports"),
     ("/administration/jobs", "/imports")],
)  # fmt: skip
def test_an_empty_page_says_what_to_do_next(archive, path, link):
    page = signed_in(archive, "admin").get(path).text
    content = page[page.index("<main") : page.index("</main>")]
    assert f'href="{link}"' in content
