"""The browser extension as it is loaded from its folder, in Debian's Chromium, and pages for it to read."""

import contextlib
import json
import os
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from waiting import until

from app.domain.access.keys import Scope

FOLDER = Path(__file__).resolve().parents[3] / "plugins" / "browser"
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage",
]  # fmt: skip
_PATIENCE_MS = 60_000
_PANEL = {"width": 400, "height": 800}


class Extension:
    """A browser with the extension. Its panel is opened in a tab: what it shows and does is the same."""

    def __init__(self, context):
        self.context = context
        self.worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        self.faults = []
        context.set_default_timeout(_PATIENCE_MS)

    @property
    def base(self):
        return self.worker.url.rsplit("/", 1)[0]

    def open(self, name="panel.html"):
        """A page of the extension; what it complains of is a fault."""
        page = self.context.new_page()
        page.set_viewport_size(_PANEL)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: "Content Security" in said.text and self.faults.append(said.text))
        page.goto(f"{self.base}/{name}")
        return page

    def connect(self, address, key):
        """Fills in the settings, and returns their page when they have answered."""
        page = self.open("settings.html")
        page.get_by_label("Address of the service").fill(address)
        page.get_by_label("Key", exact=True).fill(key)
        page.get_by_role("button", name="Test and save").click()
        page.locator("#failure p, #result .success").first.wait_for()
        return page

    def stored(self):
        return self.worker.evaluate("chrome.storage.local.get()")

    def visit(self, url):
        page = self.context.new_page()
        page.goto(url)
        return page

    def menu(self, item, page, text=None):
        """What the browser does when the menu of the right mouse button is used in a page."""
        self._dispatch("contextMenus.onClicked", {"menuItemId": item, "selectionText": text}, page)

    def shortcut(self, name, page):
        """What the browser does when a shortcut is pressed in a page."""
        self._dispatch("commands.onCommand", name, page)

    def _dispatch(self, event, first, page):
        self.worker.evaluate(
            "async ([event, first, url]) => {"
            " const [tab] = await chrome.tabs.query({ url });"
            " event.split('.').reduce((at, name) => at[name], chrome).dispatch(first, tab); }",
            [event, first, page.url.split("#")[0]],
        )


@pytest.fixture
def folder_as_it_is():
    return FOLDER


@pytest.fixture
def extension_folder(tmp_path):
    """The extension with the permission for this machine that its reader gives: no test can press the browser's own
    button for it."""
    copy = shutil.copytree(FOLDER, tmp_path / "extension")
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    manifest["host_permissions"] = ["http://127.0.0.1/*"]
    (copy / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return copy


@pytest.fixture
def browser_with(chromium, tmp_path):
    """`browser_with(folder)`: a browser with the extension of a folder, until the test ends."""
    with contextlib.ExitStack() as opened:

        def start(folder, language="en", **options):
            context = chromium.browser_type.launch_persistent_context(
                tmp_path / f"profile-{language}",
                executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
                headless=False,
                args=[
                    *FLAGS,
                    f"--lang={language}",
                    f"--disable-extensions-except={folder}",
                    f"--load-extension={folder}",
                ],
                env={**os.environ, "LANGUAGE": language},
                reduced_motion="reduce",
                **options,
            )
            opened.callback(context.close)
            one = Extension(context)
            # On its first start it opens its settings. Pages are counted as the browser is talked to.
            until(
                lambda: one.worker.evaluate("true") and any("settings.html" in page.url for page in context.pages), 30
            )
            return one

        yield start


@pytest.fixture
def extension(browser_with, extension_folder):
    """The extension in a browser of the test's own; errors of its scripts fail the test."""
    one = browser_with(extension_folder)
    yield one
    assert not one.faults


@pytest.fixture
def key(desk):
    """A key of the service of this file."""
    return desk.services.manage_keys.create("my browser", [Scope.CHECK], "Desk")[0]


@pytest.fixture
def connected(extension, desk, key):
    """The extension, connected to the service of this file."""
    extension.connect(desk.url, key).locator("#result .success").wait_for()
    return extension


@pytest.fixture
def site():
    """`site(html)`: the address of a page of another site."""
    pages = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            number = self.path.strip("/")
            body = pages[int(number)].encode() if number.isdigit() else b""
            self.send_response(200 if body else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def publish(html):
        pages.append(html)
        return f"http://127.0.0.1:{server.server_port}/{len(pages) - 1}"

    yield publish
    server.shutdown()
    thread.join()
    server.server_close()
