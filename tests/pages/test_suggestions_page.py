"""Suggested narratives in a browser: accepted, edited and refused by one key each, and taken back."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, signed_in
from playwright.sync_api import expect

from app.domain.jobs.background_runs import RunKind

STAGED_AGAIN = "The White Helmets are preparing a staged chemical attack in Aleppo to blame the government."
BASES = [
    f"NATO builds a secret biological laboratory near {city} to infect migrating birds."
    for city in ("Odesa", "Kharkiv", "Lviv")
]


@pytest.fixture
def suggested(own_desk):
    """A desk with two suggestions: three staged attacks and three laboratories."""
    own_desk.services.record_statements(
        [
            draft(STAGED, "2021-04-24", speaker="Alexander Karpov"),
            draft(STAGED_ELSEWHERE, "2021-05-01"),
            draft(STAGED_AGAIN, "2021-05-20", speaker="Ivan Volkov"),
            *(draft(text, f"2022-0{number}-01") for number, text in enumerate(BASES, start=1)),
            draft(GRAIN, "2021-04-01"),
        ]
    )
    assert own_desk.services.archive_runs.finish(RunKind.SUGGESTIONS).error is None
    return own_desk


def groups(page):
    return page.locator(".suggested")


def press(page, key):
    """Presses a key once the scripts of the page are there."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_a_suggestion_is_made_a_narrative_by_one_key_and_taken_back_by_another(suggested):
    page = suggested.signed_in()
    page.goto("/suggestions")
    expect(groups(page)).to_have_count(2)
    expect(groups(page).filter(has_text="White Helmets")).to_contain_text("staged chemical attack")
    press(page, "j")
    press(page, "Enter")
    page.wait_for_url("**/suggestions/*")
    first = page.get_by_label("Title of the narrative").input_value()
    press(page, "a")
    expect(page.get_by_text("was made of 3 statements")).to_be_visible()
    assert suggested.services.edit_narrative.resolve(first) is not None
    press(page, "u")
    expect(page.get_by_text("it is a suggestion again")).to_be_visible()
    assert suggested.services.edit_narrative.resolve(first) is None
    page.goto("/suggestions")
    expect(groups(page)).to_have_count(2)


def test_the_title_is_edited_and_a_statement_left_out_without_the_mouse(suggested):
    page = suggested.signed_in()
    page.goto("/suggestions")
    groups(page).filter(has_text="White Helmets").get_by_role("link").click()
    page.wait_for_url("**/suggestions/*-*")
    press(page, "2")
    expect(page.locator("#member-2")).not_to_be_checked()
    press(page, "e")
    page.keyboard.type("Staged attacks")
    press(page, "Enter")
    expect(page.get_by_text("“Staged attacks” was made of 2 statements")).to_be_visible()
    narrative = suggested.services.edit_narrative.resolve("Staged attacks")
    assert suggested.services.edit_narrative.get(narrative.id).statement_count == 2


def test_a_refused_suggestion_stays_away_until_it_is_wanted_again(suggested):
    page = suggested.signed_in()
    page.goto("/suggestions")
    groups(page).first.get_by_role("link").click()
    page.wait_for_url("**/suggestions/*-*")
    press(page, "x")
    expect(page.get_by_text("not suggested any more")).to_be_visible()
    suggested.services.archive_runs.finish(RunKind.SUGGESTIONS)
    page.goto("/suggestions")
    expect(groups(page)).to_have_count(1)
    page.get_by_text("1 refused suggestion").click()
    page.get_by_role("button", name="Suggest it again").click()
    expect(groups(page)).to_have_count(2)


def test_undo_of_a_refusal(suggested):
    page = suggested.signed_in()
    page.goto("/suggestions")
    groups(page).first.get_by_role("link").click()
    page.wait_for_url("**/suggestions/*-*")
    press(page, "x")
    expect(page.get_by_text("not suggested any more")).to_be_visible()
    press(page, "u")
    expect(groups(page)).to_have_count(2)


def test_the_page_shows_how_far_a_run_is_and_what_it_found(own_desk):
    own_desk.services.record_statements([draft(text) for text in (STAGED, STAGED_ELSEWHERE, STAGED_AGAIN)])
    page = own_desk.signed_in()
    page.goto("/suggestions")
    expect(page.get_by_text("The archive has not been searched yet")).to_be_visible()
    press(page, "r")
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    own_desk.services.archive_runs.finish(RunKind.SUGGESTIONS)
    expect(groups(page)).to_have_count(1)
    expect(page.get_by_text("Last looked through")).to_be_visible()


def test_nothing_chosen_is_said_at_the_form(suggested):
    page = suggested.signed_in()
    page.goto("/suggestions")
    groups(page).first.get_by_role("link").click()
    page.wait_for_url("**/suggestions/*-*")
    for key in "123":
        press(page, key)
    press(page, "a")
    expect(page.get_by_text("Choose at least one statement.")).to_be_visible()


def test_a_reader_looks_and_does_not_decide(suggested):
    page = suggested.signed_in("reader")
    page.goto("/suggestions")
    groups(page).first.get_by_role("link").click()
    page.wait_for_url("**/suggestions/*-*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Make it a narrative")).to_have_count(0)
    browser = signed_in(suggested.services, "reader")
    for address in ("run", "x/accept", "x/refuse", "x/reopen", "refusals/x/withdraw"):
        assert browser.post(f"/suggestions/{address}").status_code == 403
