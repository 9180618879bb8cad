"""WARC files: the ClaimReview of every saved page in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from warcio.archiveiterator import ArchiveIterator

from app.formats.encodings import page_text
from app.formats.lines import FileFacts, Line, Opened, ReadOptions
from app.formats.web_page import page_lines

_LONGEST_PAGE: Final = 16 * 1024 * 1024


def open_archive(path: Path, options: ReadOptions) -> Opened:
    """A WARC file with what was understood of it. Its pages are read one after another."""
    return Opened(FileFacts("WARC"), _lines(path, options))


def _lines(path: Path, options: ReadOptions) -> Iterator[Line]:
    number = pages = 0
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                if record.rec_type not in ("response", "resource"):
                    continue
                kind = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
                if "html" not in kind.lower():
                    continue
                pages += 1
                address = (record.rec_headers.get_header("WARC-Target-URI") or "")[:300]
                raw = record.content_stream().read(_LONGEST_PAGE + 1)
                if len(raw) > _LONGEST_PAGE:
                    number += 1
                    yield Line(number, reason=f"is a page of over {_LONGEST_PAGE:,} bytes", place=f"page {pages}")
                    continue
                found = False
                for line in page_lines(page_text(raw, options.encoding)[0], options.day_first):
                    number += 1
                    found = True
                    yield Line(
                        number, line.draft, None, line.reason, f"page {pages} ({address}), {line.place}", line.left_out
                    )
                if not found:
                    number += 1
                    yield Line(number, skipped="page without ClaimReview", place=f"page {pages}")
        except Exception as error:  # noqa: BLE001 - the parser raises what its helpers raise of damaged records
            number += 1
            yield Line(
                number,
                reason=f"the archive is damaged from here on ({type(error).__name__})",
                place=f"page {pages + 1}",
            )
