"""CSV and TSV as spreadsheets and programs save them: any usual encoding, delimiter and line end."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from app.formats.columns import understood
from app.formats.encodings import Encoding, encoding_of
from app.formats.lines import FileFacts, Line, Opened, ReadOptions, Unreadable
from app.formats.table_rows import RowFault, Rows, table_lines

_LONGEST_CELL: Final = 1_000_000
_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLED: Final = 64 * 1024
_TRIED_LINES: Final = 20
_NO_OPTIONS: Final = ReadOptions()
_SEP: Final = "sep="


def read_statements(path: Path, options: ReadOptions = _NO_OPTIONS) -> Iterator[Line]:
    """Drafts, one for each row; lists (`narratives`, `fakes`, `keywords`) are written `one | two`.

    Numbers are those of the file's lines, a row of several lines having its last one's. Raises `Unreadable` for a
    file without a column of texts, or that names an unknown encoding.
    """
    return iter(open_table(path, options))


def open_table(path: Path, options: ReadOptions) -> Opened:
    """A table with what was understood of it. Raises `Unreadable`."""
    csv.field_size_limit(_LONGEST_CELL)
    encoding = encoding_of(path, options.encoding)
    head = head_of(path, encoding)
    delimiter, skipped = delimiter_of(head)
    facts = FileFacts("table", encoding.name.removesuffix("-sig"), encoding.guessed, delimiter)
    rows = rows_of(path, encoding, delimiter, skipped)
    return Opened(facts, table_lines(rows, path.name, options, facts))


def head_of(path: Path, encoding: Encoding) -> str:
    """The first characters of a text file, without the mark of its encoding."""
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as file:
        return file.read(_SAMPLED).removeprefix("\ufeff")


def delimiter_of(head: str) -> tuple[str, int]:
    """The delimiter of a table, and how many lines stand before it to name the delimiter (`sep=;`).

    The delimiter under which a line names the most columns that are known; else the most frequent of the first line.
    """
    lines = head.splitlines()[: _TRIED_LINES + 1]
    if lines and lines[0].strip().strip('"').lower().startswith(_SEP):
        named = lines[0].strip().strip('"')[len(_SEP) :]
        return (named[:1] or "\t"), 1
    best, most = "", 0
    for line in lines:
        for delimiter in _DELIMITERS:
            fields = understood([cell.strip().strip('"') for cell in line.split(delimiter)], {}).fields
            if "text" in fields and len(fields) > most:
                best, most = delimiter, len(fields)
    if best and most > 1:
        return best, 0
    first = next((line for line in lines if line.strip()), "")
    return max(_DELIMITERS, key=first.count), 0


def rows_of(path: Path, encoding: Encoding, delimiter: str, skipped: int) -> Rows:
    """The rows of a file, read from its beginning at each call; their cells, or why one is none."""

    def rows() -> Iterator[tuple[int, Sequence[str] | RowFault]]:
        with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            first = True
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield reader.line_num, RowFault(f"is not a row of this table: {error}")
                    continue
                except UnicodeError as error:
                    raise Unreadable(f"{path.name} is not {encoding.name}: say its encoding with --encoding") from error
                if first:
                    first = False
                    cells[:1] = [cell.removeprefix("\ufeff") for cell in cells[:1]]
                if reader.line_num <= skipped:
                    continue
                if any(not _decoded(cell) for cell in cells):
                    yield reader.line_num, RowFault("is not UTF-8: save the file as UTF-8, or say its encoding")
                    continue
                yield reader.line_num, [cell.replace("\r\n", "\n") for cell in cells]

    return rows


def _decoded(text: str) -> bool:
    """True if the text was decoded without replacing a byte."""
    return not any("\udc80" <= character <= "\udcff" for character in text)
