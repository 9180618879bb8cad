"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.formats.entries import entry_line
from app.formats.lines import Line
from app.formats.values import texts_of


def is_feed(value: Any) -> bool:
    """True for a feed's document."""
    return (
        isinstance(value, Mapping)
        and isinstance(version := value.get("version"), str)
        and "jsonfeed.org/version" in version
        and isinstance(value.get("items"), list)
    )


def document_lines(feed: Mapping[str, Any]) -> Iterator[Line]:
    """Lines of the items."""
    authors = list(texts_of(feed.get("authors") or feed.get("author")))
    for number, item in enumerate(feed["items"], start=1):
        place = f"/items/{number - 1}"
        if not isinstance(item, Mapping):
            yield Line(number, reason="is not an item: it must be a JSON object", place=place)
            continue
        speakers = list(texts_of(item.get("authors") or item.get("author"))) or authors
        entry = {
            "texts": [item.get("content_text"), item.get("content_html"), item.get("summary")],
            "title": item.get("title"),
            "dates": [item.get("date_published"), item.get("date_modified")],
            "speaker": ", ".join(speakers[:5]),
            "source": feed.get("title"),
            "url": item.get("url") or item.get("external_url"),
            "id": item.get("id"),
            "language": item.get("language") or feed.get("language"),
        }
        yield entry_line(number, entry, place)
