"""Export formats, by the names that addresses and the command line take."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ExportFormat(StrEnum):
    """Format of an export."""

    JSONL = "jsonl"
    CSV = "csv"
    CLAIMREVIEW = "claimreview"
    """A data feed of schema.org: one document."""
    CLAIMREVIEW_LINES = "claimreview-lines"
    """One ClaimReview a line."""
    STIX = "stix"
    MISP = "misp"
    JSON_FEED = "jsonfeed"
    ATOM = "atom"


@dataclass(frozen=True, slots=True)
class FileType:
    """Media type of a format, and the end of its files' names."""

    media_type: str
    suffix: str


FILE_TYPES: Final = {
    ExportFormat.JSONL: FileType("application/x-ndjson", ".jsonl"),
    ExportFormat.CSV: FileType("text/csv; charset=utf-8", ".csv"),
    ExportFormat.CLAIMREVIEW: FileType("application/ld+json", ".claimreview.json"),
    ExportFormat.CLAIMREVIEW_LINES: FileType("application/x-ndjson", ".claimreview.jsonl"),
    ExportFormat.STIX: FileType("application/stix+json;version=2.1", ".stix.json"),
    ExportFormat.MISP: FileType("application/json", ".misp.json"),
    ExportFormat.JSON_FEED: FileType("application/feed+json", ".feed.json"),
    ExportFormat.ATOM: FileType("application/atom+xml; charset=utf-8", ".atom.xml"),
}
