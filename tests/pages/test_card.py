"""The card of client-js in an article of another site, under a strict content security policy."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

CARD = (Path(__file__).resolve().parents[2] / "client-js" / "card.js").read_text("utf-8")
CSP = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'"
SAID = {
    "version": 1,
    "statement": {"text": "Again.", "language": "en", "speaker": "A spokesman", "said_at": "2021-05-23"},
    "precedents": [
        {
            "text": "Militants are about to stage a chemical attack.", "language": "en", "speaker": "A spokesman",
            "said_at": "2021-04-24", "source": {"name": "Example News", "url": "https://example.org/1"},
            "findings": [
                {"verdict": "unproven", "publisher": "A publisher", "url": "https://p.example/", "published_at": None}
            ],
        },
        {
            "text": "يخطط المسلحون لتمثيل هجوم كيميائي في إدلب.", "language": "ar", "speaker": None,
            "said_at": "2021-02", "source": {"name": None, "url": None}, "findings": [],
        },
    ],
}  # fmt: skip
HOSTILE = {
    "version": 1,
    "precedents": [
        {
            "text": "<img src=x onerror=\"document.title='taken'\">" + "Donaudampfschifffahrt" * 30, "said_at": "2021",
            "speaker": "<script>document.title='taken'</script>", "language": "\"><script>",
            "source": {"name": "<b>", "url": "javascript:alert(1)"},
            "findings": [{"verdict": "<i>", "publisher": "p", "url": "data:text/html,<script>alert(1)</script>"}],
        }
    ],
}  # fmt: skip


@pytest.fixture
def newsroom(desk):
    """`newsroom(card element, files)`: the page of an article, of a site with that policy, in a browser."""
    with contextlib.ExitStack() as opened:

        def publish(element, files=None, language="en", theme="light"):
            page_of_it = (
                f"<!doctype html><html lang={language}><head><title>News</title>"
                '<meta name="color-scheme" content="light dark"><script type="module" src="/card.js"></script></head>'
                f"<body><main><h1>An article</h1>{element}</main></body></html>"
            )
            given = {"/": ("text/html", page_of_it), "/card.js": ("text/javascript", CARD), **(files or {})}

            class Handler(BaseHTTPRequestHandler):
                def do_GET(self):
                    kind, text = given.get(self.path, (None, ""))
                    self.send_response(200 if kind else 404)
                    self.send_header("content-type", f"{kind or 'text/plain'}; charset=utf-8")
                    self.send_header("content-security-policy", CSP)
                    self.send_header("set-cookie", "session=1")
                    self.end_headers()
                    self.wfile.write(text.encode())

                def log_message(self, *_):
                    pass

            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            opened.callback(server.server_close)
            opened.callback(thread.join)
            opened.callback(server.shutdown)
            page = desk.browser(theme)
            page.requests = []
            page.on("request", lambda one: page.requests.append(one))
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            return page

        yield publish


def inline(card):
    return f'<refrain-card><script type="application/json">{json.dumps(card).replace("<", chr(92) + "u003c")}</script>'


def test_it_shows_who_said_what_when_and_where_under_a_strict_policy(newsroom, axe):
    page = newsroom(inline(SAID) + "</refrain-card>")
    card = page.get_by_role("group", name="Said before")
    expect(card.get_by_role("listitem")).to_have_count(2)
    first, second = card.get_by_role("listitem").all()
    expect(first).to_contain_text("A spokesman, April 24, 2021")
    expect(first.get_by_role("link", name="Example News")).to_have_attribute("href", "https://example.org/1")
    expect(first).to_contain_text("Found: unproven · A publisher")
    expect(second).to_contain_text("Speaker unknown, February 2021")
    expect(second.locator("blockquote")).to_have_css("direction", "rtl")
    expect(card).to_have_css("border-left-width", "4px")
    page.keyboard.press("Tab")
    expect(first.get_by_role("link", name="Example News")).to_be_focused()
    axe(page)
    assert {one.url.split("/", 3)[3] for one in page.requests} <= {"", "card.js", "favicon.ico"}


def test_its_data_may_be_a_file_of_the_site_which_is_asked_for_without_cookies(newsroom):
    page = newsroom(
        '<refrain-card src="card.json"></refrain-card>', {"/card.json": ("application/json", json.dumps(SAID))}
    )
    expect(page.get_by_role("group", name="Said before").get_by_role("listitem")).to_have_count(2)
    [asked] = [one for one in page.requests if one.url.endswith("card.json")]
    assert "cookie" not in asked.all_headers()


def test_texts_of_a_card_are_text(newsroom, axe):
    page = newsroom(inline(HOSTILE) + "</refrain-card>")
    card = page.get_by_role("group", name="Said before")
    expect(card).to_contain_text("onerror=")
    expect(card.locator("img, script, b, i, a")).to_have_count(0)
    assert page.title() == "News"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("src", "text"),
    [
        ("gone.json", ""), ("card.json", "{"), ("card.json", '{"version": 2, "precedents": []}'), ("card.json", "null"),
        ("card.json", '{"version": 1, "precedents": [{"text": 1, "said_at": "2021"}]}'),
        ("card.json", json.dumps(SAID) + " " * 500_000), ("javascript:alert(1)", ""),
    ],
)  # fmt: skip
def test_where_there_is_no_card_what_the_page_has_put_there_stays(newsroom, src, text):
    files = {"/card.json": ("application/json", text)}
    page = newsroom(f'<refrain-card src="{src}"><p>Said before, in April.</p></refrain-card>', files)
    page.evaluate("customElements.whenDefined('refrain-card').then(() => true)")
    said = page.evaluate(
        "() => new Promise((done) => { const one = document.querySelector('refrain-card');"
        " one.addEventListener('refrain-error', (event) => done(String(event.detail))); one.render(); })"
    )
    assert "Error" in said
    expect(page.get_by_text("Said before, in April.")).to_be_visible()
    expect(page.get_by_role("group")).to_have_count(0)


def test_its_words_are_those_of_what_is_around_or_as_the_page_has_them(newsroom):
    page = newsroom(inline(SAID) + "</refrain-card>", language="uk")
    expect(page.get_by_role("group", name="Уже казали")).to_contain_text("Мовець невідомий, лютий 2021")
    page = newsroom(
        inline(SAID).replace("<refrain-card", '<refrain-card heading="قيل من قبل"') + "</refrain-card>", language="ar"
    )
    expect(page.get_by_role("group", name="قيل من قبل")).to_contain_text("A spokesman")
