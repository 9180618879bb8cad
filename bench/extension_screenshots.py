"""Takes the pictures of the browser extension and of the card, from a demo of its own: `make screenshots OF=docs`."""

import base64
import json
import os
import shutil
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import httpx
from playwright.sync_api import BrowserContext, BrowserType, Page, Worker, sync_playwright
from screenshots import IMAGES, LARGEST, ROOT, demo

EXTENSION: Final = ROOT / "plugins" / "browser"
_FLAGS: Final = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=en"]
_PAGE: Final = {"width": 800, "height": 720}
_PANEL: Final = {"width": 440, "height": 720}
_LOOK: Final = (
    ":root{color-scheme:light dark}body{max-width:40rem;margin:2rem auto;padding:0 1.5rem;font:1.125rem/1.6 Georgia,serif}"
    "h1{font-size:1.75rem;line-height:1.25}"
)


class Site:
    """A site at a port of this machine whose pages are `pages`, by path."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, text = pages.get(self.path, ("text/plain", ""))
                self.send_response(200)
                self.send_header("content-type", f"{kind}; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def article() -> str:
    title, *paragraphs = [
        line for line in (ROOT / "sample" / "article.txt").read_text("utf-8").split("\n") if line.strip()
    ]
    text = "".join(f"<p>{line}</p>" for line in paragraphs)
    date = '<meta property="article:published_time" content="2021-05-24">'
    return f"<!doctype html><html lang=en><title>News</title>{date}<style>{_LOOK}</style><main><h1>{title}</h1>{text}</main>"


def card(address: str, key: str) -> str:
    """The page of an article with a card of the check of its statement."""
    text = (
        "The militants plan to stage a false chemical attack in Idlib, and it will be blamed on the Syrian government."
    )
    headers = {"Authorization": f"Bearer {key}"}
    asked = {"text": text, "said_at": "2021-05-23", "record": False}
    matches = httpx.post(f"{address}/v1/checks", headers=headers, json=asked, timeout=60).json()["matches"]
    precedents = [
        {name: match["precedent"][name] for name in ("text", "language", "speaker", "said_at", "source", "findings")}
        for match in matches
        if match["precedent"]["language"] == "en" and match["precedent"]["speaker"]
    ][:2]
    data = json.dumps({"version": 1, "precedents": precedents}).replace("<", "\\u003c")
    return (
        f"<!doctype html><html lang=en-GB><title>News</title><style>{_LOOK}</style><script type=module src=/card.js></script>"
        f"<main><p>“{text}”</p><refrain-card><script type=application/json>{data}</script></refrain-card></main>"
    )


def started(browser: BrowserType, folder: Path, theme: str) -> tuple[BrowserContext, Worker]:
    """A browser with the extension, allowed to reach this machine as its reader would allow it."""
    copy = shutil.copytree(EXTENSION, folder / "extension")
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**manifest, "host_permissions": ["http://127.0.0.1/*"]}), "utf-8")
    context = browser.launch_persistent_context(
        folder / "profile",
        executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
        headless=False,
        args=[*_FLAGS, f"--disable-extensions-except={copy}", f"--load-extension={copy}"],
        env={**os.environ, "LANGUAGE": "en"},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
    while not any("settings.html" in page.url for page in context.pages):
        worker.evaluate("true")  # On its first start it opens its settings, in whichever tab is blank.
    return context, worker


def panel_beside_page(context: BrowserContext, worker: Worker, site: Site, theme: str) -> None:
    page = context.new_page()
    page.set_viewport_size(_PAGE)
    page.goto(f"{site.url}/article")
    panel = context.new_page()
    panel.set_viewport_size(_PANEL)
    panel.goto(worker.url.replace("background.js", "panel.html"))
    worker.evaluate(
        "async (url) => { const [tab] = await chrome.tabs.query({ url });"
        " chrome.contextMenus.onClicked.dispatch({ menuItemId: 'check-page' }, tab); }",
        page.url,
    )
    panel.locator(".claims").first.wait_for()
    claim = panel.locator(".claims > li > details").filter(has_text="six tanks").first
    claim.locator("summary").first.click()
    claim.get_by_role("button", name="Show in the page").click()
    page.bring_to_front()
    left = page.screenshot()
    panel.bring_to_front()
    claim.evaluate("(one) => one.scrollIntoView({ block: 'start' })")
    beside(context.new_page(), [left, panel.screenshot()], IMAGES / f"extension-{theme}.png")


def beside(page: Page, pictures: list[bytes], file: Path) -> None:
    """Writes one picture of several, side by side."""
    page.set_viewport_size({"width": _PAGE["width"] + _PANEL["width"] + 1, "height": _PAGE["height"]})
    shown = "".join(f'<img src="data:image/png;base64,{base64.b64encode(one).decode()}">' for one in pictures)
    page.set_content(f"<style>body{{margin:0;display:flex;gap:1px;background:#878d93}}</style>{shown}")
    page.screenshot(path=file)


def settings(context: BrowserContext, worker: Worker, address: str, key: str, theme: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 720, "height": 720})
    page.goto(worker.url.replace("background.js", "settings.html"))
    page.get_by_label("Address of the service").fill(address)
    page.get_by_label("Key", exact=True).fill(key)
    page.get_by_role("button", name="Test and save").click()
    page.locator(".success").wait_for()
    page.screenshot(path=IMAGES / f"extension-settings-{theme}.png", full_page=True)


def main() -> None:
    """Writes the pictures, light and dark."""
    if not (shutil.which("chromium") or shutil.which("google-chrome")):
        sys.exit("the pictures need Chromium: on Debian and Ubuntu, apt-get install chromium")
    site = Site()
    with demo() as (address, _, _, key), sync_playwright() as playwright:
        site.pages["/article"] = ("text/html", article())
        site.pages["/card"] = ("text/html", card(address, key))
        site.pages["/card.js"] = ("text/javascript", (ROOT / "client-js" / "card.js").read_text("utf-8"))
        for theme in ("light", "dark"):
            with tempfile.TemporaryDirectory() as folder:
                context, worker = started(playwright.chromium, Path(folder), theme)
                settings(context, worker, address, key, theme)
                panel_beside_page(context, worker, site, theme)
                page = context.new_page()
                page.set_viewport_size({"width": 760, "height": 400})
                page.goto(f"{site.url}/card")
                page.get_by_role("group", name="Said before").wait_for()
                page.screenshot(path=IMAGES / f"card-{theme}.png", full_page=True)
                context.close()
            for name in ("extension", "extension-settings", "card"):
                file = IMAGES / f"{name}-{theme}.png"
                assert file.stat().st_size < LARGEST, f"{file.name} has {file.stat().st_size:,} bytes"
                print(f"{file.relative_to(ROOT)}  {file.stat().st_size:,} bytes")
    site.server.shutdown()


if __name__ == "__main__":
    main()
