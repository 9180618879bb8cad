"""Signing in and out, in a real browser."""

import pyotp
from builders import PASSWORD, account
from playwright.sync_api import expect


def test_who_is_not_signed_in_is_asked_to_and_then_comes_to_the_page_that_was_wanted(desk):
    login = account(desk.services, "admin").login
    page = desk.browser()
    page.goto("/people")
    expect(page).to_have_title("Sign in · Refrain")
    desk.sign_in(page, login)
    assert page.url == f"{desk.url}/people"


def test_a_wrong_password_says_so_in_words_that_tell_nothing_of_the_account(desk):
    login = account(desk.services).login
    page = desk.browser()
    said = []
    for name in (login, "nobody-of-this-name"):
        page.goto("/sign-in")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill("not the password")
        page.keyboard.press("Enter")
        said.append(page.get_by_role("alert").inner_text())
        expect(page.get_by_label("Name")).to_have_value(name)
        expect(page.get_by_label("Password")).to_be_focused()
    assert said == ["The name or the password is wrong."] * 2


def test_after_wrong_passwords_the_page_says_how_long_to_wait(own_desk):
    login = account(own_desk.services).login
    page = own_desk.browser()
    page.goto("/sign-in")
    for _ in range(12):  # the wait doubles each time: on a busy machine the first ones may be over already
        page.get_by_label("Name").fill(login)
        page.get_by_label("Password").fill("not the password")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if "Too many" in page.get_by_role("alert").inner_text():
            break
    expect(page.get_by_role("alert")).to_contain_text("Too many wrong passwords. Try again in")


def test_signing_out_ends_the_session_and_going_back_shows_nothing(desk):
    page = desk.signed_in("reader")
    page.goto("/account")
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed out.")
    page.go_back()
    expect(page).to_have_title("Sign in · Refrain")


def test_readers_have_no_links_to_admin_pages_and_get_403_there(desk):
    page = desk.signed_in("reader")
    page.goto("/account")
    page.locator(".menu > summary").click()
    expect(page.get_by_role("link", name="People")).to_have_count(0)
    page.goto("/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not yours to do")


def test_a_password_made_by_an_admin_has_to_be_changed_at_the_first_sign_in(desk):
    made, one_time = desk.services.manage_accounts.create("newcomer", "New Comer", account(desk.services).role, "Desk")
    page = desk.browser()
    desk.sign_in(page, made.login, one_time)
    page.goto("/keys")
    assert page.url == f"{desk.url}/account"
    page.get_by_label("Current password").fill(one_time)
    page.get_by_label("New password").fill("too short")
    page.get_by_role("button", name="Change the password").click()
    assert page.locator("#password:invalid").count() == 1
    page.get_by_label("New password").fill("blue boats in the harbour")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_role("status")).to_contain_text("The password is changed.")


def test_an_admin_invites_somebody_who_can_sign_in_with_what_is_shown_once(desk):
    page = desk.signed_in("admin")
    page.goto("/people")
    page.get_by_label("Name to sign in with").fill("Maria@Example.org")
    page.get_by_label("Name others see").fill("María Núñez")
    page.get_by_label("Role", exact=True).last.select_option("analyst")
    page.get_by_role("button", name="Make the account").click()
    one_time = page.locator(".secret").inner_text()
    expect(page.get_by_role("row", name="María Núñez")).to_be_visible()
    other = desk.browser()
    desk.sign_in(other, "maria@example.org", one_time)
    other.goto("/account")
    expect(other.get_by_text("Somebody else made your password.")).to_be_visible()


def test_a_closed_account_is_out_at_once(desk):
    user = account(desk.services)
    page = desk.signed_in(login=user.login)
    page.goto("/account")
    desk.services.manage_accounts.disable(user.id)
    page.goto("/account")
    expect(page).to_have_title("Sign in · Refrain")


def test_keys_are_made_and_revoked_by_session(desk):
    page = desk.signed_in("admin")
    page.goto("/keys")
    page.get_by_label("What it is for").fill("our plugin")
    page.get_by_label("check: check statements and articles").check()
    page.get_by_role("button", name="Make the key").click()
    assert page.locator(".secret").inner_text().startswith("rfr_")
    row = page.get_by_role("row", name="our plugin")
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke the key").click()
    expect(page.get_by_role("row", name="our plugin")).to_contain_text("revoked")


def test_the_choice_of_dark_colours_is_kept(desk):
    page = desk.signed_in("reader")
    page.goto("/account")
    page.locator(".menu > summary").click()
    page.get_by_label("Dark").check()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_the_help_for_keys_lists_them_and_they_can_be_turned_off(desk):
    page = desk.signed_in("reader")
    page.goto("/account")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_contain_text("Queue")
    dialog.get_by_label("Single keys do something").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("a")
    assert page.url == f"{desk.url}/account"


def test_times_are_shown_in_the_zone_of_the_reader(desk):
    user = account(desk.services, "admin")
    shown = []
    for zone in ("Asia/Tokyo", "America/New_York"):
        page = desk.signed_in(login=user.login, zone=zone)
        page.goto("/account")
        time = page.locator("time").first
        shown.append((time.get_attribute("datetime"), time.inner_text()))
    assert shown[0] != shown[1]
    assert all("UTC" not in text for _, text in shown)


def test_every_page_of_accounts_is_accessible_light_and_dark_wide_and_narrow(desk, axe):
    for size in (desk.WIDE, desk.NARROW):
        page = desk.browser(size=size)
        page.goto("/sign-in")
        axe(page)
        page = desk.signed_in("admin", size=size)
        for address in ("/account", "/people", "/keys", "/webhooks", "/nowhere"):
            page.goto(address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, size)
        page.goto("/account")
        page.locator(".menu > summary").click()
        axe(page)


def test_a_password_field_is_filled_by_password_managers(desk):
    page = desk.browser()
    page.goto("/sign-in")
    assert page.get_by_label("Name").get_attribute("autocomplete") == "username"
    assert page.get_by_label("Password").get_attribute("autocomplete") == "current-password"
    assert PASSWORD not in page.content()


def test_a_second_factor_is_set_up_and_asked_for_by_keyboard_alone(desk):
    login = account(desk.services).login
    page = desk.browser()
    desk.sign_in(page, login)
    page.goto("/account")
    page.locator("#factor-current").fill(PASSWORD)
    page.keyboard.press("Enter")
    picture = page.get_by_role("img", name="QR code of the secret below")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100"), "the policy of the page lets it in"
    secret = pyotp.TOTP(page.locator("#second-factor code.secret").inner_text())
    now = desk.services.sign_in.clock
    page.get_by_role("textbox", name="Code").fill(secret.at(now()))
    page.keyboard.press("Enter")
    expect(page.locator("li code.secret")).to_have_count(10)
    recovery_code = page.locator("li code.secret").first.inner_text()
    other = desk.browser()
    other.goto("/sign-in")
    other.get_by_label("Name").fill(login)
    other.get_by_label("Password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.get_by_label("Code")).to_be_focused()
    other.keyboard.type("000000")
    other.keyboard.press("Enter")
    expect(other.get_by_role("alert")).to_contain_text("That code is wrong")
    other.keyboard.type(recovery_code)
    other.keyboard.press("Enter")
    other.wait_for_url(f"{desk.url}/overview")
