"""Formulas in tables: a spreadsheet computes a cell that begins as one does, unless an apostrophe stands before it."""

import re
from typing import Final

_FORMULA: Final = re.compile(r"\A'*[=+\-@\t\r]")
_DEFUSED: Final = re.compile(r"\A'++[=+\-@\t\r]")


def escape_formula(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would compute. `unescape_formula` is the way back."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """The cell without the apostrophe that `escape_formula`, or a spreadsheet, put before it."""
    return cell[1:] if _DEFUSED.match(cell) else cell
