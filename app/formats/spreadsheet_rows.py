"""Rows of a spreadsheet as JSON lines on standard output: `python -m app.formats.spreadsheet_rows FILE BYTES SECONDS`.

A process of its own, with limits on memory and processor time: a few kilobytes of a spreadsheet may describe a grid of
billions of cells, and the library that reads it lays out all of them.
"""

import contextlib
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any


def main(path: str, memory: int, seconds: int) -> int:
    """Prints a sheet's name before its rows; 0, or 1 with the fault on standard error."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            print(json.dumps({"sheet": name}))
            sheet = workbook.get_sheet_by_name(name)
            first = sheet.start[0] if sheet.start else 0
            for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=first + 1):
                cells = [_text(cell) for cell in row]
                if any(cells):
                    print(json.dumps([number, cells]))
    except Exception as error:  # noqa: BLE001 - whatever the library raises is a fault of the file
        print(f"{type(error).__name__}: {error}"[:300], file=sys.stderr)
        return 1
    return 0


def _text(cell: Any) -> str:
    """A cell as text: days as ISO, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
