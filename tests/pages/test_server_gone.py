"""A server that is stopped and started while one works: nothing is lost, and what happens is said."""

import contextlib

import pytest
from builders import services
from flags_on_desk import FlagsOnDesk
from playwright.sync_api import expect
from serving import free_port, serving_app

from app.admin_wiring import now
from app.main import create_app
from app.settings import Settings


class Server:
    """A service at one port, over the same data whenever it runs."""

    def __init__(self, built, data_dir):
        self.built, self.data_dir, self.port = built, data_dir, free_port()
        self._running = contextlib.ExitStack()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        app = create_app(self.built, Settings(data_dir=self.data_dir, work_in_background=False))
        self._running.enter_context(serving_app(app, port=self.port, timeout_graceful_shutdown=1))

    def stop(self):
        self._running.close()


@pytest.fixture
def server(tmp_path):
    built = services(tmp_path / "desk", clock=now)
    one = Server(built, tmp_path / "desk")
    one.start()
    yield one
    one.stop()
    built.store.close()


@pytest.fixture
def desk(server, chromium, desk_of):
    with contextlib.closing(desk_of(server.built, server.url, chromium)) as one:
        yield one


@pytest.fixture
def flags(server):
    return FlagsOnDesk(server.built)


def statement(page):
    return page.get_by_role("region", name="Statement").locator(".statement")


def open_first(page):
    page.goto("/?sort=score")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(statement(page)).to_have_text("Attack number 0 is being staged.")


def open_first_and_fetch_ahead(page):
    open_first(page)
    expect(page.locator("a[data-prefetch=ready]")).to_be_attached()


def test_a_decision_waits_for_the_server_and_is_made_once(server, desk, flags, axe):
    flags.several(3)
    page = desk.signed_in()
    open_first_and_fetch_ahead(page)
    server.stop()
    page.keyboard.press("c")
    bar = page.locator("#held")
    expect(bar).to_contain_text("Not yet saved: Confirm", use_inner_text=True)
    expect(bar).to_contain_text("Next try in", use_inner_text=True)
    axe(page)
    expect(statement(page)).to_have_text("Attack number 1 is being staged.")  # fetched ahead, it needs no server
    page.keyboard.press("c")  # nothing is decided while a decision waits
    page.keyboard.press("j")  # and no page is left
    server.start()
    expect(page.get_by_text("Confirmed:")).to_be_visible()
    expect(statement(page)).to_have_text("Attack number 1 is being staged.")
    expect(bar).to_be_hidden()
    page.goto("/?state=confirmed")
    expect(page.locator(".flag-list > li")).to_have_count(1)


def test_a_page_that_cannot_be_had_is_said_and_comes_by_itself(server, desk, flags):
    flags.several(3)
    page = desk.signed_in()
    page.goto("/")
    server.stop()
    page.get_by_role("link", name="Archive", exact=True).click()
    expect(page.locator("#held")).to_contain_text("The service does not answer.", use_inner_text=True)
    expect(page.locator(".flag-list > li")).to_have_count(3)
    server.start()
    expect(page).to_have_title("Archive · Refrain")
    assert page.evaluate("location.pathname") == "/archive"
    server.stop()
    page.go_back()
    expect(page.locator("#held")).to_contain_text("This page stays as it is", use_inner_text=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Archive", use_inner_text=True)
    server.start()
    expect(page.locator(".flag-list > li")).to_have_count(3)


def test_what_was_typed_stays_and_is_sent_when_the_server_is_back(server, desk):
    page = desk.signed_in()
    page.goto("/check")
    text = "They are staging an attack in Idlib to blame the government."
    page.get_by_label("Statement", exact=True).fill(text)
    server.stop()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#held")).to_contain_text("Not yet saved: Check", use_inner_text=True)
    expect(page.get_by_label("Statement", exact=True)).to_have_value(text)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    server.start()
    page.get_by_role("button", name="Try now").or_(page.locator(".checked")).first.click()
    expect(page.locator(".checked .statement")).to_have_text(text)


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_done_twice(server, desk, flags):
    flags.several(2)
    page = desk.signed_in()
    open_first(page)
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch(max_redirects=0))  # it arrives, and its answer does not
            return route.abort("connectionreset")
        return route.continue_()

    page.route("**/notes*", lose)
    page.get_by_label("Write a note").fill("Seen on the evening news.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#held")).to_contain_text("Not yet saved", use_inner_text=True)
    expect(page.locator("#held")).to_be_hidden()
    expect(page.locator(".note-text")).to_have_count(1)
    assert lost[0].status == 303


def test_a_service_that_says_when_to_come_back_is_asked_then(server, desk):
    page = desk.signed_in()
    page.goto("/archive")
    refused = []

    def busy(route):
        if not refused:
            refused.append(True)
            return route.fulfill(status=503, headers={"Retry-After": "2"}, content_type="text/html", body="")
        return route.continue_()

    page.route("**/narratives", busy)
    page.get_by_role("link", name="Narratives", exact=True).click()
    expect(page.locator("#held")).to_contain_text("Next try in", use_inner_text=True)
    expect(page).to_have_title("Narratives · Refrain")


def test_one_may_stop_trying(server, desk, flags):
    flags.several(2)
    page = desk.signed_in()
    open_first_and_fetch_ahead(page)
    server.stop()
    page.keyboard.press("c")
    page.get_by_role("button", name="Do not save it").click()
    expect(page.locator("#held")).to_be_hidden()
    expect(statement(page)).to_have_text("Attack number 0 is being staged.")
    expect(page.locator("#messages .message")).to_have_count(0)
    server.start()
    page.goto("/")
    expect(page.locator(".flag-list > li")).to_have_count(2)
