"""Article extraction from HTML: the text without menus and advertisements, and the page's metadata."""

import re
from datetime import date
from typing import Final

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document as Extracted

from app.domain.documents.documents import Page
from app.formats.live_blog import live_entries
from index.processor_budget import check_processor_budget

_TAG: Final = re.compile(r"<(?:[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?|/[a-zA-Z][\w:-]*\s*|!doctype[^<>]*)>|<!--", re.IGNORECASE)
_ELEMENT: Final = re.compile(
    r"<(/?)(?:div|span|section|article|table|tr|td|ul|ol|li|p|b|i|em|font|blockquote|main|a)\b", re.IGNORECASE
)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "main",
        "ol",
        "p",
        "section",
        "tr",
        "ul",
    ]
)
_UNSEEN: Final = frozenset(("script", "style", "title", "noscript", "template"))
_NESTED: Final = 200
"""Bound on the depth of elements: real pages stay far below, and the parser's own bound is 256."""
_MOST_ATTRIBUTES: Final = 200
"""Attributes of a tag that are read, the others are dropped: the parser compares each with all before it."""
_ATTRIBUTE: Final = r"[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+"
_ATTRIBUTES: Final = re.compile(rf"(<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{_MOST_ATTRIBUTES}}}+)((?:{_ATTRIBUTE})*+)")
_NOTE: Final = re.compile(r"<sup\b[^<>]{0,200}>(?:<a\b[^<>]{0,500}>)?\s*\[?\d{1,3}\]?\s*(?:</a>)?</sup>", re.IGNORECASE)
"""Number of a footnote, which belongs to no word."""
_TABLE: Final = re.compile(r"<table\b[^<>]*>((?:(?!</?table\b).)*+)</table>", re.IGNORECASE | re.DOTALL)
_ROW: Final = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
_CELL_TAG: Final = re.compile(r"</?(?:t[drh]|tbody|thead|tfoot|caption|colgroup|col)\b[^<>]*>", re.IGNORECASE)
_INNER_TAG: Final = re.compile(r"<[^<>]*>")
_PROSE_WORDS: Final = 6
"""Words of a table's row, on the mean, from which on it is a sentence laid out in cells, not data."""
_LONGEST_TITLE: Final = 500
_LONGEST_AUTHOR: Final = 200


def read_page(html: str) -> Page | None:
    """Extracts the article; None where there is none. Input without a tag is plain text.

    Nothing is fetched: what the page refers to is left alone.
    """
    if not _TAG.search(html):
        return Page(html.strip()) if html.strip() else None
    html = _ATTRIBUTES.sub(r"\1", html)
    html = _TABLE.sub(_prose_of_table, _NOTE.sub("", html))
    if _depth(html) > _NESTED:
        return read_all_text(html)
    try:
        found = bare_extraction(
            html,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        return read_all_text(html)
    if not isinstance(found, Extracted) or not (found.text or "").strip():
        return read_all_text(html)
    text = (found.text or "").strip()
    if "\n" not in text and (plain := read_all_text(html)) and plain.text.split() == text.split():
        text = plain.text  # the library's last resort: every word of the page, without its blocks
    return Page(
        text,
        (found.title or "")[:_LONGEST_TITLE].strip() or None,
        _day(found.date),
        (found.author or "")[:_LONGEST_AUTHOR].strip() or None,
        live_entries(html),
    )


def _prose_of_table(table: re.Match[str]) -> str:
    """The rows as paragraphs where they are sentences in cells, of which the extraction reads none; else the table."""
    check_processor_budget()
    rows = [_CELL_TAG.sub(" ", row) for row in _ROW.split(table[1])[1:]]
    words = sum(len(_INNER_TAG.sub(" ", row).split()) for row in rows)
    if not rows or "<th" in table[1].lower() or words < _PROSE_WORDS * len(rows):
        return table[0]
    return "".join(f"<p>{row}</p>" for row in rows)


def _depth(html: str) -> int:
    """Upper bound of the depth of nested elements: opening tags less closing tags, at the worst place."""
    depth = worst = 0
    for match in _ELEMENT.finditer(html):
        depth += -1 if match[1] else 1
        worst = max(worst, depth)
    return worst


def read_all_text(html: str) -> Page | None:
    """All text of a page, a line a block, where no article is found in it."""
    try:
        tree = etree.fromstring(html, etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError):
        return None
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")) if tree is not None else ():
        if event == "start":
            parts += ["\n" if element.tag in _BLOCKS else "", "" if element.tag in _UNSEEN else element.text or ""]
        else:
            parts += ["\n" if element.tag in _BLOCKS else "", element.tail or ""]
    check_processor_budget()
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    joined = "\n".join(line for line in lines if line)
    return Page(joined) if joined else None


def _day(raw: str | None) -> str | None:
    try:
        return date.fromisoformat(raw or "").isoformat()
    except ValueError:
        return None
