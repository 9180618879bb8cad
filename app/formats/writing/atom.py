"""Atom (RFC 4287). What XML cannot hold, control characters, is written as U+FFFD."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from app.domain.exports.uuids import export_uuid
from app.formats.writing.feed_entries import FeedEntries, FeedEntry
from app.formats.writing.import_fields import moment_text
from app.services.exports.export_records import Export

_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_ENTRY: Final = datetime(1970, 1, 1, tzinfo=UTC)


def write(export: Export) -> Iterator[str]:
    """The feed. Its `updated`, the latest of its entries', comes at its end."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>urn:uuid:{export_uuid('feed', export.identity)}</id>\n"
    yield f"<title>{_text(f'Refrain: {export.title}')}</title>\n<author><name>Refrain</name></author>\n"
    if export.base_url:
        yield f'<link rel="alternate" href={_attribute(export.base_url + "/")}/>\n'
    entries, latest = FeedEntries(export), _NO_ENTRY
    for record in export.records:
        if entry := entries.of(record):
            latest = max(latest, entry.updated)
            yield _entry(entry)
    yield f"<updated>{moment_text(latest)}</updated>\n</feed>\n"


def _entry(entry: FeedEntry) -> str:
    links = [(rel, url) for rel, url in (("alternate", entry.page), ("via", entry.source.url)) if url]
    parts = [
        f"<entry xml:lang={_attribute(entry.language)}>",
        f"<id>{_text(entry.id)}</id>",
        f"<title>{_text(entry.title)}</title>",
        f"<updated>{moment_text(entry.updated)}</updated>",
        f"<published>{moment_text(entry.published)}</published>" if entry.published else "",
        f"<author><name>{_text(entry.author)}</name></author>" if entry.author else "",
        *(f"<link rel={_attribute(rel)} href={_attribute(url)}/>" for rel, url in links),
        *(f"<category term={_attribute(tag)}/>" for tag in entry.tags),
        f"<summary>{_text(entry.summary)}</summary>" if entry.summary else "",
        f'<content type="text">{_text(entry.text)}</content>',
        "</entry>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _text(raw: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", raw), {"\r": "&#13;"})


def _attribute(raw: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("\ufffd", raw))
