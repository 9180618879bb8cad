"""A whole page's claims, marked in place; and pages that mean harm."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft
from playwright.sync_api import expect
from waiting import until

OPENING = "Officials and reporters had waited for the statement since the early morning of that long day. " * 5
PAGE = f"""<!doctype html><html lang=en><head><title>News</title>
<meta property="article:published_time" content="2021-05-24T08:00:00Z"></head><body>
<nav>Alexander Karpov said: “{STAGED}”</nav>
<article><h1>A warning</h1><p>{OPENING}</p>
<p>Alexander  Karpov said on Sunday: “The <em>White Helmets</em> are prepar&shy;ing a
staged <a href="/x">chemical attack</a> in Hama to blame the government.”</p>
<p hidden>Alexander Karpov said on Sunday that zebras graze in the hidden steppe.</p>
<p>The sun shone all day. It was warm.</p></article>
<footer>Alexander Karpov said: “{STAGED}”</footer></body></html>"""
UNBROKEN = "\u202e" + "Donaudampfschifffahrt" * 60
MARKED = """() => Object.fromEntries([...CSS.highlights].map(
  ([name, one]) => [name, [...one].map((range) => range.toString().replace(/\\s+/g, " "))]))"""
COLOUR = "getComputedStyle(document.querySelector('em'), '::highlight(refrain-said-before)').backgroundColor"
TREE = "document.documentElement.outerHTML"


@pytest.fixture(scope="module", autouse=True)
def archived(served):
    served.services.record_statements([draft(STAGED, "2021-04-24", speaker="Alexander Karpov")])


def test_the_claims_of_a_page_are_marked_shown_and_cleared_and_its_tree_stays_as_it_was(connected, desk, site, axe):
    page = connected.visit(site(PAGE))
    before = page.evaluate(TREE)
    panel = connected.open()
    connected.menu("check-page", page)
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Claims that were said before: 1 of")
    marked = page.evaluate(MARKED)
    assert list(marked) == ["refrain-said-before"]
    [claim] = marked["refrain-said-before"]
    assert "Helmets are prepar\xading a staged chemical attack in Hama to blame the government" in claim
    assert page.evaluate(TREE) == before
    assert page.evaluate(COLOUR) == "rgb(255, 224, 138)"
    panel.locator(".claims > li > details > summary").first.click()
    expect(panel.get_by_role("article").get_by_role("heading")).to_have_text("Alexander Karpov, April 24, 2021")
    axe(panel)
    panel.get_by_role("button", name="Show in the page").click()
    expect(panel.get_by_role("status")).to_have_text("Shown in the page.")
    assert page.evaluate(MARKED)["refrain-current"] == [claim]
    panel.get_by_role("button", name="Clear the marks").click()
    expect(panel.get_by_role("status")).to_have_text("The marks are gone.")
    assert page.evaluate(MARKED) == {}
    assert page.evaluate(TREE) == before
    assert page.evaluate(COLOUR) != "rgb(255, 224, 138)"


def test_what_is_sent_is_what_is_seen(connected, site):
    page = connected.visit(site(PAGE))
    panel = connected.open()
    sent = []
    panel.on("request", lambda one: sent.append(one.post_data_json) if one.url.endswith("/v1/documents") else None)
    connected.menu("check-page", page)
    expect(panel.get_by_role("heading", level=2)).to_be_visible()
    [body] = sent
    assert body["published_at"] == "2021-05-24"
    assert "zebras" not in body["text"]
    assert body["text"].count("Karpov") == 1
    assert set(body) == {"text", "published_at", "limit"}
    assert body["text"].startswith("A warning\n\nOfficials")


def test_a_page_that_cannot_be_read_is_said_to_be_closed(connected, axe):
    panel = connected.open()
    panel.get_by_role("button", name="Check the claims of this page").click()
    expect(panel.get_by_role("alert")).to_contain_text("This page cannot be read.")
    axe(panel)


def test_a_hostile_page_is_text(connected, site, axe):
    hostile = f"""<!doctype html><html><head><script>
      for (const kind of [String, Array, Element, Document, Node, Range, Set, Map, Object]) {{
        for (const name of Object.getOwnPropertyNames(kind.prototype)) {{
          try {{ kind.prototype[name] = () => {{ throw new Error("taken"); }}; }} catch {{}}
        }}
      }}
      window.getSelection = () => ({{ toString: () => "not what was selected" }});
      window.chrome = {{ runtime: {{}} }}; window.refrainPage = {{ article: () => ({{ text: "forged" }}) }};
      CSS.highlights.set = () => {{ throw new Error("taken"); }};
    </script></head><body><form style="display: inline"><input name=matches>
    <input name=parentElement><input name=textContent><input name=checkVisibility><input name=scrollIntoView>
    <img name=querySelector><img name=createTreeWalker><span>This form is in the way.</span>
    <p>&lt;img src=x onerror="document.title='taken'"&gt; &lt;script&gt;document.title='taken'&lt;/script&gt;</p>
    <p>Alexander Karpov said: “{STAGED_ELSEWHERE}” &lt;b onmouseover=alert(1)&gt;</p>
    <p>{UNBROKEN}</p></form></body></html>"""
    page = connected.visit(site(hostile))
    panel = connected.open()
    connected.menu("check-page", page)
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Claims that were said before: 1 of")
    axe(panel)
    assert panel.evaluate("document.documentElement.scrollWidth") <= 400
    connected.menu("check-selection", page, "<img src=x onerror=alert(1)><script>document.title='taken'</script>")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Nothing like it was said before")
    expect(panel.get_by_label("The sentence")).to_have_value(
        "<img src=x onerror=alert(1)><script>document.title='taken'</script>"
    )
    assert panel.title() == "Refrain: said before?"
    assert panel.locator("img, script:not([src='panel.js'])").count() == 0


def test_a_page_sees_neither_key_nor_extension(connected, site, key):
    page = connected.visit(site(PAGE))
    panel = connected.open()
    connected.menu("check-page", page)
    expect(panel.get_by_role("heading", level=2)).to_be_visible()
    assert page.evaluate("typeof globalThis.refrainPage") == "undefined"
    assert page.evaluate("typeof globalThis.chrome?.storage") == "undefined"
    answered = page.evaluate(
        "(url) => fetch(url).then(() => 'read', () => 'refused')", f"{connected.base}/settings.html"
    )
    assert answered == "refused"
    # Nor do scripts of the extension that run in the page.
    connected.worker.evaluate(
        """async (url) => { const [tab] = await chrome.tabs.query({ url });
        const [{ result }] = await chrome.scripting.executeScript({ target: { tabId: tab.id },
          func: () => chrome.storage.local.get().then((all) => JSON.stringify(all), () => "refused") });
        globalThis.seen = result; }""",
        page.url,
    )
    assert connected.worker.evaluate("globalThis.seen") == "refused"


def test_a_huge_page_and_a_huge_selection_are_cut_and_said_to_be(connected, site):
    many = "".join(f"<p>Region {n} exported grain to the south by river and by rail.</p>" for n in range(6_000))
    page = connected.visit(site(f"<main><p>Alexander Karpov said: “{STAGED_ELSEWHERE}”</p>{many}</main>"))
    panel = connected.open()
    sent = []
    panel.on("request", lambda one: sent.append(one.post_data_json) if one.url.endswith("/v1/documents") else None)
    connected.menu("check-page", page)
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Claims that were said before")
    expect(panel.locator(".notice").first).to_have_text("The page is too long: only its beginning was read.")
    assert len(sent[0]["text"]) <= 190_000
    page.evaluate("getSelection().selectAllChildren(document.body)")
    connected.shortcut("check-selection", page)
    expect(panel.get_by_role("alert")).to_contain_text("characters, and a sentence may have 5000")


def test_a_request_that_waited_too_long_is_not_sent(connected, site):
    page = connected.visit(site(PAGE))
    connected.menu("check-selection", page, STAGED_ELSEWHERE)
    connected.worker.evaluate(
        """async () => { const { request } = await chrome.storage.session.get("request");
        await chrome.storage.session.set({ request: { ...request, at: Date.now() - 61_000 } }); }"""
    )
    panel = connected.open()
    until(lambda: connected.worker.evaluate("chrome.storage.session.get()") == {}, 30)
    panel.evaluate("new Promise((done) => setTimeout(done))")
    expect(panel.get_by_label("The sentence")).to_have_value("")
    expect(panel.get_by_role("status")).to_be_empty()
    connected.menu("check-selection", page, STAGED)
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Said at least once")
    expect(panel.get_by_label("The sentence")).to_have_value(STAGED)
