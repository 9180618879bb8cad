"""The overview: figures that agree with the database, charts that agree with the figures, links into the lists."""

import json
from datetime import UTC, datetime

import pytest
from builders import account
from overview_data import PREDICTED, UNDATED, DeskWithHistory
from playwright.sync_api import expect


@pytest.fixture
def filled(own_desk):
    desk = DeskWithHistory(own_desk.services)
    precedent = desk.statement("Militants staged an attack.", 200, ["Staged attacks"])
    backs = (20, 20, 20, 3, 3, 1)
    flags = [
        desk.flag(f"Attack number {at} is staged.", precedent, back, language="en" if at % 2 else "ru", outlet="TASS")
        for at, back in enumerate(backs)
    ]
    for at, verdict in ((0, "confirmed"), (1, "dismissed")):
        desk.judge(flags[at], desk.analyst(), verdict)
        desk.judge(flags[at], desk.analyst(), "confirmed")
    desk.statement("Said again.", 2, ["Staged attacks"])
    desk.statement(UNDATED.format(1), 100)
    desk.statement(PREDICTED.format(2), 5)
    return desk


def chart(page, label):
    """The option of a chart as the page has it, once it has been drawn."""
    drawn = page.locator(f"[data-chart][data-label^='{label}']")
    expect(drawn.locator("svg")).to_be_visible()
    return json.loads(drawn.get_attribute("data-option"))


def test_it_is_the_first_page_after_signing_in_and_where_the_name_and_a_key_lead(own_desk):
    page = own_desk.browser()
    own_desk.sign_in(page, account(own_desk.services).login)
    expect(page).to_have_url(f"{own_desk.url}/overview")
    expect(page.get_by_text("Nothing was flagged in this time.")).to_be_visible()
    page.goto("/check")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/overview")
    page.goto("/")
    page.get_by_role("link", name="Refrain").click()
    page.wait_for_url("**/overview")


def test_who_asked_for_a_page_gets_it_after_signing_in(own_desk):
    page = own_desk.browser()
    page.goto("/archive")
    own_desk.sign_in(page, account(own_desk.services).login)
    expect(page).to_have_url(f"{own_desk.url}/archive")


def test_the_chart_of_days_agrees_with_the_database_and_with_the_table(own_desk, filled):
    page = own_desk.signed_in(at="/overview")
    option = chart(page, "Stacked bars")
    charted = {
        (series["name"], datetime.fromtimestamp(item["value"][0] / 1000, UTC).date().isoformat()): item["value"][1]
        for series in option["series"]
        for item in series["data"]
        if item["value"][1]
    }
    with filled.services.store.reading() as tx:
        sql = (
            "SELECT f.state, substr(c.created_at, 1, 10), count(*) FROM flags f JOIN checks c ON c.key = f.check_key "
            "GROUP BY 1, 2"
        )
        rows = tx._connection.exec_driver_sql(sql).all()
    assert charted == {(row[0], row[1]): row[2] for row in rows}
    page.get_by_text("The figures as a table").first.click()
    cells = page.locator(f"tr[data-day='{filled.day(20)}'] td").all_inner_texts()
    assert cells == ["1", "2", "0", "3"]
    assert option["xAxis"]["type"] == "time"
    assert option["useUTC"] is True


def test_a_bar_and_a_figure_lead_to_the_flags_that_they_count(own_desk, filled):
    page = own_desk.signed_in(at="/overview")
    option = chart(page, "Stacked bars")
    [url] = [item["url"] for item in option["series"][0]["data"] if filled.day(3) in item["url"]]
    page.goto(url)
    expect(page.locator(".flag-list > li")).to_have_count(2)
    expect(page.locator(".chip")).to_contain_text("Flagged on")
    page.goto("/overview")
    page.get_by_text("The figures as a table").first.click()
    page.locator(f"tr[data-day='{filled.day(20)}'] a").click()
    expect(page.locator(".flag-list > li")).to_have_count(3)


def test_a_click_on_a_bar_follows_its_link(own_desk, filled):
    page = own_desk.signed_in(at="/overview")
    chart(page, "Bars: flags by outlet")
    bars = page.locator("[data-chart][data-label^='Bars: flags by outlet']")
    box = bars.bounding_box()
    bars.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.wait_for_url("**/?state=any&source=tass")
    expect(page.locator(".flag-list > li")).to_have_count(6)


def test_languages_and_outlets_agree_with_the_lists(own_desk, filled):
    page = own_desk.signed_in(at="/overview")
    option = chart(page, "Bars: flags by language")
    named = dict(zip(option["yAxis"]["data"], (one["value"] for one in option["series"][0]["data"]), strict=True))
    assert named == {"English": 3, "Russian": 3}
    page.goto(option["series"][0]["data"][0]["url"])
    expect(page.locator(".flag-list > li")).to_have_count(3)


def test_what_waits_what_moves_and_where_analysts_differ(own_desk, filled):
    page = own_desk.signed_in(at="/overview")
    cards = page.locator(".figure-card").all_inner_texts()
    said = [" ".join(card.split()) for card in cards]
    assert said == [
        "4 flags wait", "20 days the longest wait", "1 prediction has lapsed, nobody looked",
        "1 prediction lapses this week", "50% agreement between analysts",
    ]  # fmt: skip
    back = page.get_by_role("region", name="Back after a pause")
    expect(back.get_by_role("link", name="Staged attacks")).to_be_visible()
    expect(back).to_contain_text("after a pause of 198 days")
    back.get_by_role("link", name="1 narrative", exact=True).click()
    page.wait_for_url("**/narratives?**state=back**")
    expect(page.locator(".narratives > li")).to_have_count(1)
    expect(page.locator(".narratives > li").get_by_role("link", name="Staged attacks")).to_be_visible()
    page.goto("/overview")
    agreement = page.get_by_role("region", name="Agreement between analysts")
    expect(agreement).to_contain_text("On 1 of 2 all agree (50%).")
    expect(agreement).to_contain_text("Too few for Krippendorff’s alpha: it takes 20 matches.")
    agreement.get_by_role("link", name="Attack number 1 is staged.").click()
    page.wait_for_url("**/flags/*")
    expect(page.get_by_role("region", name="Statement")).to_contain_text("Attack number 1 is staged.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_are_drawn_in_patterns_and_nothing_is_refused(own_desk, filled, axe, theme):
    page = own_desk.signed_in(at="/overview", theme=theme, size=own_desk.NARROW)
    chart(page, "Stacked bars")
    assert page.locator("[data-chart] svg pattern").count() > 0
    for summary in page.get_by_text("The figures as a table").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= own_desk.NARROW["width"]
    axe(page)
