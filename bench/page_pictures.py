"""Takes a picture of every page of the desk, wide, usual and on a phone, light and dark, into `build/pictures`:
`make screenshots`. Needs Chromium. `--only TEXT` takes those alone whose address has the text in it.

The pages are those that the accessibility test looks at (`PAGES` in `tests/pages/test_accessible.py`): a page that is
added there is taken here too. What stands in braces in their addresses is found in the demo by `FOUND_BY`.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright
from screenshots import FLAGS, ROOT, article, check, demo, sign_in

PICTURES: Final = ROOT / "build" / "pictures"
WIDTHS: Final[Mapping[int, int]] = {1920: 1080, 1280: 900, 390: 844}
"""Widths of the window, and its height at each."""
THEMES: Final = ("light", "dark")
_LONGEST: Final = 6_000
"""Pixels down to which a long page is taken."""
_BRACES: Final = re.compile(r"\{(\w+)\}")


def first(page: Page, address: str, kind: str) -> str:
    """The id in the first link of a page to a thing of this kind."""
    page.goto(address)
    href = page.locator(f"main a[href^='/{kind}/']:not([href$='/new'])").first.get_attribute("href") or ""
    return href.split("/")[2].partition("?")[0].partition("#")[0]


def here(page: Page) -> str:
    """The id in the address of the page in hand."""
    return page.url.rstrip("/").rpartition("/")[2].partition("?")[0]


def made_webhook(page: Page) -> str:
    """The id of a webhook that is made."""
    page.goto("/webhooks")
    page.get_by_label("Address").fill("http://127.0.0.1:9/hook")
    page.get_by_role("button", name="Make the webhook").click()
    return first(page, "/webhooks", "webhooks")


def made_source(page: Page) -> str:
    """The id of a source that is watched."""
    page.goto("/watched-sources")
    page.get_by_label("Address of the feed").fill("http://127.0.0.1:9/feed.xml")
    page.get_by_role("button", name="Watch it").click()
    page.wait_for_url("**/watched-sources/*")
    return here(page)


def made_view(page: Page) -> str:
    """The id of a saved view."""
    page.goto("/?q=six+tanks")
    page.get_by_text("Save this list").click()
    page.get_by_label("Name for this list").fill("Tanks")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    href = page.locator("a[href$='/messages']").first.get_attribute("href") or ""
    return href.split("/")[2]


def made_import(page: Page) -> str:
    """The id of an import that has ended."""
    page.goto("/imports")
    lines = '{"text": "The harbour will be closed in May, the minister said."}\n{"no": "text"}\n'
    page.get_by_label("Files").set_input_files({"name": "claims.jsonl", "mimeType": "", "buffer": lines.encode()})
    page.get_by_role("button", name="Import this file").click()
    page.wait_for_url("**/imports/*-*")
    page.get_by_role("link", name="Undo the import").wait_for()
    return here(page)


def checked(visit: Callable[[Page], None], kind: str) -> Callable[[Page], str]:
    """Makes a visit that ends on a page of this kind; the id in its address."""

    def found(page: Page) -> str:
        visit(page)
        page.wait_for_url(f"**/{kind}/*")
        return here(page)

    return found


FOUND_BY: Final[Mapping[str, Callable[[Page], str]]] = {
    "check": lambda page: first(page, "/?state=any", "flags"),
    "alone": checked(check, "checks"),
    "article": checked(article, "documents"),
    "statement": lambda page: first(page, "/archive", "statements"),
    "narrative": lambda page: first(page, "/narratives", "narratives"),
    "webhook": made_webhook,
    "source": made_source,
    "view": made_view,
    "import": made_import,
}
"""How the ids in the addresses of pages are found in the demo, by their names. What the tests have of their own, such
as hostile texts, is not there, and such an address is passed over."""


def addresses(only: str) -> list[str]:
    """The addresses of all pages, with names in braces for ids."""
    sys.path[:0] = [str(ROOT / "tests" / "pages"), str(ROOT / "tests"), str(ROOT)]
    from test_accessible import PAGES

    return [path for path in PAGES if only in path]


def names_in(paths: list[str]) -> set[str]:
    """The names in braces of these addresses."""
    return {name for path in paths for name in _BRACES.findall(path)}


def file_of(path: str, width: int, theme: str) -> Path:
    """The file of a picture."""
    name = re.sub(r"[^\w-]+", "-", path).strip("-") or "queue"
    return PICTURES / f"{name}-{width}-{theme}.png"


@contextmanager
def looking(browser: Browser, base_url: str, width: int, theme: str) -> Iterator[Page]:
    """A page of a browser of this width and theme."""
    page = browser.new_page(
        base_url=base_url,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": WIDTHS[width]},
        reduced_motion="reduce",
    )
    yield page
    page.context.close()


def take(page: Page, path: str, address: str, width: int, theme: str) -> None:
    """Takes one picture of an address."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), _LONGEST)
    file = file_of(path, width, theme)
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": max(height, 1)})
    print(file.relative_to(ROOT))


def main() -> None:
    """Writes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="of pages whose address has this text in it")
    paths = addresses(parser.parse_args().only)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("the pictures need Chromium: on Debian and Ubuntu, apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as (base_url, login, password, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with looking(browser, base_url, 1280, "light") as page:
            sign_in(page, login, password)
            ids = {name: FOUND_BY[name](page) for name in sorted(names_in(paths) & FOUND_BY.keys())}
        for width in WIDTHS:
            for theme in THEMES:
                with looking(browser, base_url, width, theme) as page:
                    take(page, "/sign-in", "/sign-in", width, theme)
                    sign_in(page, login, password)
                    for path in paths:
                        if names_in([path]) <= ids.keys():
                            take(page, path, path.format(**ids), width, theme)
        browser.close()
    passed_over = [path for path in paths if not names_in([path]) <= ids.keys()]
    print("Not in the demo:", ", ".join(passed_over) or "nothing")


if __name__ == "__main__":
    main()
