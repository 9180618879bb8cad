"""What cannot easily be taken back is asked first, names what will happen, and is undone where it can be."""

import pytest
from builders import account
from flags_on_desk import FlagsOnDesk
from playwright.sync_api import expect


@pytest.fixture
def keys(own_desk):
    made = own_desk.services.manage_keys.create("Of the newsroom", ["check"], "Desk")[1]
    return lambda: own_desk.services.manage_keys.all(made.organisation)


def test_revoking_a_key_is_asked_first_and_said_to_be_for_good(own_desk, keys, axe):
    page = own_desk.signed_in("admin")
    page.goto("/keys")
    opener = page.get_by_role("button", name="Revoke the key Of the newsroom")
    opener.click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("Revoke the key “Of the newsroom”?")
    expect(asked).to_contain_text("This cannot be undone.")
    expect(asked.get_by_role("button", name="Leave it as it is")).to_be_focused()
    axe(page)
    page.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    expect(opener).to_be_focused()
    assert [key.revoked_at for key in keys()] == [None]
    opener.click()
    asked.get_by_role("button", name="Revoke the key").click()
    expect(page.get_by_text("The key Of the newsroom is revoked.")).to_be_visible()
    assert keys()[0].revoked_at is not None


def test_without_scripts_it_takes_a_second_step(own_desk, keys):
    page = own_desk.signed_in("admin", java_script_enabled=False)
    page.goto("/keys")
    expect(page.get_by_text("This cannot be undone.")).to_be_hidden()
    page.get_by_role("button", name="Revoke the key Of the newsroom").click()
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    page.get_by_role("button", name="Revoke the key", exact=True).click()
    expect(page.get_by_text("The key Of the newsroom is revoked.")).to_be_visible()
    one = FlagsOnDesk(own_desk.services).statement()
    page.goto(f"/statements/{one.id}")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("It can be restored.")).to_be_visible()
    page.get_by_label("Reason").fill("A misquotation.")
    page.locator("details.asked form").get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("no check finds it any more")).to_be_visible()


def test_an_account_is_closed_after_a_question_and_opened_again(own_desk):
    ben = account(own_desk.services, "analyst", "Desk", "ben", "Ben")
    page = own_desk.signed_in("admin")
    page.goto("/people")
    page.get_by_role("button", name="Close the account of Ben").click()
    expect(page.get_by_role("dialog")).to_contain_text("The account can be opened again.")
    page.get_by_role("dialog").get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("The account of Ben is closed.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Close the account of Ben")).to_be_visible()
    assert own_desk.services.manage_accounts.get(ben.id).disabled_at is None


def test_a_view_is_removed_after_a_question_and_brought_back(own_desk):
    FlagsOnDesk(own_desk.services).several(2)
    page = own_desk.signed_in()
    page.goto("/?q=number")
    page.get_by_text("Save this list").click()
    page.get_by_label("Name for this list").fill("Numbers / all")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as “Numbers / all”.")).to_be_visible()
    page.locator(".page-head details.menu > summary").first.click()
    page.get_by_role("button", name="Remove the view Numbers / all").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The view “Numbers / all” was removed.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Saved as “Numbers / all”.")).to_be_visible()
    page.locator(".page-head details.menu > summary").first.click()
    expect(page.get_by_role("link", name="Numbers / all", exact=True)).to_be_visible()
