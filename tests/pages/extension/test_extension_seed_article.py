"""The article of the case that Refrain started from, read by the extension, against the sample archive."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect
from serving import COMMAND, free_port, wait_until_ready

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "sample" / "article.txt"
ARTICLES = [SAMPLE, *(ROOT.parent / "shared" / "seed").glob("article-2021-05-24.txt")]
APRIL = "in order to accuse Syria government forces of the use of chemical weapons"
FEBRUARY = "400 liters of chemicals"


@pytest.fixture
def demo(tmp_path):
    """The address of `refrain serve` over the sample archive, and its key."""
    given = {**os.environ, "REFRAIN_DEMO": "1", "REFRAIN_DATA_DIR": str(tmp_path / "data")}
    port = free_port()
    with (tmp_path / "printed").open("w+") as printed:
        command = [COMMAND, "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=given, stdout=printed, stderr=subprocess.DEVNULL)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", process)
            printed.seek(0)
            yield f"http://127.0.0.1:{port}", re.search(r"^rfr_\S+$", printed.read(), re.MULTILINE)[0]
        finally:
            process.terminate()
            process.wait(30)


def published(article):
    """The page of an article, which has a paragraph a line."""
    paragraphs = "".join(f"<p>{line}</p>" for line in article.read_text("utf-8").split("\n") if line.strip())
    date = '<meta property="article:published_time" content="2021-05-24T09:00:00Z">'
    return f"<!doctype html><html lang=en><title>News</title>{date}<body><main>{paragraphs}</main></body></html>"


def unfold(panel):
    """Shows what stands below the first precedents of each answer."""
    for summary in panel.locator("summary").all():
        summary.evaluate("(one) => { one.parentElement.open = true }")


def test_the_precedents_of_april_and_of_february_appear(extension, demo, site):
    extension.connect(*demo).locator("#result .success").wait_for()
    panel = extension.open()
    for article in ARTICLES:
        page = extension.visit(site(published(article)))
        before = page.evaluate("document.documentElement.outerHTML")
        # The answer to the article before stays until the request has arrived: without it, what appears is the new one.
        panel.locator("#result").evaluate("(result) => result.replaceChildren()")
        extension.menu("check-page", page)
        panel.locator(".claims").first.wait_for()
        unfold(panel)
        april = panel.get_by_role("article").filter(has_text=APRIL).first
        expect(april.get_by_role("heading")).to_have_text("Alexander Karpov, April 24, 2021")
        expect(april).to_contain_text("29 days before")
        february = panel.get_by_role("article").filter(has_text=FEBRUARY).first
        expect(february.get_by_role("heading")).to_have_text("Russian Ministry of Defence, February 2021")
        assert page.evaluate("CSS.highlights.get('refrain-said-before').size") >= 4
        assert panel.get_by_text("could not be found in the page again").count() == 0
        assert page.evaluate("document.documentElement.outerHTML") == before

    page = extension.visit(site(published(SAMPLE)))
    page.evaluate(
        """() => {
        const text = [...document.querySelectorAll("p")].find((p) => /six tanks/.test(p.textContent)).firstChild;
        getSelection().setBaseAndExtent(text, 0, text, text.data.indexOf(" “")); }"""
    )
    extension.shortcut("check-selection", page)
    expect(panel.get_by_label("The sentence")).to_have_value(re.compile("claimed that the White Helmets had brought"))
    panel.get_by_label("Said or published on").fill("2021-05-23")
    panel.get_by_role("button", name="Check", exact=True).click()
    expect(panel.get_by_role("article").filter(has_text=APRIL)).to_have_count(1)
    unfold(panel)
    expect(panel.get_by_role("article").filter(has_text=FEBRUARY)).to_have_count(1)
