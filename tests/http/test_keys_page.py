"""The page of keys: it holds no key, loads nothing from elsewhere, and asks the API for everything."""

import re


def test_the_page_of_keys_holds_nothing_of_anybodys(desk):
    page = desk.get("/keys", headers={"Authorization": ""})
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.search(r"rf_|[0-9a-f]{8}-[0-9a-f]{4}", page.text)


def test_its_assets_come_from_us(desk):
    assets = re.findall(r'(?:src|href)="([^"]+)"', desk.get("/keys").text)
    assert {"/static/check.css", "/static/keys.js"} <= set(assets)
    assert not [asset for asset in assets if asset.startswith(("http", "//"))]
    assert all(desk.get(asset).status_code == 200 for asset in assets if asset.startswith("/static/"))


def test_every_address_that_its_script_asks_is_one_of_the_api(desk):
    script = desk.get("/static/keys.js").text
    asked = set(re.findall(r"[\"`](/v1/[a-z/]+)", script))
    described = desk.get("/openapi.json").json()["paths"]
    assert asked
    assert all(any(path.startswith(address.rstrip("/")) for path in described) for address in asked)
