"""Dates are typed as people write them, understood before they are sent, and doubted where they lie in the future."""

import re

from builders import STAGED_ELSEWHERE
from playwright.sync_api import expect

TODAY = re.compile(r"\d{1,2} \w+ 20\d\d")


def said(page, field="said_at"):
    return page.locator(f"#{field}-read")


def test_a_date_is_understood_while_it_is_typed_and_the_check_takes_it(desk, axe):
    page = desk.signed_in()
    page.goto("/check")
    page.get_by_label("Statement", exact=True).fill(STAGED_ELSEWHERE)
    page.get_by_label("Said on").fill("24.05.2021")
    expect(said(page)).to_have_text("Understood as 24 May 2021.")
    page.get_by_label("Said on").fill("03/04/2021")
    expect(said(page)).to_contain_text("Understood as 3 April 2021, day first; not as 4 March 2021.")
    page.get_by_label("Said on").fill("вчора")
    expect(said(page)).to_contain_text(TODAY)
    page.get_by_label("Said on").fill("the other day, perhaps")
    expect(said(page)).to_contain_text("This cannot be read as a date.")
    axe(page)
    page.get_by_label("Said on").fill("May 2021")
    expect(said(page)).to_have_text("Understood as May 2021.")
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url("**/checks/*")
    expect(page.locator(".checked .facts")).to_contain_text("May 2021")


def test_the_calendar_fills_the_text(desk):
    page = desk.signed_in()
    page.goto("/check")
    picker = page.get_by_label("Choose a day")
    picker.fill("2021-05-24")
    picker.dispatch_event("change")
    expect(page.get_by_label("Said on")).to_have_value("2021-05-24")
    expect(said(page)).to_have_text("Understood as 24 May 2021.")


def test_a_date_in_the_future_is_refused_with_a_reason_unless_it_really_is_one(desk, axe):
    page = desk.signed_in()
    for address, field, button in (("/check", "Said on", "Check"), ("/archive/new", "Said on", "Record")):
        page.goto(address)
        page.locator("#text").fill(STAGED_ELSEWHERE)
        page.get_by_label(field).fill("2099")
        expect(said(page)).to_contain_text("That is in the future.")
        page.get_by_role("button", name=button).last.click()
        expect(page.locator("#said_at-error")).to_contain_text("2099 is in the future")
        expect(page.locator("#text")).to_have_value(STAGED_ELSEWHERE)
        axe(page)
        page.get_by_label("This date really is in the future").check()
        page.get_by_role("button", name=button).last.click()
        page.wait_for_url(re.compile("/(checks|statements)/"))
        expect(page.get_by_text("2099").first).to_be_visible()


def test_a_check_without_a_date_says_which_moment_it_took(desk):
    page = desk.signed_in()
    page.goto("/check")
    page.get_by_label("Statement", exact=True).fill(STAGED_ELSEWHERE)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url("**/checks/*")
    expect(page.locator(".checked .facts")).to_contain_text("compared with everything before now,")
    expect(page.locator(".checked .facts time")).to_have_text(TODAY)


def test_the_date_in_an_articles_head_is_taken_and_said(desk):
    page = desk.signed_in()
    page.goto("/check/article")
    page.get_by_label("Article", exact=True).fill(f"24 April 2021 — A warning.\n\nKarpov said: “{STAGED_ELSEWHERE}”")
    page.get_by_role("button", name="Find the claims").click()
    page.wait_for_url("**/documents/*")
    expect(page.get_by_text("Published on 24 April 2021, as the head of the article says.")).to_be_visible()
    expect(page.locator("main time").first).to_have_text("24 April 2021")


def test_filters_take_the_same_dates(desk):
    page = desk.signed_in()
    page.goto("/archive?said_from=24.05.2021&said_to=yesterday")
    expect(page.locator("#said_from-error")).to_have_count(0)
    page.goto("/?said_from=May+2021")
    expect(page.locator("#said_from-error")).to_have_count(0)
    expect(said(page, "said_from")).to_have_text("Understood as May 2021.")
