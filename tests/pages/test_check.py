"""Checking a statement in a real browser."""

import re

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft
from playwright.sync_api import expect


@pytest.fixture(scope="module", autouse=True)
def archived(served):
    served.services.record_statements(
        [draft(STAGED, "2021-04-24", narratives=["Staged attacks"], speaker="Alexander Karpov")]
    )


def check(page, text, said_at="2021-05-23"):
    page.goto("/check")
    page.get_by_label("Statement", exact=True).fill(text)
    page.get_by_label("Said on").fill(said_at)
    page.get_by_role("button", name="Check", exact=True).click()


def test_what_is_pasted_is_answered_on_the_same_page_at_an_address_of_its_own(desk):
    page = desk.signed_in()
    check(page, STAGED_ELSEWHERE)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Said at least once before"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert re.search(r"/checks/[0-9a-f-]{36}$", page.url)
    expect(page.get_by_role("article")).to_contain_text(STAGED)
    page.reload()
    expect(page.get_by_role("article")).to_contain_text("Alexander Karpov")
    page.go_back()
    expect(page.get_by_label("Statement", exact=True)).to_be_visible()


def test_without_scripts_it_works_as_well(desk):
    page = desk.signed_in(java_script_enabled=False)
    check(page, STAGED_ELSEWHERE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("29 days earlier")


def test_what_is_wrong_is_said_at_the_field_and_the_text_stays(desk, axe):
    page = desk.signed_in()
    check(page, STAGED_ELSEWHERE, "sometime")
    field = page.get_by_label("Said on")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("This cannot be read as a date")).to_be_visible()
    expect(page.get_by_label("Statement", exact=True)).to_have_value(STAGED_ELSEWHERE)
    axe(page)
    field.fill("2021-05-23")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("29 days earlier")


def test_a_script_in_a_statement_is_text(desk):
    page = desk.signed_in()
    check(page, "<img src=x onerror=alert(1)> <script>document.title = 'taken'</script>")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing like it was said before")
    expect(page.get_by_text("onerror=alert(1)")).to_be_visible()
    assert "taken" not in page.title()


def test_by_keys_alone_from_check_to_archive_and_the_next_repeat_finds_it(desk):
    page = desk.signed_in(size=desk.NARROW)
    check(page, STAGED_ELSEWHERE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("at least once")
    page.keyboard.press("a")
    page.get_by_role("button", name="Put it in the archive").press("Enter")
    page.wait_for_url("**/statements/*")
    expect(page.get_by_role("status").get_by_text("It is in the archive now")).to_be_visible()
    check(page, STAGED_ELSEWHERE, "2021-06-23")
    expect(page.get_by_role("heading", level=1)).to_contain_text("at least 2 times before")
    page.keyboard.press("f")
    page.wait_for_url("**/flags/*")
