"""RSS and Atom files."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import feedparser

from app.formats.entries import entry_line
from app.formats.lines import FileFacts, Line, Opened, ReadOptions, Unreadable

_LARGEST: Final = 16 * 1024 * 1024


def open_feed(path: Path, options: ReadOptions) -> Opened:  # noqa: ARG001 - every opener has these
    """A feed with what was understood of it. Raises `Unreadable`."""
    if path.stat().st_size > _LARGEST:
        raise Unreadable(f"{path.name} is a feed of over {_LARGEST:,} bytes: cut it up")
    return parse_feed(path.read_bytes(), path.name)


def parse_feed(raw: bytes, name: str) -> Opened:
    """A feed's bytes. Nothing that it refers to is fetched. Raises `Unreadable` where it has no entry and no title."""
    try:
        parsed = parse_xml(raw)
    except Exception as error:
        raise Unreadable(f"{name} is a feed that cannot be read") from error
    if parsed is None:
        raise Unreadable(f"{name} is XML of another kind: neither RSS nor Atom")
    facts = FileFacts("Atom" if "atom" in parsed.get("version", "") else "RSS", parsed.get("encoding"))
    if parsed.get("bozo") and parsed.entries:
        facts.notes.append("the feed has faults: what could be read of it was")
    return Opened(facts, _lines(parsed))


def parse_xml(raw: bytes, headers: Mapping[str, str] | None = None) -> Any | None:
    """The feed as feedparser has it, its HTML and its addresses as they are; None for what is neither RSS nor Atom.

    `headers`: of the response that it came with, `content-type` and `content-location`.
    """
    # As a stream: feedparser would open bytes that look like a path or an address.
    stream = io.BytesIO(raw)
    parsed = feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    return parsed if parsed.get("version") or parsed.entries else None


def _lines(parsed: Any) -> Iterator[Line]:
    feed = parsed.get("feed", {})
    for number, entry in enumerate(parsed.entries, start=1):
        contents = [one.get("value") for one in entry.get("content") or [] if isinstance(one, dict)]
        yield entry_line(
            number,
            {
                "texts": [*contents, entry.get("summary")],
                "title": entry.get("title"),
                "dates": [dict.get(entry, name) for name in ("published", "updated", "created")],
                "speaker": entry.get("author"),
                "source": feed.get("title"),
                "url": entry.get("link"),
                "id": entry.get("id"),
                "language": (entry.get("title_detail") or {}).get("language") or feed.get("language"),
            },
            f"entry {number}",
        )
