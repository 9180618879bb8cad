"""JSON Feed 1.1. What the format has no field for is in `_refrain`, under the names of the import formats."""

from collections.abc import Iterator
from typing import Any

from app.formats.writing.feed_entries import FeedEntries, FeedEntry
from app.formats.writing.import_fields import moment_text, without_empty
from app.formats.writing.json_text import json_array, json_text
from app.services.exports.export_records import Export


def write(export: Export) -> Iterator[str]:
    """The feed, an item a line."""
    head = without_empty(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"Refrain: {export.title}",
            "home_page_url": export.base_url,
        }
    )
    entries = FeedEntries(export)
    items = (_item(entry) for record in export.records if (entry := entries.of(record)))
    yield from json_array(items, json_text(head)[:-1] + ',"items":', "}")


def _item(entry: FeedEntry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": (entry.source.url or entry.page) if entry.statement else (entry.page or entry.source.url),
        "external_url": entry.source.url,
        "title": entry.title,
        "content_text": entry.text,
        "summary": entry.summary,
        "date_published": moment_text(entry.published) if entry.published else None,
        "date_modified": moment_text(entry.updated),
        "authors": [{"name": entry.author}] if entry.author else None,
        "tags": list(entry.tags),
        "language": entry.language,
        "_refrain": entry.statement,
    }
    return without_empty(item)
