"""The language of the desk in a browser: chosen in the menu or with the account, and as usable as in English."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft, signed_in
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
PAGES = ["/", "/check", "/checks/{check}", "/flags/{check}", "/archive", "/statements/{statement}", "/narratives",
         "/narratives/{narrative}", "/account", "/people", "/keys", "/feeds", "/watched-sources", "/audit"]  # fmt: skip


@pytest.fixture(scope="module")
def places(served):
    built = served.services
    [recorded] = built.record_statements([draft(STAGED, "2021-04-24", narratives=["Staged attacks"], speaker="Karpov")])
    browser = signed_in(built, "admin")
    checked = browser.post("/check", data={"text": STAGED_ELSEWHERE, "said_at": "2021-05-23"})
    return {
        "check": checked.headers["location"].split("/")[-1],
        "statement": recorded.statement.id,
        "narrative": recorded.statement.narratives[0].id,
    }


@pytest.fixture(scope="module")
def ukrainian(served):
    """What the browser of an admin keeps who has chosen Ukrainian with the account."""
    page = served.signed_in("admin")
    page.goto("/account")
    page.get_by_label("Language of the pages").select_option("Українська")
    page.get_by_role("region", name="Language").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ваш обліковий запис")
    kept = page.context.storage_state()
    served.close_browsers()
    return kept


def test_who_is_not_signed_in_chooses_in_the_menu_by_keyboard_and_signs_in_in_that_language(desk):
    page = desk.browser()
    page.goto("/sign-in?next=/archive")
    page.get_by_text("Menu", exact=True).press("Enter")
    page.get_by_role("button", name="Українська").press("Enter")
    expect(page.get_by_role("button", name="Увійти")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    assert page.url.endswith("/sign-in?next=/archive")
    page.get_by_text("Меню", exact=True).click()
    expect(page.get_by_role("button", name="Українська")).to_have_attribute("aria-pressed", "true")
    user = signed_in(desk.services, "analyst").user
    page.get_by_label("Імʼя").fill(user.login)
    page.get_by_label("Пароль").fill("a long walk by the sea")
    page.get_by_role("button", name="Увійти").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Архів")


def test_times_are_written_as_the_language_writes_them_and_statements_stay_as_they_were_said(desk, places, ukrainian):
    page = desk.browser(storage_state=ukrainian)
    page.goto("/account")
    expect(page.locator("time[title]").first).to_contain_text(" р. о ")
    page.goto(f"/flags/{places['check']}")
    expect(page.locator(".explanation")).to_contain_text("Той самий сценарій, що й 24 квітня 2021 року")
    expect(page.locator(".explanation")).to_have_attribute("lang", "uk")
    expect(page.locator(".statement").first).to_have_text(STAGED_ELSEWHERE)
    expect(page.locator(".statement").first).to_have_attribute("lang", "en")


def test_the_choice_is_taken_back_where_it_was_made(desk):
    page = desk.signed_in("reader")
    page.goto("/archive")
    page.locator("header details.menu summary").click()
    page.get_by_role("button", name="Українська").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Архів")
    assert page.url.endswith("/archive")
    page.goto("/account")
    page.get_by_label("Мова сторінок").select_option("Як просить браузер")
    page.get_by_role("region", name="Мова").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_ukrainian_is_accessible_and_fits_a_phone(desk, places, ukrainian, axe, path):
    page = desk.browser(storage_state=ukrainian, size=PHONE)
    page.goto(path.format(**places))
    page.wait_for_load_state("networkidle")
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    axe(page)
