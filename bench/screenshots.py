"""Takes the pictures of `docs/images` from a demo of its own: `make screenshots OF=docs`. Needs Chromium."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
from playwright.sync_api import Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parents[1]
IMAGES: Final = ROOT / "docs" / "images"
LARGEST: Final = 250_000
"""Bytes of a picture."""
_STARTS_IN_S: Final = 120
FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

Visit = Callable[[Page], None]


@contextmanager
def demo() -> Iterator[tuple[str, str, str, str]]:
    """A demo with an archive of its own until the block ends: its address, whom to sign in as, and its key."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+") as log:
        hosts = dict.fromkeys(("REFRAIN_WEBHOOK_ALLOWED_HOSTS", "REFRAIN_SOURCE_ALLOWED_HOSTS"), "127.0.0.1")
        environment = {**os.environ, **hosts, "REFRAIN_DEMO": "1", "REFRAIN_DATA_DIR": f"{folder}/data"}
        command = [str(Path(sys.executable).with_name("refrain")), "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.DEVNULL, cwd=ROOT)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process)
            log.seek(0)
            said = re.search(
                r"Sign in there as (\S+) with the password (\S+)\s.*^(rfr_\S+)$", log.read(), re.DOTALL | re.M
            )
            assert said, "the demo names nobody to sign in as, and no key"
            yield address, said[1], said[2], said[3]
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(_STARTS_IN_S * 5):
        assert process.poll() is None, "the demo ended before it was ready"
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError("the demo does not get ready")


def sample_statement() -> dict[str, str]:
    """The first statement of the demonstration."""
    with (ROOT / "sample" / "demo_statements.jsonl").open(encoding="utf-8") as lines:
        record: dict[str, str] = json.loads(next(lines))
    return record


def sign_in(page: Page, login: str, password: str) -> None:
    """Signs somebody in."""
    page.goto("/sign-in")
    page.get_by_label("Name").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def queue(page: Page) -> None:
    page.goto("/")


def flag(page: Page) -> None:
    page.goto("/?q=six+tanks")
    page.locator("a[href^='/flags/']").last.click()
    page.wait_for_url("**/flags/*")


def check(page: Page) -> None:
    statement = sample_statement()
    page.goto("/check")
    page.get_by_label("Statement", exact=True).fill(statement["text"])
    page.get_by_label("Said on").fill(statement["said_at"])
    page.get_by_label("Speaker").fill(statement["speaker"])
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="precedents").wait_for()


def statement(page: Page) -> None:
    check(page)
    page.locator("a[href^='/statements/']").first.click()
    page.wait_for_url("**/statements/*")


def narrative(page: Page) -> None:
    check(page)
    page.locator("a[href^='/narratives/']").first.click()
    page.wait_for_url("**/narratives/*")


def article(page: Page) -> None:
    page.goto("/check/article")
    page.get_by_label("Article", exact=True).fill((ROOT / "sample" / "article.txt").read_text("utf-8"))
    page.get_by_label("Published on").fill("2021-05-24")
    page.get_by_role("button", name="Find the claims").click()
    claims, known = page.get_by_role("heading", name="claims"), page.locator("main a[data-key='o']")
    claims.or_(known).first.wait_for()
    if known.count():  # it was checked before, for the other theme
        known.click()
        claims.wait_for()


PLACES: Final[dict[str, Visit]] = {
    "queue": queue,
    "flag": flag,
    "check": check,
    "statement": statement,
    "narrative": narrative,
    "article": article,
}


def main() -> None:
    """Writes a picture of every place, light and dark."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("the pictures need Chromium: on Debian and Ubuntu, apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with demo() as (address, login, password, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for theme in ("light", "dark"):
            page = browser.new_page(
                base_url=address,
                color_scheme="dark" if theme == "dark" else "light",
                viewport={"width": 1280, "height": 720},
                reduced_motion="reduce",
            )
            sign_in(page, login, password)
            not_now = page.get_by_role("button", name="Not now")  # the offer of the tour, to a new account
            if not_now.count():
                not_now.click()
            for name, visit in PLACES.items():
                visit(page)
                page.wait_for_load_state("networkidle")
                file = IMAGES / f"{name}-{theme}.png"
                page.screenshot(path=file)
                size = file.stat().st_size
                assert size < LARGEST, f"{file.name} has {size:,} bytes"
                print(f"{file.relative_to(ROOT)}  {size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
