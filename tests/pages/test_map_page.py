"""The map of narratives in a browser: drawn, zoomed, played, filtered, and its points opened."""

import re

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, signed_in
from playwright.sync_api import expect

from app.domain.jobs.background_runs import RunKind


@pytest.fixture
def mapped(own_desk):
    own_desk.services.record_statements(
        [
            draft(STAGED, "2020-01-01", narratives=["Staged attacks"], speaker="Alexander Karpov"),
            draft(STAGED_ELSEWHERE, "2021-06-01", narratives=["Staged attacks"]),
            draft(GRAIN, "2022-12-01"),
            draft("Zerno podorozhchalo v kvitni.", "2021-01-01", language="uk"),
            draft("Nobody knows when this was said."),
        ]
    )
    assert own_desk.services.archive_runs.finish(RunKind.MAP).error is None
    return own_desk


def opened(desk, before=lambda page: None, **browser):
    page = desk.signed_in(**browser)
    before(page)
    page.goto("/map")
    expect(page.locator("[data-map-list] li")).not_to_have_count(0)
    return page


def painted(page, x, y):
    """Number of coloured pixels within 6 px of a place in the window."""
    return page.evaluate(
        """([x, y]) => {
          const canvas = document.querySelector(".map-points"), box = canvas.getBoundingClientRect();
          const ratio = canvas.width / box.width, at = (length) => Math.round(length * ratio);
          const { data } = canvas.getContext("2d").getImageData(at(x - box.x - 6), at(y - box.y - 6), at(12), at(12));
          return data.filter((value, place) => place % 4 === 3 && value > 0).length;
        }""",
        [x, y],
    )


def listed(page):
    return page.locator("[data-map-list] li")


def test_all_statements_are_in_view_and_the_keyboard_opens_one(mapped):
    page = opened(mapped)
    expect(listed(page)).to_have_count(5)
    expect(page.locator("[data-map-legend]")).to_contain_text("Staged attacks")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements/*")
    expect(page.get_by_text(GRAIN).first).to_be_visible()


def test_the_map_is_drawn_however_late_its_script_arrives(mapped):
    def open_late(page):
        page.route(re.compile(r"/map\.js"), lambda route: (page.wait_for_timeout(2_000), route.continue_()))

    expect(listed(opened(mapped, open_late))).to_have_count(5)


def test_what_could_not_be_loaded_is_said_and_the_list_asked_for_again(mapped):
    refused = []

    def refuse_lists(page):
        def answer(route):
            if len(refused) < 2:
                refused.append(route.request.url)
                route.fulfill(status=503)
            else:
                route.continue_()

        page.route("**/map/list*", answer)

    page = opened(mapped, refuse_lists)
    expect(listed(page)).to_have_count(5)
    assert len(refused) == 2
    page = mapped.signed_in()
    page.route("**/echarts*", lambda route: route.abort())
    page.goto("/map")
    expect(page.locator("[data-map-list]")).to_contain_text("could not be loaded")


def test_a_point_opens_its_statement_by_a_click(mapped):
    page = opened(mapped)
    place = page.evaluate(
        """async () => {
          const chart = document.querySelector("[data-map]").chartOfMap;
          const points = await (await fetch("/map/points")).json();
          chart.getDom().scrollIntoView({ block: "center" });
          const [x, y] = chart.convertToPixel({ gridIndex: 0 }, [points.x[2], points.y[2]]);
          const box = chart.getDom().getBoundingClientRect();
          return [box.x + x, box.y + y];
        }"""
    )
    page.mouse.move(*place)
    expect(page.locator("[data-map-tip]")).to_contain_text("1 Dec 2022")
    assert painted(page, *place) > 0
    page.mouse.click(*place)
    page.wait_for_url("**/statements/*")
    expect(page.get_by_text(GRAIN).first).to_be_visible()


def test_the_slider_shows_what_was_said_by_a_day_or_in_a_window_before_it(mapped):
    page = opened(mapped)
    slider = page.get_by_label("Day", exact=True)
    slider.focus()
    page.keyboard.press("Home")
    expect(listed(page)).to_have_count(1)
    expect(listed(page)).to_contain_text("Idlib")
    expect(page.locator("[data-map-said]")).to_have_text("1 Jan 2020")
    page.keyboard.press("End")
    expect(listed(page)).to_have_count(5)
    page.get_by_label("What is shown").select_option("365")
    expect(listed(page)).to_have_count(1)
    expect(listed(page)).to_contain_text("Grain")


def test_it_plays_and_pauses_by_a_key(mapped):
    page = opened(mapped)
    page.locator("body").press("p")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    first = page.locator("[data-map-day]").input_value()
    expect(page.locator("[data-map-day]")).not_to_have_value(first)
    page.locator("body").press("p")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    held = page.locator("[data-map-day]").input_value()
    assert held != page.locator("[data-map-day]").get_attribute("max")
    page.wait_for_timeout(1500)
    assert page.locator("[data-map-day]").input_value() == held


def test_filters_by_narrative_language_and_speaker(mapped):
    page = opened(mapped)
    page.get_by_label("Narrative", exact=True).select_option("Staged attacks")
    expect(listed(page)).to_have_count(2)
    page.get_by_label("Speaker").select_option("Alexander Karpov")
    expect(listed(page)).to_have_count(1)
    page.get_by_label("Narrative", exact=True).select_option("")
    page.get_by_label("Speaker").select_option("")
    page.get_by_role("combobox", name="Language").select_option("Ukrainian")
    expect(listed(page)).to_contain_text("Zerno")
    page.get_by_label("Narrative", exact=True).select_option("Staged attacks")
    expect(page.get_by_text("Nothing lies in view")).to_be_visible()


def test_zooming_lists_what_is_left_in_view(mapped):
    page = opened(mapped)
    for _ in range(8):
        page.locator("body").press("+")
    expect(listed(page)).not_to_have_count(5)
    page.locator("body").press("0")
    expect(listed(page)).to_have_count(5)


def test_points_are_sent_again_only_when_they_changed_and_show_no_secrets(mapped):
    built = mapped.services
    browser = signed_in(built, "reader", "Other")
    with built.store.reading() as tx:
        desk = tx.access.organisation("Desk") or tx.access.organisations()[0]
    answer = browser.get("/map/points")
    assert len(answer.json()["keys"]) == 5
    etag = {"If-None-Match": answer.headers["etag"]}
    assert browser.get("/map/points", headers=etag).status_code == 304
    [hidden] = built.record_statements([draft("Kept to ourselves.", "2021-01-01", owner=desk.key)])
    built.archive_runs.finish(RunKind.MAP)
    if desk.name != "Other":
        key = hidden.statement.key
        assert key not in browser.get("/map/points", headers=etag).json()["keys"]
        assert browser.get(f"/map/statements/{key}").status_code == 404
        assert "Kept to ourselves" not in browser.get(f"/map/list?keys={key}").text
    assert browser.get("/map/list?keys=x").status_code == 422
    assert browser.post("/map/run").status_code == 403


def test_the_map_says_when_there_is_none_and_is_made_on_demand(own_desk):
    own_desk.services.record_statements([draft(STAGED), draft(GRAIN)])
    page = own_desk.signed_in()
    page.goto("/map")
    expect(page.get_by_text("There is no map yet")).to_be_visible()
    page.get_by_role("button", name="Bring it up to date").click()
    expect(page.get_by_text("The map is being made")).to_be_visible()
    own_desk.services.archive_runs.finish(RunKind.MAP)
    expect(listed(page)).to_have_count(2)
