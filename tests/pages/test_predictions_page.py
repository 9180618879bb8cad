"""Predictions that have lapsed, worked off by keys."""

import pytest
from overview_data import PREDICTED, UNDATED, DeskWithHistory
from playwright.sync_api import expect


@pytest.fixture
def filled(own_desk):
    desk = DeskWithHistory(own_desk.services)
    for at, speaker in enumerate(("Karpov", "Lavrov", "Karpov")):
        desk.statement(UNDATED.format(at), 100 + at, ["Collapse"], speaker=speaker)
    desk.statement(PREDICTED.format(9), 5)
    return desk


def outcomes(desk):
    """Outcome and source of every finding that stands."""
    found = [finding for _, finding in desk.services.edit_finding.find(None, None, None, 50, desk.organisation)]
    return [(one.outcome, one.publisher, one.url, one.published_at and one.published_at.text) for one in found]


def test_three_are_worked_off_by_keys_with_their_sources(own_desk, filled):
    page = own_desk.signed_in()
    page.goto("/predictions")
    now = page.locator("#now")
    expect(now).to_be_focused()
    expect(now).to_contain_text("3 left in this list")
    expect(now).to_contain_text("said witness 0")
    expect(now).to_contain_text("It gives no date; 90 days had passed")

    page.keyboard.press("c")
    expect(page.get_by_text("Recorded: it cannot be known.")).to_be_visible()
    expect(page.locator("#now")).to_be_focused()
    expect(page.locator("#now")).to_contain_text("said witness 1")

    page.keyboard.press("h")  # without a source it asks for one
    expect(page.get_by_label("Address of the source")).to_be_focused()
    page.keyboard.type("https://www.news.example/it-happened")
    page.get_by_label("Published on").fill("2026-01-05")
    page.locator("#now-title").click()
    page.keyboard.press("h")
    expect(page.get_by_text("Recorded: it happened.")).to_be_visible()

    page.keyboard.press("s")
    page.keyboard.type("https://other.example/it-did-not")
    page.get_by_label("Publisher").fill("The Other")
    page.locator("#now-title").click()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Done: no prediction of this list is left.")).to_be_visible()
    assert outcomes(filled) == [
        ("did_not_happen", "The Other", "https://other.example/it-did-not", None),
        ("happened", "news.example", "https://www.news.example/it-happened", "2026-01-05"),
        ("unknown", None, None, None),
    ]


def test_an_outcome_is_taken_back_by_undo(own_desk, filled):
    page = own_desk.signed_in()
    page.goto("/predictions?narrative=Collapse")
    page.keyboard.press("j")
    expect(page.locator("#now")).to_contain_text("said witness 1")
    page.keyboard.press("c")
    expect(page.locator("#now")).to_contain_text("2 left in this list")
    expect(page.locator("#now")).to_contain_text("said witness 2")
    page.keyboard.press("u")
    expect(page.get_by_text("The outcome was taken back.")).to_be_visible()
    expect(page.locator("#now")).to_contain_text("said witness 1")
    expect(page.locator("#now")).to_contain_text("3 left in this list")
    assert "narrative=Collapse" in page.url
    assert outcomes(filled) == []


def test_filters_and_the_other_list(own_desk, filled):
    page = own_desk.signed_in()
    page.goto("/predictions")
    page.get_by_label("Speaker").select_option("Lavrov")
    page.wait_for_url("**speaker=Lavrov**")
    expect(page.locator(".prediction-list > li")).to_have_count(1)
    page.goto("/predictions")
    page.get_by_role("link", name="Lapses within 7 days").click()
    expect(page.locator("#now")).to_contain_text("It is to happen by")


def test_enter_in_a_field_records_nothing(own_desk, filled):
    page = own_desk.signed_in()
    page.goto("/predictions")
    page.get_by_label("Address of the source").fill("https://news.example/1")
    page.get_by_label("Address of the source").press("Enter")
    page.get_by_label("Publisher").press("Enter")
    expect(page.locator("#now")).to_contain_text("3 left in this list")
    assert outcomes(filled) == []


def test_a_reader_looks_and_records_nothing(own_desk, filled):
    page = own_desk.signed_in(role="reader")
    page.goto("/predictions")
    expect(page.get_by_text("Readers look; analysts record outcomes.")).to_be_visible()
    expect(page.get_by_role("button", name="It happened")).to_have_count(0)
