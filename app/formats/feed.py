"""Feeds: RSS and Atom by feedparser, JSON Feed 1.x, and sitemaps with or without the extension for news."""

import html
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urljoin

from lxml import etree

from app.domain.core import strict_json
from app.domain.sources.watched_sources import Feed, FeedEntry
from app.formats.html_page import read_all_text
from app.formats.json_feed import is_feed
from app.formats.lines import Unreadable
from app.formats.xml_feed import parse_xml

_LONGEST_ID: Final = 2_000
_LONGEST_TITLE: Final = 500
_LONGEST_TEXT: Final = 200_000
_MOST_JSON_VALUES: Final = 500_000
_HEAD: Final = 4_096


def read_feed(content: bytes, media_type: str, url: str, most: int) -> Feed:
    """Reads the first `most` entries. `url`: where it is, for relative addresses. Raises `Unreadable`."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise Unreadable("is no feed: it is empty")
    if head.startswith(b"{"):
        return _json_feed(content, url, most)
    if b"<sitemapindex" in head:
        raise Unreadable("is an index of sitemaps: name one of the sitemaps in it")
    if b"<urlset" in head:
        return _sitemap(content, url, most)
    return _rss_or_atom(content, media_type, url, most)


def _rss_or_atom(content: bytes, media_type: str, url: str, most: int) -> Feed:
    headers = {"content-type": media_type or "application/xml", "content-location": url}
    read = parse_xml(content, headers)
    if read is None:
        raise Unreadable(f"is no feed that can be read, but {media_type or 'something else'}")
    entries = [_of_feedparser(entry, url) for entry in read.entries[:most]]
    return _feed(entries, _text(read.feed.get("title")), len(read.entries))


def _of_feedparser(entry: Mapping[str, Any], url: str) -> FeedEntry | None:
    written = max((part.get("value") or "" for part in entry.get("content") or ()), key=len, default="")
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return _entry(
        entry.get("id"), entry.get("link"), url, entry.get("title"), written or entry.get("summary"),
        entry.get("author"), f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}" if moment else None,
    )  # fmt: skip


def _json_feed(content: bytes, url: str, most: int) -> Feed:
    try:
        parsed = strict_json.loads(content, _MOST_JSON_VALUES)
    except strict_json.NotJson as error:
        raise Unreadable(f"is no JSON Feed: it {error}") from error
    if not is_feed(parsed):
        raise Unreadable("is no JSON Feed: it has no version of one, or no items")
    items = parsed["items"]
    entries = [_of_json(item, url) for item in items[:most] if isinstance(item, dict)]
    return _feed(entries, _text(parsed.get("title")), len(items))


def _of_json(item: Mapping[str, Any], url: str) -> FeedEntry | None:
    authors = item.get("authors") or [item.get("author")]
    names = [one.get("name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    written = item.get("content_text")
    written = html.escape(written, quote=False) if isinstance(written, str) else item.get("content_html")
    number = item.get("id")
    return _entry(
        json.dumps(number) if isinstance(number, int | float) else number, item.get("url") or item.get("external_url"),
        url, item.get("title"), written or item.get("summary"), next(iter(names), None),
        _day(item.get("date_published") or item.get("date_modified")),
    )  # fmt: skip


def _sitemap(content: bytes, url: str, most: int) -> Feed:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("is a sitemap that cannot be read") from error
    pages = [] if tree is None else [node for node in tree if _name(node) == "url"]
    entries = [_of_sitemap(page, url) for page in pages[:most]]
    return _feed(entries, None, len(pages))


def _of_sitemap(page: Any, url: str) -> FeedEntry | None:
    found: dict[str, str] = {}
    for node in page.iter():
        found.setdefault(_name(node), (node.text or "").strip())
    moment = found.get("publication_date") or found.get("lastmod")
    return _entry(None, found.get("loc"), url, html.escape(found.get("title", "")), None, None, _day(moment))


def _feed(entries: Iterable[FeedEntry | None], title: str | None, all_entries: int) -> Feed:
    """The feed of those entries that have an identity, each once."""
    known = {entry.id: entry for entry in reversed([entry for entry in entries if entry])}
    kept = tuple(reversed(known.values()))
    return Feed(kept, title, max(0, all_entries - len(kept)))


def _entry(
    number: Any, link: Any, base: str, title: Any, written: Any, author: Any, published_at: str | None
) -> FeedEntry | None:
    """An entry; None for one without id, address, title or text. Titles and texts are HTML."""
    address = _joined(base, link.strip()) if isinstance(link, str) and link.strip() else None
    title, text = _text(title), _text(written, _LONGEST_TEXT)
    identity = number.strip() if isinstance(number, str) and number.strip() else address or title or text
    if not identity:
        return None
    return FeedEntry(identity[:_LONGEST_ID], address, title, text, _text(author), published_at)


def _joined(base: str, link: str) -> str | None:
    try:
        return urljoin(base, link)
    except ValueError:
        return None


def _text(written: Any, longest: int = _LONGEST_TITLE) -> str | None:
    """HTML as plain text, shortened; None for what is no text."""
    if not isinstance(written, str) or not written.strip():
        return None
    written = written[: 4 * longest]
    if "<" not in written:
        plain = html.unescape(written).strip()
    else:
        page = read_all_text(written)
        plain = page.text.strip() if page else ""
    plain = "".join(character for character in plain if character in "\n\t" or character.isprintable())
    return plain[:longest].strip() or None


def _day(raw: Any) -> str | None:
    try:
        return date.fromisoformat(raw.strip()[:10]).isoformat() if isinstance(raw, str) else None
    except ValueError:
        return None


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
