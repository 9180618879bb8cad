"""The wait of an analyst from a key to the next flag painted, in Chromium over the real server.

    python bench/shift.py [--flags 400] [--judged 40] [--think 1.0]

An archive without a model, since a decision does not encode; the server is in this process, as is what drives the browser.
The wait is from the keydown event to the second frame after the next flag's page was loaded, or swapped in. Who
thinks for `--think` seconds before each key gives a page that fetches ahead the time to do so.
"""

import argparse
import logging
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "pages"))

from builders import PASSWORD, account, services
from flags_on_desk import FlagsOnDesk
from serving import serving_app

from app.admin_wiring import now
from app.main import create_app
from app.settings import Settings

KEYS = ["c", "d Enter", "c", "d 2", "s"]
WANTED_MS = 300
_NOTED = """
(() => {
  const store = (name, value) => sessionStorage.setItem(name, value);
  addEventListener("keydown", () => store("bench-pressed", Date.now()), true);
  const noted = (name) => Number(sessionStorage.getItem(name));
  const first = () => { if (noted("bench-painted") <= noted("bench-pressed")) store("bench-painted", Date.now()); };
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(first));
  addEventListener("DOMContentLoaded", () => { painted(); document.addEventListener("htmx:load", painted); });
})();
"""


def main() -> None:
    logging.disable(logging.INFO)
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--flags", type=int, default=400)
    options.add_argument("--judged", type=int, default=40)
    options.add_argument("--think", type=float, default=1.0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = services(Path(folder), clock=now)
        FlagsOnDesk(built).many([f"Attack number {at} is being staged." for at in range(given.flags)])
        login = account(built, "analyst", "Desk").login
        app = create_app(built, Settings(data_dir=Path(folder), work_in_background=False))
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        with serving_app(app) as url:
            page = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900}).new_page()
            page.add_init_script(_NOTED)
            page.goto("/sign-in")
            page.get_by_label("Name").fill(login)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
            page.goto("/")
            page.locator(".flag-link").first.click()
            page.wait_for_url("**/flags/*")
            waits = [judged(page, KEYS[at % len(KEYS)], given.think) for at in range(given.judged)]
        browser.close()
        built.store.close()
    print(f"{given.judged} of {given.flags} flags judged by keys, {given.think} s of thought before each")
    over = sum(wait > WANTED_MS for wait in waits)
    print(
        f"from the key to the next flag painted, ms: median {median(waits):.0f}, most {max(waits):.0f}, over {WANTED_MS}: {over}"
    )


def judged(page, keys: str, think_s: float) -> float:
    """Milliseconds from the last of the keys to the next flag painted."""
    page.wait_for_timeout(think_s * 1_000)
    here = page.url
    for key in keys.split():
        if key != keys.split()[0]:
            page.locator("details[open] [data-first]").wait_for()
        page.keyboard.press(key)
    page.wait_for_url(lambda url: "/flags/" in url and url != here)
    painted = "() => Number(sessionStorage.getItem('bench-painted')) > Number(sessionStorage.getItem('bench-pressed'))"
    page.wait_for_function(painted)
    return page.evaluate("sessionStorage.getItem('bench-painted') - sessionStorage.getItem('bench-pressed')")


if __name__ == "__main__":
    main()
