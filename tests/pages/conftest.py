"""The desk in a real browser: Debian's Chromium, headless, against the real server over real HTTP."""

import contextlib
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from builders import PASSWORD, account, services
from playwright.sync_api import expect, sync_playwright
from serving import serving_app

from app.admin_wiring import now
from app.main import create_app
from app.settings import Settings

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 375, "height": 740}
# A browser that looks for updates or measures how it is used would call hosts that are not ours.
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage",
]  # fmt: skip
_PATIENCE_MS = 60_000
# Colours that a scheme gives may be the ones before until the next frame.
_PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

expect.set_options(timeout=_PATIENCE_MS)


class Desk:
    """A service on a port of this machine, and the browsers that look at it."""

    WIDE, NARROW = WIDE, NARROW

    def __init__(self, built, url, chromium):
        self.services = built
        self.url = url
        self._chromium = chromium
        self._open = []

    def browser(self, theme="light", size=WIDE, zone="Europe/Berlin", **more):
        """A new browser that nobody is signed in at, and its page."""
        context = self._chromium.new_context(
            base_url=self.url, color_scheme=theme, viewport=size, timezone_id=zone, locale="en-GB",
            reduced_motion="reduce", **more,
        )  # fmt: skip
        context.set_default_timeout(_PATIENCE_MS)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: "Content Security Policy" in said.text and page.faults.append(said.text))
        self._open.append(page)
        return page

    def signed_in(self, role="analyst", organisation="Desk", login=None, at=None, **browser):
        """The page of a new account, or of one that `builders.account` made, which has signed in; empty, or `at` an
        address. The form is sent without being shown: `sign_in` shows it."""
        if login is None:
            login = account(self.services, role, organisation).login
        page = self.browser(**browser)
        form, own = {"login": login, "password": PASSWORD}, {"Origin": self.url}
        answer = page.request.post("/sign-in", form=form, headers=own, max_redirects=0)
        assert answer.status == 303, answer.text()
        if at is not None:
            page.goto(at)
        return page

    def sign_in(self, page, login, password=PASSWORD):
        """Signs in by the form, at whatever page asks for it or by itself."""
        if "/sign-in" not in page.url:
            page.goto("/sign-in")
        page.get_by_label("Name").fill(login)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)

    def close(self):
        """Closes the browsers, for `contextlib.closing`."""
        self.close_browsers()

    def close_browsers(self):
        faults = [fault for page in self._open for fault in page.faults]
        for page in self._open:
            page.context.close()
        self._open.clear()
        assert not faults, f"scripts of the pages failed, or were refused: {faults}"


@contextlib.contextmanager
def serving(data_dir, chromium, settings=None, built=None, port=0, **parts):
    """A desk until the block ends, over `built` or else over `builders.services`, to which `parts` go: an embedder, a
    policy. `port`: where it listens, 0 for any."""
    built = built or services(data_dir, clock=now, **parts)
    app = create_app(built, settings or Settings(data_dir=data_dir, work_in_background=False))
    try:
        with serving_app(app, port=port) as url:
            yield Desk(built, url, chromium)
    finally:
        built.store.close()


@pytest.fixture(scope="package")
def chromium():
    """The browser's process. It ends with these tests: playwright's loop would be in the way of others."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "these tests need Chromium: on Debian and Ubuntu, apt-get install chromium (as make test does)"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, headless=True, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def served(chromium, tmp_path_factory):
    """One service for the tests of a file, which must not get into each other's way."""
    with serving(tmp_path_factory.mktemp("desk"), chromium) as one:
        yield one


@pytest.fixture
def desk(served):
    """The service of the file; browsers that the test opened are closed after it, and their errors fail it."""
    yield served
    served.close_browsers()


@pytest.fixture
def own_desk(chromium, tmp_path):
    """A service for this test alone."""
    with serving(tmp_path / "desk", chromium) as one:
        yield one
        one.close_browsers()


@pytest.fixture(scope="session")
def serving_of_any_scope():
    """`serving`, for a fixture of a file: there is more than one conftest to import it from."""
    return serving


@pytest.fixture(scope="session")
def desk_of():
    """`Desk`, for a service that a test starts and stops by itself."""
    return Desk


@pytest.fixture
def serve_desk(chromium, tmp_path):
    """Makes a service of the test's own with other parts: `with serve_desk(policy=…) as desk`."""
    return lambda **parts: serving(tmp_path / "desk", chromium, **parts)


@pytest.fixture
def axe():
    """`axe(page)`: no violation of WCAG 2.2 A or AA nor of good practice, in light and in dark."""
    tool = Axe()
    rules = {"values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "type": "tag"}

    def look(page, context=None):
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.evaluate(_PAINTED)
            found = tool.run(page, context=context, options={"runOnly": rules, "resultTypes": ["violations"]})
            said = [
                f"{one['id']} ({theme}): {one['help']}: {node['html'][:200]} {node.get('failureSummary', '')}"
                for one in found.response["violations"]
                for node in one["nodes"]
            ]
            assert not said, "\n".join(said)
        page.emulate_media(color_scheme="light")

    return look
