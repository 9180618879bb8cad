"""Linking by number, keys on the result of a check, and a text that nothing is like."""

import re

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft
from flags_on_desk import APRIL, MAY, FlagsOnDesk
from playwright.sync_api import expect

NONSENSE = "Zebras graze beside quiet purple teapots."


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


def said(page, text):
    expect(page.locator("#messages")).to_contain_text(text)


def check(page, text):
    page.goto("/check")
    page.get_by_label("Statement", exact=True).fill(text)
    page.get_by_label("Said on").fill("2021-05-23")
    page.get_by_label("Statement", exact=True).press("Control+Enter")
    page.wait_for_url("**/checks/*")


def test_candidates_have_scores_and_are_chosen_by_number(own_desk, flags, axe):
    check = flags.flag(STAGED_ELSEWHERE, [flags.statement(APRIL)])
    wanted = flags.statement(STAGED, "2021-03-02")
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}")
    page.keyboard.press("l")
    expect(page.get_by_role("heading", name="Closest in meaning")).to_be_visible()
    first = page.locator("#found li").first
    expect(first).to_contain_text(wanted.text)
    expect(first.locator(".badge.tier .figure")).to_have_text(re.compile(r"^0\.\d\d$|^1\.00$"))
    axe(page)
    page.keyboard.press("1")
    said(page, "Confirmed")
    [review] = flags.services.browse_flags.get(flags.organisation, check.id).reviews
    assert review.precedent_id == wanted.id


def test_what_was_looked_for_is_chosen_by_number_once_the_search_is_left(own_desk, flags):
    check = flags.flag(MAY, [flags.statement(STAGED)])
    wanted = flags.statement(APRIL, "2021-03-02")
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}/link")
    page.keyboard.press("/")
    page.keyboard.type("provocation in the Idlib zone 1")
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    expect(page.locator("#found li").first).to_contain_text(wanted.text[:40])
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    page.keyboard.press("1")
    said(page, "Confirmed")


def test_for_a_text_that_nothing_is_like_the_nearest_are_folded_away(own_desk, flags, axe):
    check = flags.flag(NONSENSE, [flags.statement(STAGED)])
    flags.statement("The bridge over the river was opened by the mayor.", "2020-01-05")
    page = own_desk.signed_in()
    page.goto(f"/flags/{check.id}/link")
    expect(page.get_by_role("heading", name="Nothing like it")).to_be_visible()
    expect(page.locator("#found li").first).to_be_hidden()
    page.get_by_text("that came nearest").click()
    expect(page.locator("#found li").first).to_contain_text("The bridge")
    axe(page)


def test_a_check_of_nonsense_says_plainly_that_nothing_is_like_it(own_desk, axe):
    own_desk.services.record_statements([draft(STAGED, "2021-04-24")])
    page = own_desk.signed_in()
    check(page, NONSENSE)
    expect(page.get_by_role("heading", name="Nothing like it", exact=True)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(0)
    page.keyboard.press("m")
    expect(page.get_by_role("article")).to_contain_text(STAGED)
    axe(page)


def test_ctrl_enter_checks_and_a_number_opens_a_precedent(own_desk):
    [recorded] = own_desk.services.record_statements([draft(STAGED, "2021-04-24")])
    page = own_desk.signed_in()
    check(page, STAGED_ELSEWHERE)
    expect(page.get_by_role("article")).to_contain_text(STAGED)
    page.keyboard.press("1")
    page.wait_for_url(f"**/statements/{recorded.statement.id}")
