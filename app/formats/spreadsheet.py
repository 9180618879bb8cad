"""Spreadsheets of Excel and LibreOffice (XLSX, XLSB, XLS, ODS): the first sheet with a column of texts."""

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Final

from app.formats.lines import FileFacts, Line, Opened, ReadOptions, Unreadable
from app.formats.table_rows import RowFault, find_header, table_lines

_MOST_UNPACKED: Final = 512 * 1024 * 1024
_MOST_TIMES: Final = 200
"""Times that the unpacked parts may be larger than the file; a spreadsheet's are 5 to 20."""
_MEMORY: Final = 2 * 1024 * 1024 * 1024
_SECONDS: Final = 120
_LARGEST: Final = 64 * 1024 * 1024


def open_spreadsheet(path: Path, options: ReadOptions) -> Opened:
    """A spreadsheet with what was understood of it. Raises `Unreadable`, also for one that unpacks to too much."""
    _require_bounds(path)
    printed = _printed(path)
    try:
        facts, found = _first_table(printed, path.name, options)
    except Unreadable:
        printed.close()
        raise

    def lines() -> Iterator[Line]:
        with printed:
            yield from found

    return Opened(facts, lines())


def _first_table(printed: IO[bytes], file: str, options: ReadOptions) -> tuple[FileFacts, Iterator[Line]]:
    """The first sheet with a column of texts. Raises `Unreadable` where there is none."""
    sheets = _sheets(printed)
    if not sheets:
        raise Unreadable(f"{file} is a spreadsheet without a filled cell")
    faults: list[Unreadable] = []
    for name, start in sheets:
        rows = partial(_of_sheet, printed, start)
        try:
            find_header(rows, f"sheet “{name}” of {file}", options)
        except Unreadable as error:
            faults.append(error)
            continue
        facts = FileFacts("spreadsheet", notes=[f"sheet “{name}” was read"] if len(sheets) > 1 else [])
        return facts, table_lines(rows, file, options, facts)
    raise faults[0]


def _require_bounds(path: Path) -> None:
    """Raises `Unreadable` where the parts of the file unpack to more than any spreadsheet of its size holds."""
    size = path.stat().st_size
    if size > _LARGEST:
        raise Unreadable(f"{path.name} is a spreadsheet of {size:,} bytes: save it as CSV")
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(f"{path.name} is a damaged spreadsheet") from error
    if unpacked > min(_MOST_UNPACKED, max(size, 10_000) * _MOST_TIMES):
        raise Unreadable(f"{path.name} unpacks to {unpacked:,} bytes, which no spreadsheet of its size does")


def _printed(path: Path) -> IO[bytes]:
    """The rows of all sheets as JSON lines, in a temporary file."""
    printed = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with the last row that is read
    module = [sys.executable, "-m", "app.formats.spreadsheet_rows"]
    try:
        done = subprocess.run(  # noqa: S603 - this very program
            [*module, str(path.resolve()), str(_MEMORY), str(_SECONDS)],
            cwd=Path(__file__).resolve().parents[2],
            stdout=printed,
            stderr=subprocess.PIPE,
            timeout=_SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        printed.close()
        raise Unreadable(f"{path.name} is a spreadsheet that takes too long to read: save it as CSV") from error
    if done.returncode < 0 or done.returncode > 1:
        printed.close()
        raise Unreadable(f"{path.name} is a spreadsheet that takes too much memory or time to read: save it as CSV")
    if done.returncode:
        printed.close()
        raise Unreadable(
            f"{path.name} is a spreadsheet that cannot be read: it is damaged, locked by a password, or empty"
        )
    return printed


def _sheets(rows: IO[bytes]) -> list[tuple[str, int]]:
    """Names of the sheets that have a row, and where their rows begin."""
    found: list[tuple[str, int]] = []
    rows.seek(0)
    name, start = "", 0
    while line := rows.readline():
        if line.startswith(b"{"):
            name, start = json.loads(line)["sheet"], rows.tell()
        elif not found or found[-1] != (name, start):
            found.append((name, start))
    return found


def _of_sheet(rows: IO[bytes], start: int) -> Iterator[tuple[int, Sequence[str] | RowFault]]:
    """Rows of one sheet: read afresh at each call, and its own place kept, since several passes may be under way."""
    at = start
    while True:
        rows.seek(at)
        line = rows.readline()
        at = rows.tell()
        if not line or line.startswith(b"{"):
            return
        number, cells = json.loads(line)
        yield number, cells
