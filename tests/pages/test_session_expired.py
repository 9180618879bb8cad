"""A session that ends while one works: one signs in over the page, and nothing that was typed or decided is lost."""

import pyotp
import pytest
from builders import GRAIN, PASSWORD, STAGED, account, draft
from flags_on_desk import FlagsOnDesk
from oidc_server import CLIENT, SECRET, providing
from playwright.sync_api import expect

from app.admin_wiring import now
from app.domain.jobs.background_runs import RunKind


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


@pytest.fixture
def ada(own_desk):
    return account(own_desk.services, "analyst", "Desk", "ada", "Ada")


def end_sessions(desk, user):
    for session in desk.services.sign_in.sessions(user):
        desk.services.sign_in.sign_out(session)


def dialog(page):
    return page.get_by_role("dialog", name="Your session has ended")


def sign_in_over(page, login="ada", password=PASSWORD):
    dialog(page).get_by_label("Name").fill(login)
    dialog(page).get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def opened_flag(page):
    page.goto("/?sort=score")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    statement = page.get_by_role("region", name="Statement").locator(".statement")
    expect(statement).to_have_text("Attack number 0 is being staged.")
    return statement


def test_a_decision_is_applied_after_signing_in_over_the_page(own_desk, flags, ada, axe):
    flags.several(3)
    page = own_desk.signed_in(login="ada")
    statement = opened_flag(page)
    end_sessions(own_desk, ada)
    page.keyboard.press("c")
    expect(dialog(page)).to_contain_text("This was not applied: Confirm")
    axe(page)
    sign_in_over(page, password="wrong wrong wrong")
    expect(dialog(page).get_by_role("alert")).to_contain_text("wrong")
    sign_in_over(page)
    expect(dialog(page).get_by_role("button", name="Apply it now")).to_be_focused()
    axe(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Confirmed:")).to_be_visible()
    expect(statement).to_have_text("Attack number 1 is being staged.")
    page.keyboard.press("c")  # with the token of the new session
    expect(statement).to_have_text("Attack number 2 is being staged.")
    expect(page.get_by_text("Confirmed: “Attack number 1")).to_be_visible()
    page.goto("/?state=confirmed")
    expect(page.locator(".flag-list > li")).to_have_count(2)


def test_a_form_keeps_its_text_and_is_sent(own_desk, ada):
    page = own_desk.signed_in(login="ada")
    page.goto("/check")
    page.get_by_label("Statement", exact=True).fill("They are staging an attack in Idlib to blame the government.")
    end_sessions(own_desk, ada)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Statement", exact=True)).to_have_value(
        "They are staging an attack in Idlib to blame the government."
    )
    page.get_by_role("button", name="Check", exact=True).click()
    sign_in_over(page)
    page.get_by_role("button", name="Apply it now").click()
    page.wait_for_url("**/checks/*")
    expect(page.locator(".checked .statement")).to_contain_text("staging an attack in Idlib")


def test_a_filter_never_prints_a_problem_into_the_list(own_desk, flags, ada):
    flags.several(3)
    page = own_desk.signed_in(login="ada")
    page.goto("/?sort=score")
    end_sessions(own_desk, ada)
    page.locator("#q").fill("number 2")
    expect(dialog(page)).to_be_visible()
    expect(page.locator(".flag-list > li")).to_have_count(3)
    sign_in_over(page)
    page.get_by_role("button", name="Apply it now").click()
    expect(page.locator(".flag-list > li")).to_have_count(1)


def test_what_one_account_did_is_not_applied_as_another(own_desk, flags, ada):
    flags.several(2)
    account(own_desk.services, "analyst", "Desk", "ben", "Ben")
    page = own_desk.signed_in(login="ada")
    opened_flag(page)
    end_sessions(own_desk, ada)
    page.keyboard.press("c")
    sign_in_over(page, "ben")
    expect(dialog(page)).to_contain_text("You are signed in as Ben")
    expect(dialog(page)).to_contain_text("Nothing of it was applied")
    expect(dialog(page).get_by_role("button", name="Apply it now")).to_be_hidden()
    page.get_by_role("link", name="To your own start page").click()
    expect(page.locator(".flag-list > li")).to_have_count(2)


