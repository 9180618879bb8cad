"""The menu of exports, in a browser: it opens, is accessible, and a file is saved with the filter in hand."""

import json

import pytest
from flags_on_desk import FlagsOnDesk
from playwright.sync_api import expect


@pytest.fixture
def flags(own_desk):
    return FlagsOnDesk(own_desk.services)


def test_a_filtered_list_is_saved_as_a_file(own_desk, flags, axe, tmp_path):
    flags.several(4, speakers=("Karpov", "Lavrov"))
    page = own_desk.signed_in()
    page.goto("/?speaker=lavrov")
    menu = page.locator("details.exports")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="STIX 2.1")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(menu.locator(".menu-body")).to_be_in_viewport(ratio=1)
    page.set_viewport_size(own_desk.WIDE)
    with page.expect_download() as saving:
        menu.get_by_role("link", name="Lines of JSON").click()
    saved = tmp_path / saving.value.suggested_filename
    saving.value.save_as(saved)
    assert saved.name == "refrain-flags.jsonl"
    assert {json.loads(line)["speaker"] for line in saved.read_text("utf-8").splitlines()} == {"Lavrov"}
    page.goto("/archive")
    page.locator("details.exports summary").click()
    axe(page)
    page.goto("/?state=any")
    page.locator(".flag-list a.flag-link").first.click()
    page.wait_for_url("**/flags/**")
    page.locator("details.exports summary").click()
    expect(page.get_by_role("link", name="MISP event")).to_be_visible()
    axe(page)
