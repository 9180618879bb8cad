"""From page to page: the frame stays, and history, focus and titles are as after a load of the whole page."""

import contextlib
import re

import pytest
from builders import account
from flags_on_desk import FlagsOnDesk
from held_requests import HeldRequests
from playwright.sync_api import Error, expect


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


def loads(page):
    """How often the whole page was loaded: what a script keeps is gone after each."""
    return page.evaluate("window.loads ??= Math.random()")


def test_the_frame_stays_and_title_focus_and_history_follow(own_desk, flags):
    flags.several(3)
    page = own_desk.signed_in()
    page.goto("/")
    first = loads(page)
    page.get_by_role("link", name="Archive", exact=True).click()
    expect(page).to_have_title("Archive · Refrain")
    expect(page.get_by_role("main")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Archive · Refrain")
    page.get_by_role("link", name="Narratives", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Narratives")
    page.go_back()
    expect(page).to_have_title("Archive · Refrain")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    page.go_forward()
    expect(page).to_have_title("Archive · Refrain")
    assert page.url.endswith("/archive")
    assert loads(page) == first
    kept = page.evaluate("JSON.stringify(Object.assign({}, sessionStorage, localStorage))")
    assert "Attack number" not in kept, "a page is kept beyond its time"


def test_two_quick_steps_through_the_history_lead_to_the_page_of_the_address(own_desk, flags):
    flags.several(3)
    page = own_desk.signed_in()
    for path in ("/", "/archive", "/narratives"):
        if path == "/":
            page.goto(path)
        else:
            page.locator(f"nav a[href='{path}']").first.click()
            expect(page).to_have_url(re.compile(f"{path}$"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Narratives")
    held = HeldRequests(page, re.compile(r"/archive$"))
    page.evaluate("history.back()")
    held.wait_for(1)
    page.evaluate("history.back()")
    expect(heading).to_have_text("Queue")
    assert page.evaluate("location.pathname") == "/"
    page.evaluate("history.forward()")
    held.wait_for(2).continue_()
    expect(page).to_have_title("Archive · Refrain")
    assert page.evaluate("location.pathname") == "/archive"
    page.evaluate("history.forward()")
    expect(heading).to_have_text("Narratives")
    # Back and at once forward again: nothing is loaded, and nothing arrives late.
    page.evaluate("history.back()")
    late = held.wait_for(3)
    page.evaluate("history.forward()")
    page.wait_for_url("**/narratives")
    with contextlib.suppress(Error):  # it was given up
        late.continue_()
    page.wait_for_timeout(500)
    expect(heading).to_have_text("Narratives")
    assert page.evaluate("location.pathname") == "/narratives"


def test_escape_returns_to_the_row_that_one_came_from(own_desk, flags):
    flags.several(5)
    page = own_desk.signed_in()
    page.goto("/?sort=score")
    for key in ("j", "j", "j", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("region", name="Statement")).to_be_visible()
    flag = page.evaluate("location.pathname")
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_class("flag-link")
    assert page.evaluate("document.activeElement.pathname") == flag
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.pathname") == flag


def test_what_was_typed_and_not_sent_is_there_again_until_it_is_sent_or_one_signs_out(own_desk, flags):
    one, other = flags.several(2)
    login = account(own_desk.services, "analyst", "Desk").login
    page = own_desk.signed_in(login=login)
    note, statement = page.get_by_label("Write a note"), page.get_by_role("textbox", name="Statement", exact=True)
    page.goto(f"/flags/{one.id}")
    note.fill("Seen on the evening news.")
    page.get_by_role("link", name="Check", exact=True).click()
    statement.fill("They are staging an attack.")
    page.get_by_label("Speaker").fill("Karpov")
    page.get_by_role("link", name="Archive", exact=True).click()
    expect(page).to_have_title("Archive · Refrain")
    page.get_by_role("link", name="Check", exact=True).click()
    expect(page.get_by_label("Speaker")).to_have_value("Karpov")
    expect(page.get_by_text("You typed this before and did not send it.")).to_have_count(2)
    page.goto(f"/flags/{other.id}")
    expect(note).to_have_value("")
    page.goto(f"/flags/{one.id}?sort=score")
    expect(note).to_have_value("Seen on the evening news.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("The note was kept.")).to_be_visible()
    expect(note).to_have_value("")
    page.goto("/check")
    expect(statement).to_have_value("They are staging an attack.")
    page.locator("header.top details.menu > summary").click()
    expect(page.locator("form.languages button")).to_have_text(["English", "Українська"])
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    assert "staging" not in page.evaluate("JSON.stringify(Object.assign({}, sessionStorage))")


def test_a_key_that_is_held_decides_once(own_desk, flags):
    flags.several(4)
    page = own_desk.signed_in()
    page.goto("/?sort=score")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Statement")).to_be_visible()
    page.keyboard.down("c")
    for _ in range(30):
        page.keyboard.down("c")  # what the keyboard repeats
    expect(page.get_by_text("Confirmed:")).to_be_visible()
    for _ in range(30):
        page.keyboard.down("c")
    page.keyboard.up("c")
    page.goto("/?state=confirmed")
    expect(page.locator(".flag-list > li")).to_have_count(1)


def test_files_and_the_way_out_are_left_to_the_browser(own_desk, flags):
    flags.several(1)
    page = own_desk.signed_in()
    page.goto("/?sort=score")
    page.locator("details.exports > summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    page.locator("header.top details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_everything_goes_on_without_scripts(own_desk, flags):
    flags.several(2)
    page = own_desk.signed_in(java_script_enabled=False)
    page.goto("/")
    page.locator(".flag-link").first.click()
    page.get_by_role("button", name="Confirm", exact=False).first.click()
    expect(page.get_by_text("Confirmed:")).to_be_visible()
    page.get_by_role("link", name="Archive", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Archive")


def test_a_statement_leads_back_to_the_search_and_its_row(own_desk, flags):
    one = flags.statement("A staged attack in Idlib is being prepared.")
    flags.statement("A staged attack in Hama is being prepared.")
    page = own_desk.signed_in()
    page.goto("/archive?q=staged&by=words")
    page.locator(f"main a[href='/statements/{one.id}']").first.click()
    expect(page.get_by_role("link", name="← Archive")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_attribute("href", f"/statements/{one.id}")
    assert page.evaluate("location.search") == "?q=staged&by=words"
