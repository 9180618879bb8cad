"""Administration in the browser: the plot of thresholds agrees with its table and with the database."""

import json

import pytest
from overview_data import DeskWithHistory
from playwright.sync_api import expect


@pytest.fixture
def filled(own_desk):
    desk = DeskWithHistory(own_desk.services)
    precedent = desk.statement("It was staged.", 40)
    analyst = desk.analyst()
    for at in range(40):
        check = desk.flag(f"Attack number {at} is staged.", precedent, 1, score=0.9 + at / 400)
        if at % 4:
            desk.judge(check, analyst, "confirmed" if at > 15 or at % 3 == 0 else "dismissed")
    return desk


def test_the_plot_agrees_with_the_database_and_the_table(own_desk, filled, axe):
    page = own_desk.signed_in(role="admin")
    page.goto("/administration/scoring")
    drawn = page.locator("[data-chart]")
    expect(drawn.locator("svg")).to_be_visible()
    option = json.loads(drawn.get_attribute("data-option"))
    with filled.services.store.reading() as tx:
        sql = "SELECT count(*) FROM flags WHERE score >= {} AND state IN ({})"

        def count(at, states="'open', 'confirmed', 'dismissed'"):
            return tx._connection.exec_driver_sql(sql.format(at, states)).scalar()

        for threshold, flags in option["series"][0]["data"]:
            assert flags == count(threshold)
        for threshold, percent in option["series"][1]["data"]:
            confirmed = count(threshold, "'confirmed'")
            assert percent == round(100 * confirmed / count(threshold, "'confirmed', 'dismissed'"), 1)
    expect(page.get_by_text("It stands on 30 reviewed flags of 40.")).to_be_visible()
    page.get_by_text("The figures as a table").click()
    row = page.locator("tr[data-threshold='0.95'] td").all_inner_texts()
    threshold = next(point for point in option["series"][0]["data"] if point[0] == 0.95)
    assert row[0] == str(threshold[1])
    axe(page)


def test_tabs_lead_from_page_to_page(own_desk):
    page = own_desk.signed_in(role="admin", at="/overview")
    page.get_by_text("Admin-").first.click()
    page.get_by_role("link", name="Administration").click()
    page.wait_for_url("**/administration/organisations")
    tabs = page.get_by_role("navigation", name="Administration")
    tabs.get_by_role("link", name="Quotas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quotas")
    page.get_by_role("navigation", name="Administration").get_by_role("link", name="Audit log").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Audit log")
    current = page.get_by_role("navigation", name="Administration").locator("[aria-current=page]")
    expect(current).to_have_text("Audit log")
