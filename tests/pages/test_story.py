"""A morning at the desk, in a real browser, with the real model, over the demo's archive and its queue."""

import re
from pathlib import Path

import pytest
from builders import account
from playwright.sync_api import expect

from app.cli.demo import check_incoming, demo_statement, incoming_statements
from app.formats.opening import Format, open_lines
from app.settings import Settings
from app.wiring import SAMPLE, build

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "article-2021-05-24.txt"
ARTICLE = SEED if SEED.is_file() else SAMPLE / "article.txt"
DECISIONS = ["c", "a", "d Enter", "c", "d 2", "c", "c", "d 5", "a", "c"]
"""What is pressed, flag by flag: confirm, confirm and archive, dismiss, dismiss with a reason."""


@pytest.fixture(scope="module")
def served(chromium, serving_of_any_scope, tmp_path_factory):
    """As `make run` leaves it, in an organisation called Desk."""
    folder = tmp_path_factory.mktemp("story")
    built = build(Settings(data_dir=folder))
    built.archive.open()
    built.archive.backfill()
    with serving_of_any_scope(folder, chromium, built=built) as one:
        lines = ((file.name, line) for file, line in open_lines(SAMPLE, Format.AUTO))
        built.import_statements(lines)
        organisation = account(built, "analyst", "Desk", "ada").organisation
        check_incoming(built, organisation, incoming_statements(organisation), lambda _: None)
        yield one


@pytest.fixture
def page(desk):
    return desk.signed_in(login="ada")


def open_count(page):
    """How many flags the queue says are open."""
    page.goto("/")
    return int(re.search(r"\d+", page.get_by_role("link", name=re.compile("^Open")).inner_text())[0])


def press(page, keys):
    """One key after the other, as fast as what they open is there."""
    for key in keys.split():
        page.keyboard.press(key)
        if key == "d":
            expect(page.locator("details[open] [data-first]")).to_be_focused()


def open_first_flag(page):
    page.locator("a[href^='/flags/']").first.click()
    page.wait_for_url("**/flags/*")


def checked(page, text, said_at):
    """The sentence that answers a statement."""
    page.goto("/check")
    page.get_by_label("Statement", exact=True).fill(text)
    page.get_by_label("Said on").fill(said_at)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url("**/checks/*")
    return page.get_by_role("heading", level=1).inner_text()


def test_ten_flags_are_judged_by_keys_and_one_decision_is_taken_back(page):
    before = open_count(page)
    assert before > 30
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/flags/*")
    for keys in DECISIONS:
        at = page.url
        press(page, keys)
        page.wait_for_url(lambda url, at=at: "/flags/" in url and url != at)
    expect(page.locator("#messages .saving")).to_have_count(0)
    expect(page.get_by_role("status").get_by_text("Confirmed")).to_be_visible()
    judged = page.url
    assert open_count(page) == before - 10
    page.goto(judged)
    page.keyboard.press("c")
    page.wait_for_url(lambda url: url != judged)
    page.keyboard.press("u")
    expect(page.get_by_role("status").get_by_text("The decision was taken back")).to_be_visible()
    assert open_count(page) == before - 10


def test_a_precedent_that_was_missed_is_linked_by_hand(page):
    page.goto("/?language=it")
    open_first_flag(page)
    page.keyboard.press("l")
    page.wait_for_url("**/link*")
    page.get_by_label("Look for an earlier statement").fill("chlorine brought by the White Helmets")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    link = page.get_by_role("button", name=re.compile("Confirm with this precedent")).first
    link.click()
    expect(page.get_by_role("status").get_by_text("Confirmed")).to_be_visible()


def test_an_article_is_read_and_its_claims_have_speakers_dates_and_precedents(page):
    page.goto("/check/article")
    page.get_by_label("Article", exact=True).fill(ARTICLE.read_text("utf-8"))
    page.get_by_label("Published on").fill("2021-05-24")
    page.get_by_role("button", name="Find the claims").click()
    page.wait_for_url("**/documents/*")
    claims = page.locator(".claim-card")
    assert claims.count() >= 4
    expect(claims.first).to_contain_text("Russian Center for Reconciliation")
    expect(claims.filter(has_text="24 April 2021").first).to_contain_text("Alexander Karpov")
    expect(claims.filter(has_text="Alexander Karpov").first).to_contain_text("same script")
    page.locator("a.claim").nth(1).click()
    expect(page.locator(".claim-card:has(details[open])").get_by_role("article").first).to_contain_text("days before")


def test_a_flag_archived_by_one_key_is_found_by_the_next_check(page):
    may, day = demo_statement()
    repeat = may.replace("Six tanks", "Nine tanks")
    assert "last on 24 April 2021" in checked(page, repeat, "2021-06-23")
    assert "2021-04-24" in checked_dates(page)
    page.goto("/?state=any&q=Six+tanks+of+poison+gas")
    open_first_flag(page)
    page.keyboard.press("a")
    expect(page.get_by_role("status").get_by_text("Confirmed and archived")).to_be_visible()
    assert "last on 23 May 2021" in checked(page, repeat, "2021-06-23")
    assert checked_dates(page)[0] == day.text


def checked_dates(page):
    """When the precedents were said, the best first."""
    return page.locator(".precedent header time").evaluate_all("all => all.map((one) => one.dateTime)")
