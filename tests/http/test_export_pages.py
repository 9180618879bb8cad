"""Exports from the pages: a menu of files, with the filter of the page in their addresses."""

import json
import re

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, signed_in

from app.domain.exports.formats import ExportFormat


def links(page):
    """Addresses of the menu on a page."""
    return [found.replace("&amp;", "&") for found in re.findall(r'href="(/exports/[^"]+)"', page.text)]


def lines(answer):
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.fixture
def browser(archive):
    return signed_in(archive, "reader")


def test_each_page_has_a_menu_with_every_format_and_its_links_work(browser, desk, record, check):
    desk.post("/v1/narratives", json={"title": "Staged gas"})
    record(STAGED, "2021-01-01", narratives=["Staged gas"])
    record(GRAIN, "2021-01-01")
    flag = check(STAGED)
    narrative = desk.get("/v1/narratives").json()["items"][0]["id"]
    for address in ("/", "/archive", f"/narratives/{narrative}", f"/flags/{flag['id']}"):
        menu = links(browser.get(address))
        assert {link.partition("?")[0].rpartition("/")[2] for link in menu} == set(ExportFormat)
        for link in menu:
            answer = browser.get(link)
            assert answer.status_code == 200, link
            assert answer.headers["content-disposition"].startswith("attachment; filename=")
            assert "White Helmets" in answer.text or "claimreview" in link


def test_links_carry_the_filter_in_hand(browser, desk, record, check):
    for number in range(30):
        record(f"{GRAIN} Report number {number}.", "2021-01-01", speaker="The minister")
    record(STAGED, "2021-01-01", speaker="Karpov")
    page = browser.get("/archive?q=grain&by=words&speaker=the+minister&page=2")
    link = next(link for link in links(page) if "/jsonl" in link)
    assert len([one for one in lines(browser.get(link)) if "text" in one]) == 30
    page = browser.get("/archive?q=staged+attack&by=meaning&speaker=karpov")
    link = next(link for link in links(page) if "/jsonl" in link)
    assert [one["text"] for one in lines(browser.get(link))] == [STAGED]
    first, second = check(STAGED, speaker="Karpov"), check(STAGED_ELSEWHERE, speaker="Putin")
    desk.post(f"/v1/flags/{second['id']}/reviews", json={"verdict": "dismissed"})
    for query, expected in (
        ("", [first["id"]]),
        ("?state=any", [second["id"], first["id"]]),
        ("?state=any&speaker=Putin", [second["id"]]),
    ):
        link = next(link for link in links(browser.get(f"/{query}")) if "/jsonl" in link)
        assert [one["id"] for one in lines(browser.get(link))] == expected


def test_checks_without_a_flag_and_articles_have_menus(browser, desk, check, archive):
    quiet = check(GRAIN)
    article = desk.post("/v1/documents", json={"text": f"{GRAIN} The minister said so on Monday."}).json()
    for address, formats in (
        (f"/checks/{quiet['id']}", set(ExportFormat)),
        (f"/documents/{article['id']}", {"csv", "jsonl"}),
        ("/check", {"csv", "jsonl"}),
        ("/check/article", {"csv", "jsonl"}),
    ):
        menu = links(browser.get(address))
        assert {link.partition("?")[0].rpartition("/")[2] for link in menu} == formats, address
        for link in menu:
            answer = browser.get(link)
            assert answer.status_code == 200, link
            assert "/jsonl" not in link or (quiet["id"] in answer.text or article["id"] in answer.text)
    stranger = signed_in(archive, "admin", organisation="Other")
    for path in (f"check/{quiet['id']}", f"document/{article['id']}"):
        assert stranger.get(f"/exports/{path}/csv").status_code == 404
    assert quiet["id"] not in stranger.get("/exports/checks/csv").text


def test_exports_need_a_session_and_keep_to_the_organisation(archive, desk, record, check, browser):
    record(STAGED, "2021-01-01", private=True)
    flag = check(STAGED)
    stranger = signed_in(archive, "admin", organisation="Other")
    assert "White Helmets" not in stranger.get("/exports/archive/csv").text
    assert "White Helmets" not in stranger.get("/exports/flags/csv?state=any").text
    assert stranger.get(f"/exports/flag/{flag['id']}/csv").status_code == 404
    assert stranger.get("/exports/narrative/none/csv").status_code == 404
    assert "White Helmets" in browser.get("/exports/archive/csv").text
    browser.cookies.clear()
    assert browser.get("/exports/archive/csv").status_code == 303
    assert desk.get("/exports/archive/csv", headers={"Accept": "application/json"}).status_code in (303, 401)
