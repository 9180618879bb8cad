"""CSV and TSV with a header line of the import format's field names."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from app.formats.formulas import undefused
from app.formats.json_cells import with_json_cells
from app.formats.lines import Line, Unreadable
from app.formats.record import statement_draft

_LISTS = ("fakes", "narratives", "keywords")
_LONGEST_CELL = 1_000_000


def read_statements(path: Path) -> Iterator[Line]:
    """Drafts, one for each row; lists (`narratives`, `fakes`, `keywords`) are written `one | two`.

    Numbers are those of the file's lines, a row of several lines having its last one's. Raises `Unreadable` for a
    file without a `text` column or with a header in another encoding than UTF-8.
    """
    csv.field_size_limit(_LONGEST_CELL)
    table = path.read_text("utf-8-sig", "surrogateescape")
    header = table.partition("\n")[0]
    if not _is_utf8(header):
        raise Unreadable(f"{path.name} is not UTF-8: save it as UTF-8")
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(table, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise Unreadable(f"{path.name} has no header that can be read: {error}") from error
    if "text" not in names:
        raise Unreadable(f"{path.name} has no column 'text': its first line must name the columns")
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Line(rows.line_num, reason=f"is not a row of this table: {error}")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if not all(map(_is_utf8, cells)):
                raise Unreadable("is not UTF-8: save the file as UTF-8")
            if len(cells) > len(names):
                raise Unreadable(
                    f"has {len(cells)} cells for {len(names)} columns: put quotes around text with {delimiter!r}"
                )
            record: dict[str, object] = dict(zip(names, map(undefused, cells), strict=False))
            for name in _LISTS:
                if name in record:
                    record[name] = [part.strip() for part in str(record[name]).split("|") if part.strip()]
            yield Line(rows.line_num, draft=statement_draft(with_json_cells(record)))
        except Unreadable as error:
            yield Line(rows.line_num, reason=str(error))


def _is_utf8(text: str) -> bool:
    """True if the text was decoded without replacing a byte."""
    return not any("\udc80" <= character <= "\udcff" for character in text)
