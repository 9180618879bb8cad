"""The page of a check: it holds no check, and loads nothing from elsewhere."""

import re

TEXT = "Militants plan a chemical attack in Idlib"


def test_the_page_of_a_check_is_where_html_url_says_and_holds_nothing_of_the_check(desk, check):
    address = check(TEXT)["html_url"]
    page = desk.get(address, headers={"Authorization": ""})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert TEXT not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_the_page_and_its_assets_come_from_us(desk, check):
    page = desk.get(check(TEXT)["html_url"]).text
    assets = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert {"/static/check.css", "/static/check.js"} <= set(assets)
    assert not [asset for asset in assets if asset.startswith(("http", "//"))]
    for asset in assets:
        if asset.startswith("/static/"):
            assert desk.get(asset).status_code == 200


def test_a_check_that_does_not_exist_has_the_same_page(desk, check):
    known = desk.get(check(TEXT)["html_url"])
    unknown = desk.get("/checks/00000000-0000-0000-0000-000000000000")
    assert (unknown.status_code, unknown.text) == (known.status_code, known.text)
