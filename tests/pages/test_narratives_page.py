"""Narratives at work in a real browser: the timeline, bulk moves by keyboard, merges, following, warnings, speakers."""

from datetime import timedelta

import pytest
from builders import draft
from playwright.sync_api import expect

from app.admin_wiring import now
from app.domain.statements.statements import Source


def day(days):
    return (now() - timedelta(days=days)).date().isoformat()


@pytest.fixture
def filled(own_desk):
    """A desk with two narratives: the id of the first."""
    built = own_desk.services
    built.record_statements(
        [
            draft(f"A staged attack, told {days} days ago.", day(days), ["Staged attacks"],
                  speaker="Karpov" if days % 2 else "Карпов", source=Source("TASS"))
            for days in (3, 10, 20, 400, 500)
        ]
    )  # fmt: skip
    built.record_statements(
        [
            draft("A staged attack, told some year.", str(now().year - 3), ["Staged attacks"]),
            draft("A staged attack to come.", "2099-01-01", ["Staged attacks"]),
            draft("Grain was sold.", day(30), ["Grain"], speaker="Karpov"),
        ]
    )
    return built.edit_narrative.resolve("Staged attacks").id


def marks(page):
    """Data items of the drawn chart's points."""
    return page.evaluate(
        """() => window.echarts.getInstanceByDom(document.querySelector("[data-chart]")).getOption()
            .series.filter(({ type }) => type === "scatter").flatMap(({ data }) => data)"""
    )


def place_of(page, item):
    """Pixels of a data item on the page."""
    box = page.locator("[data-chart]").bounding_box()
    x, y = page.evaluate(
        """(value) => window.echarts.getInstanceByDom(document.querySelector("[data-chart]"))
            .convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, value)""",
        item["value"],
    )
    return box["x"] + x + item["symbolOffset"][0], box["y"] + y + item["symbolOffset"][1]


def test_a_point_of_the_timeline_opens_its_statement(own_desk, filled):
    page = own_desk.signed_in()
    page.goto(f"/narratives/{filled}")
    expect(page.locator("[data-chart] svg")).to_be_visible()
    drawn = marks(page)
    assert len(drawn) == 6
    expect(page.get_by_text("One statement has a date in the future and is not drawn")).to_be_visible()
    page.locator("[data-chart]").scroll_into_view_if_needed()
    page.mouse.click(*place_of(page, drawn[0]))
    page.wait_for_url(lambda url: url.endswith(drawn[0]["url"]))
    page.go_back()
    page.get_by_role("link", name="by outlet").click()
    expect(page.get_by_role("link", name="by outlet")).to_have_attribute("aria-current", "true")
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("cell", name="TASS").first).to_be_visible()


def test_statements_are_moved_by_their_boxes_and_brought_back(own_desk, filled):
    page = own_desk.signed_in()
    page.goto(f"/narratives/{filled}")
    boxes = page.locator('input[name="statements"]')
    expect(boxes).to_have_count(7)
    boxes.first.focus()
    page.keyboard.press("Space")
    boxes.nth(1).check()
    expect(page.locator("[data-chosen]")).to_have_text("2 / 7")
    page.get_by_label("Move to the narrative").fill("Grain")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("2 statements were moved to “Grain”.")).to_be_visible()
    expect(boxes).to_have_count(5)
    page.keyboard.press("u")
    expect(page.get_by_text("The statements are back.")).to_be_visible()
    expect(boxes).to_have_count(7)
    page.keyboard.press("m")
    page.get_by_label("Choose all on this page").check()
    expect(page.locator("[data-chosen]")).to_have_text("7 / 7")


def test_a_narrative_is_merged_its_address_leads_on_and_it_comes_back(own_desk, filled):
    page = own_desk.signed_in()
    page.goto(f"/narratives/{filled}")
    page.get_by_label("Narrative to merge into").fill("Grain")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grain")
    expect(page.get_by_text("“Staged attacks” was merged into “Grain”, with 7 statements")).to_be_visible()
    page.goto(f"/narratives/{filled}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Grain")
    page.get_by_role("button", name="Undo change 1").click()
    expect(page.get_by_text("The merge was undone.")).to_be_visible()
    page.goto(f"/narratives/{filled}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Staged attacks")


def test_who_follows_sees_in_the_list_and_above_that_something_is_new(own_desk, filled):
    page = own_desk.signed_in("reader")
    page.goto(f"/narratives/{filled}")
    page.keyboard.press("w")
    expect(page.get_by_role("button", name="Unfollow")).to_be_visible()
    own_desk.services.record_statements([draft("A new one of it.", day(1), ["Staged attacks"])])
    page.goto("/narratives")
    expect(page.locator("nav.places")).to_contain_text("1 narrative that you follow has something new")
    expect(page.locator("#results")).to_contain_text("1 new")
    page.get_by_label("Only those I follow").check()
    expect(page.locator("#results li")).to_have_count(1)
    page.get_by_role("link", name="Staged attacks").click()
    page.wait_for_url(f"**/narratives/{filled}")
    expect(page.get_by_text("1 new")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 new")).to_have_count(0)


def test_a_warning_is_acknowledged_and_opened_again(own_desk, filled):
    own_desk.services.watch_narratives.warn()
    page = own_desk.signed_in()
    page.goto("/narratives?state=back")
    page.get_by_role("link", name="Early warnings 1").click()
    expect(page.get_by_text("after 380 days without a statement")).to_be_visible()
    page.get_by_role("button", name="Acknowledge the warning about Staged attacks").click()
    expect(page.get_by_role("heading", name="No warnings here")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Back after a pause", exact=True)).to_be_visible()


def test_two_names_of_one_speaker_are_merged_and_separated(own_desk, filled):
    assert filled
    page = own_desk.signed_in()
    page.goto("/speakers")
    page.get_by_role("button", name="Карпов and Karpov are the same").or_(
        page.get_by_role("button", name="Karpov and Карпов are the same")
    ).click()
    expect(page.get_by_text("6 statements")).to_be_visible()
    page.get_by_role("link", name="All statements").click()
    expect(page.locator("#results li")).to_have_count(6)
    page.go_back()
    page.get_by_role("button", name="Separate").click()
    expect(page.get_by_text("They are two speakers again.")).to_be_visible()
    page.goto("/speakers")
    page.get_by_role("button", name="are two people").click()
    expect(page.get_by_text("May be the same")).to_have_count(0)
