"""The formats that are read: a line for each file format, each kind of JSON document, each kind of JSON record.

A new format is a module with a reader, and a line here. What is asked first stands first.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.formats import (
    archive_of_x,
    claimreview,
    csv_table,
    fact_check_claims,
    json_feed,
    mail_digest,
    misp,
    posts_of_x,
    record_list,
    spreadsheet,
    stix,
    telegram,
    web_archive,
    web_page,
    xml_feed,
)
from app.formats.file_format import Format
from app.formats.lines import FileFacts, Line, Opened, ReadOptions


class DocumentShape(NamedTuple):
    """Kind of JSON document: its name, what it is recognised by, and its lines."""

    name: str
    recognises: Callable[[Any], bool]
    lines: Callable[[Any, ReadOptions, FileFacts], Iterable[Line]]


class RecordShape(NamedTuple):
    """Kind of JSON object that may stand on a line by itself: its name, what it is recognised by, and its line."""

    name: str
    recognises: Callable[[Any], bool]
    line: Callable[[int, Any], Line]


FILES: Final[Mapping[Format, Callable[[Path, ReadOptions], Opened]]] = {
    Format.CSV: csv_table.open_table,
    Format.SPREADSHEET: spreadsheet.open_spreadsheet,
    Format.HTML: web_page.open_page,
    Format.WARC: web_archive.open_archive,
    Format.FEED: xml_feed.open_feed,
    Format.EMAIL: mail_digest.open_message,
    Format.X: archive_of_x.open_part,
    Format.STIX: lambda path, _: Opened(FileFacts("STIX bundle"), stix.read_statements(path)),
    Format.MISP: lambda path, _: Opened(FileFacts("MISP event"), misp.read_statements(path)),
}
"""Readers of files other than JSON, and of JSON whose kind somebody names."""

DOCUMENTS: Final = (
    DocumentShape("STIX bundle", stix.is_bundle, lambda value, _, facts: stix.read_bundle(value, facts.name)),
    DocumentShape("MISP event", misp.is_event, lambda value, _, facts: misp.read_events(value, facts.name)),
    DocumentShape(
        "ClaimReview",
        claimreview.has_review,
        lambda value, options, _: claimreview.document_lines(value, options.day_first),
    ),
    DocumentShape(
        "answer of claims:search",
        fact_check_claims.is_answer,
        lambda value, *_: fact_check_claims.document_lines(value),
    ),
    DocumentShape("Telegram export", telegram.is_export, lambda value, *_: telegram.document_lines(value)),
    DocumentShape("JSON Feed", json_feed.is_feed, lambda value, *_: json_feed.document_lines(value)),
    DocumentShape("posts of X", posts_of_x.is_document, lambda value, *_: posts_of_x.document_lines(value)),
    DocumentShape("list of records", record_list.is_list, record_list.document_lines),
)
"""Kinds of JSON documents."""

RECORDS: Final = (
    RecordShape("ClaimReview", claimreview.is_review, claimreview.read_review),
    RecordShape("claim of claims:search", fact_check_claims.is_claim, fact_check_claims.claim_line),
    RecordShape("Telegram message", telegram.is_message, telegram.message_line),
    RecordShape("post of X", posts_of_x.is_post, posts_of_x.post_line),
)
"""Kinds of JSON objects, one a line, other than our own."""
