"""Writers by format."""

from typing import Final

from app.domain.exports.formats import ExportFormat
from app.formats.writing import atom, claimreview, csv_table, jsonfeed, jsonl, misp, stix

WRITERS: Final = {
    ExportFormat.JSONL: jsonl.write,
    ExportFormat.CSV: csv_table.write,
    ExportFormat.CLAIMREVIEW: claimreview.write_feed,
    ExportFormat.CLAIMREVIEW_LINES: claimreview.write_lines,
    ExportFormat.STIX: stix.write,
    ExportFormat.MISP: misp.write,
    ExportFormat.JSON_FEED: jsonfeed.write,
    ExportFormat.ATOM: atom.write,
}
"""Functions that turn an export into pieces of text."""
