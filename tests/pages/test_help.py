"""Help in a browser: the tour by keyboard, the keys of a page by what they do, and the way to a word."""

import pytest
from builders import PASSWORD, STAGED, STAGED_ELSEWHERE, draft
from playwright.sync_api import expect

from app.domain.access.accounts import Role

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def newcomer(desk):
    """Opens a browser of a new account that has something in its queue."""

    def opened(login, **browser):
        desk.services.record_statements([draft(STAGED, "2021-04-24", speaker="Karpov")])
        desk.services.manage_accounts.create(login, "New Comer", Role.ANALYST, "Desk", PASSWORD)
        page = desk.browser(**browser)
        desk.sign_in(page, login)
        page.goto("/check")
        page.get_by_label("Statement", exact=True).fill(STAGED_ELSEWHERE)
        page.get_by_role("button", name="Check").click()
        page.wait_for_url("**/checks/*")
        page.goto("/overview")
        return page

    return opened


def inside(page, panel):
    """True if all of a panel can be seen without scrolling."""
    box, size = panel.bounding_box(), page.viewport_size
    return box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= size["width"] and (
        box["y"] + box["height"] <= size["height"]
    )  # fmt: skip


def test_a_new_account_takes_the_tour_by_enter_alone(newcomer, axe):
    page = newcomer("by-keyboard")
    page.get_by_role("button", name="Begin the tour").press("Enter")
    panel = page.get_by_role("dialog", name="The queue")
    expect(panel).to_be_visible()
    axe(page)
    titles = ["Narrow the list", "One flag", "Decide by one key", "Check something yourself", "The archive", "Help"]
    for title in titles:
        expect(page.get_by_role("button", name="Next", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        panel = page.get_by_role("dialog", name=title, exact=True)
        expect(panel).to_be_visible()
        expect(page.locator(".tour-target")).to_be_in_viewport()
        assert inside(page, panel), title
    page.get_by_role("button", name="Done").press("Enter")
    expect(page.get_by_text("The tour is closed")).to_be_visible()
    page.goto("/overview")
    expect(page.get_by_role("button", name="Begin the tour")).to_have_count(0)


def test_escape_closes_the_tour_and_help_begins_it_again(newcomer):
    page = newcomer("by-escape")
    page.get_by_role("button", name="Begin the tour").click()
    expect(page.get_by_role("button", name="Next", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_text("The tour is closed")).to_be_visible()
    page.goto("/help")
    page.get_by_role("button", name="Take the tour").click()
    expect(page.get_by_role("dialog", name="The queue")).to_be_visible()


def test_on_a_phone_the_tour_covers_nothing(newcomer, axe):
    page = newcomer("on-a-phone", size=PHONE)
    page.get_by_role("button", name="Begin the tour").click()
    for title in ("The queue", "Narrow the list", "One flag"):
        expect(page.get_by_role("dialog", name=title, exact=True)).to_be_visible()
        page.get_by_role("button", name="Next", exact=True).click()
    panel = page.get_by_role("dialog", name="Decide by one key")
    expect(panel).to_be_in_viewport()
    assert panel.evaluate("one => getComputedStyle(one).position") != "fixed"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    axe(page)


def test_the_keys_of_a_page_are_listed_by_what_they_do(newcomer, axe):
    page = newcomer("with-keys")
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("button", name="Not now")).to_have_count(0)
    page.goto("/")
    page.locator(".flag-list a").first.click()
    page.wait_for_url("**/flags/*")
    page.locator("body").press("?")
    keys = page.get_by_role("dialog", name="Keyboard")
    expect(keys.get_by_role("region", name="Decide and change")).to_contain_text("Confirm")
    expect(keys.get_by_role("region", name="Move and look")).to_contain_text("Skip")
    expect(keys.get_by_role("region", name="Go to another page")).to_contain_text("Archive")
    axe(page, "#keys-help")
    keys.get_by_role("link", name="All keys").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keys")
    page.goto("/check")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    expect(keys.get_by_role("region", name="Decide and change")).to_contain_text("CtrlEnterSend the form")


def test_a_word_leads_to_its_explanation(newcomer):
    page = newcomer("with-words")
    page.goto("/archive")
    page.locator("main ol a").first.click()
    page.get_by_role("link", name="What is meant by “Sighting”").click()
    page.wait_for_url("**/help#sighting")
    expect(page.locator("#sighting")).to_be_in_viewport()