def follow_a_run_whose_session_ends(desk, user):
    """A page that asks every two seconds how the map gets on, after its session has ended."""
    desk.services.record_statements([draft(STAGED), draft(GRAIN)])
    page = desk.signed_in(login="ada")
    page.goto("/map")
    page.get_by_role("button", name="Bring it up to date").click()
    expect(page.get_by_text("The map is being made")).to_be_visible()
    end_sessions(desk, user)
    return page


def test_a_page_that_follows_something_asks_once_to_sign_in_again_and_goes_on(own_desk, ada):
    page = follow_a_run_whose_session_ends(own_desk, ada)
    sign_in_over(page)
    dialog(page).get_by_role("button", name="Apply it now").click()
    own_desk.services.archive_runs.finish(RunKind.MAP)
    expect(page.locator("[data-map-list] li")).to_have_count(2)


def test_who_does_not_sign_in_again_is_not_asked_every_two_seconds(own_desk, ada):
    page = follow_a_run_whose_session_ends(own_desk, ada)
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_response("**/map") as polled:
        pass
    assert polled.value.status == 401
    page.wait_for_timeout(300)
    expect(dialog(page)).to_be_hidden()


def test_who_signed_in_in_another_window_goes_on(own_desk, flags, ada):
    flags.several(2)
    page = own_desk.signed_in(login="ada")
    opened_flag(page)
    end_sessions(own_desk, ada)
    page.keyboard.press("c")
    with page.context.expect_page() as other:
        page.get_by_role("link", name="Sign in in a new window").click()
    own_desk.sign_in(other.value, "ada")
    page.bring_to_front()
    page.get_by_role("button", name="I have signed in").click()
    page.get_by_role("button", name="Apply it now").click()
    expect(page.get_by_text("Confirmed:")).to_be_visible()


def test_the_code_of_a_second_factor_is_asked_for_over_the_page(own_desk, flags, ada, axe):
    flags.several(2)
    page = own_desk.signed_in(login="ada")
    statement = opened_flag(page)
    factor = own_desk.services.second_factor
    [session] = own_desk.services.sign_in.sessions(ada)
    secret = factor.begin(session, PASSWORD).secret
    recovery = factor.confirm(ada, pyotp.TOTP(secret).at(now()))
    end_sessions(own_desk, ada)
    page.keyboard.press("c")
    sign_in_over(page)
    code = dialog(page).get_by_label("Code")
    expect(code).to_be_focused()
    axe(page)
    code.fill("000000")
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("alert")).to_be_visible()
    code.fill(recovery[0])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Apply it now").click()
    expect(page.get_by_text("Confirmed:")).to_be_visible()
    expect(statement).to_have_text("Attack number 1 is being staged.")


def test_one_signs_in_by_another_provider_from_the_dialog(serve_desk):
    with providing(now, claims={"name": "Ada", "email": "ada@example.org"}) as provider:
        oidc = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET,
                "oidc_allowed_hosts": "127.0.0.1", "oidc_organisation": "Desk"}  # fmt: skip
        with serve_desk(**oidc) as desk:
            FlagsOnDesk(desk.services).several(3)
            page = desk.browser()
            page.goto("/sign-in/sso?next=/%3Fsort=score")
            expect(page.locator(".flag-list > li")).to_have_count(3)
            [ada] = desk.services.manage_accounts.all()
            end_sessions(desk, ada)
            page.locator("#q").fill("number 2")
            expect(dialog(page)).to_be_visible()
            with page.context.expect_page() as other:
                dialog(page).get_by_role("link", name="Sign in with").click()
            expect(other.value.get_by_role("link", name="Queue")).to_be_visible()
            page.bring_to_front()
            dialog(page).get_by_role("button", name="I have signed in").click()
            dialog(page).get_by_role("button", name="Apply it now").click()
            expect(page.locator(".flag-list > li")).to_have_count(1)
            desk.close_browsers()
