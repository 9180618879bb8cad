"""Saved web pages: the ClaimReview in their JSON-LD and microdata."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.formats.claimreview import document_lines
from app.formats.encodings import page_text
from app.formats.json_in_html import scripts_of, values_of
from app.formats.lines import FileFacts, Line, Opened, ReadOptions, Unreadable
from app.formats.microdata import microdata_of

LARGEST: Final = 100 * 1024 * 1024
NO_REVIEW: Final = (
    "is a web page without ClaimReview: check the claims of its article with refrain check --document, "
    "or POST /v1/documents"
)


def open_page(path: Path, options: ReadOptions) -> Opened:
    """A saved page with what was understood of it. Raises `Unreadable` where there is no ClaimReview in it."""
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"{path.name} is a page of over {LARGEST:,} bytes: cut it up")
    page, encoding = page_text(path.read_bytes(), options.encoding)
    lines = list(page_lines(page, options.day_first))
    if not any(line.draft or line.reason for line in lines):
        raise Unreadable(f"{path.name} {NO_REVIEW}")
    return Opened(FileFacts("web page with ClaimReview", encoding.name, encoding.guessed), lines)


def page_lines(page: str, day_first: bool | None = None) -> Iterator[Line]:
    """Lines of the reviews in a page's scripts and microdata; a faulty script about claims is a line with its fault."""
    number = 0
    for script_number, script in scripts_of(page):
        values, fault = values_of(script)
        for value in values:
            for line in document_lines(value, day_first):
                number += 1
                yield _placed(line, number, f"script {script_number}{line.place or ''}")
        if fault and "ClaimReview" in script:
            number += 1
            yield Line(number, reason=f"{fault}; the sound reviews in it were read", place=f"script {script_number}")
    for item_number, item in enumerate(microdata_of(page), start=1):
        for line in document_lines(item, day_first):
            number += 1
            yield _placed(line, number, f"microdata {item_number}")


def _placed(line: Line, number: int, place: str) -> Line:
    return Line(number, line.draft, None, line.reason, place, line.left_out, line.skipped)
