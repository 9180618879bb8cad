"""Undoing: the newest by one key, any by a list of what it would undo, and a reason where it is refused."""

import pytest
from builders import account
from flags_on_desk import FlagsOnDesk
from playwright.sync_api import expect


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


def judge(page, count):
    page.goto("/?sort=score")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    for number in range(count):
        expect(page.get_by_role("region", name="Statement")).to_contain_text(f"Attack number {number} ")
        page.keyboard.press("c")
    expect(page.get_by_role("region", name="Statement")).to_contain_text(f"Attack number {count} ")


def entries(page):
    return page.locator("[data-undo-list] > li")


def test_what_was_done_is_listed_and_any_of_it_is_undone(own_desk, flags, axe):
    flags.several(5)
    page = own_desk.signed_in()
    judge(page, 3)
    page.goto("/archive")  # the list lasts as long as the window
    page.keyboard.press("U")
    expect(page.get_by_role("dialog", name="What can be undone")).to_be_visible()
    expect(entries(page)).to_have_count(3)
    for at, number in enumerate((2, 1, 0)):
        expect(entries(page).nth(at)).to_contain_text(f"Confirmed: “Attack number {number} is being staged.”")
    axe(page)
    entries(page).nth(1).get_by_role("button").click()
    expect(page.get_by_text("The decision was taken back")).to_be_visible()
    expect(page.get_by_role("region", name="Statement")).to_contain_text("Attack number 1 ")
    page.goto("/archive")
    page.keyboard.press("u")
    expect(page.get_by_role("region", name="Statement")).to_contain_text("Attack number 2 ")
    page.goto("/archive")
    page.keyboard.press("u")
    expect(page.get_by_role("region", name="Statement")).to_contain_text("Attack number 0 ")
    page.keyboard.press("U")
    expect(page.get_by_text("Nothing that you did in this window can be undone.")).to_be_visible()
    page.goto("/")
    expect(page.locator(".flag-list > li")).to_have_count(5)


def test_a_refused_undo_says_why_and_stays_in_the_list(own_desk, flags):
    flags.several(3)
    page = own_desk.signed_in()
    judge(page, 1)
    page.route("**/undo*", lambda route: route.continue_(url=route.request.url.replace("/reviews/", "/reviews/0")))
    page.keyboard.press("U")
    entries(page).first.get_by_role("button").click()
    expect(page.locator("#messages .message.bad")).to_be_visible()
    page.keyboard.press("U")
    expect(entries(page)).to_have_count(1)
    expect(entries(page).first).to_contain_text("Not undone:")


def test_another_account_in_the_same_window_has_a_list_of_its_own(own_desk, flags):
    flags.several(3)
    page = own_desk.signed_in()
    judge(page, 1)
    page.locator("header.top details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    own_desk.sign_in(page, account(own_desk.services).login)
    page.keyboard.press("U")
    expect(page.get_by_text("Nothing that you did in this window can be undone.")).to_be_visible()
