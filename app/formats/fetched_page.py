"""Pages that were fetched: bytes to an article, whatever their encoding."""

import re
from typing import Final

from app.domain.documents.documents import Page
from app.formats.html_page import read_page

_MOST_CHARACTERS: Final = 500_000
_HEAD: Final = 2_048
_DECLARED = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})")
_ASCII_LOWER: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
"""Without those letters whose lower case is longer."""
_UNREAD: Final = ("script", "style", "svg")


def read_fetched_page(content: bytes, charset: str | None) -> Page | None:
    """The article of a page; None where there is none. `charset`: the header's, which goes before the page's."""
    declared = _DECLARED.search(content[:_HEAD])
    name = charset or (declared[1].decode("ascii") if declared else "utf-8")
    try:
        text = content.decode(name, "replace")
    except (LookupError, ValueError):
        text = content.decode("utf-8", "replace")
    text = text.lstrip("\ufeff").replace("\x00", "")
    for element in _UNREAD:
        text = _without(text, element)
    return read_page(text[:_MOST_CHARACTERS])


def _without(text: str, element: str) -> str:
    """The page without these elements, which make up most of many a page and hold no article."""
    lower = text.translate(_ASCII_LOWER)
    kept: list[str] = []
    at = 0
    while (start := lower.find(f"<{element}", at)) >= 0:
        end = lower.find(f"</{element}", start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = lower.find(">", end) + 1 or len(text)
    return "".join((*kept, text[at:]))
