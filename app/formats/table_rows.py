"""Rows of tables, whatever file they are from: the header among the first rows, and a line for each row below it."""

import ast
import itertools
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domain.core.dates import InvalidDate
from app.domain.core.formulas import unescape_formula
from app.formats.columns import FINDING, Columns, normalised, understood
from app.formats.json_cells import with_json_cells
from app.formats.lines import FileFacts, LeftOut, Line, NoTextColumn, ReadOptions, Unreadable
from app.formats.record import lenient_draft
from app.formats.values import language_of
from app.language.written_dates import is_unclear, order_of, read_date

_HEADER_WITHIN: Final = 20
_SAMPLED_ROWS: Final = 200
_SAMPLES: Final = 3
"""Values of each column that are kept for whoever says what it holds."""
_LONGEST_SAMPLE: Final = 120
_LISTS: Final = frozenset(("fakes", "narratives", "keywords"))
_LEAST: Final = 0.5
"""Part of a header's cells that have a name, at least: a title above the header has one cell alone."""
_LITERAL: Final = re.compile(
    r"\A\s*+[(\[](?:\s|[()\[\],]|-?\d++(?:\.\d++)?+|'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\"|None|nan)*+\s*+\Z",
    re.DOTALL,
)
"""Tuples and lists of strings and numbers in Python's notation, and nothing else."""
_LONGEST_LITERAL: Final = 50_000
_DEEPEST_LITERAL: Final = 20
_NO_VERDICT: Final = re.compile(r"\d{1,3}|yes|no|true_?positive", re.IGNORECASE)
_UNNAMED: Final = (
    (re.compile(r"\A\d+\.json"), ("external_id", "verdict", "text", "subject", "speaker", "job", "state", "party",
                                "barely_true", "false", "half_true", "mostly_true", "pants_on_fire", "context")),
)  # fmt: skip
"""Known tables without a header, by their first cell: LIAR."""

Row = tuple[int, Sequence[str]]
"""Number of a row in its file, and its cells."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Row that could not be read at all, and why."""

    reason: str


Rows = Callable[[], Iterator[tuple[int, "Sequence[str] | RowFault"]]]
"""The rows of a table, from its beginning; called again for each pass over it."""


@dataclass(frozen=True, slots=True)
class Header:
    """Header of a table: what its columns hold, and the number of its row (0: it has none)."""

    columns: Columns
    row: int
    above: bool = False
    """True if other rows stand above it."""


def table_lines(
    rows: Rows, name: str, options: ReadOptions, facts: FileFacts, *, day_numbers: bool = True
) -> Iterator[Line]:
    """Lines of a table. Raises `Unreadable` where no row names a column with the text."""
    header = find_header(rows, name, options)
    facts.columns, facts.columns_kept = header.columns.shown, header.columns.unrecognised
    facts.samples = samples_of(_below(rows, header), header.columns.names)
    if header.above:
        facts.notes.append(f"the header is in line {header.row}: what stands above it was passed over")
    day_first = options.day_first
    if day_first is None and (place := header.columns.fields.get("said_at")) is not None:
        day_first = order_of(cells[place] for _, cells in _below(rows, header) if _has(cells, place))
        first = itertools.islice(_below(rows, header), _SAMPLED_ROWS)
        facts.unclear_dates = day_first is None and is_unclear(cells[place] for _, cells in first if _has(cells, place))
    return _lines(_below(rows, header), header, day_first, facts.delimiter, day_numbers=day_numbers)


def find_header(rows: Rows, name: str, options: ReadOptions) -> Header:
    """The header among the first rows. Raises `Unreadable` where there is none."""
    first: Sequence[str] | None = None
    above = False
    for number, cells in itertools.islice(rows(), _HEADER_WITHIN):
        if isinstance(cells, RowFault):
            if first is None:
                raise Unreadable(f"{name} has no header that can be read: {cells.reason}")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if first is None:
            for beginning, names in _UNNAMED:
                if beginning.fullmatch(cells[0].strip()) and len(cells) >= len(names) // 2:
                    return Header(understood(names, {}), 0)
        first = first or cells
        named = sum(bool(cell.strip()) for cell in cells)
        try:
            columns = understood(cells, options.columns)
        except Unreadable:
            above = True
            continue
        if "text" in columns.fields and named >= _LEAST * len(cells):
            return Header(columns, number, above)
        above = True
    if options.columns and first is not None:
        understood(first, options.columns)
    found = ", ".join(f"“{' '.join(cell.split())[:40]}”" for cell in (first or ())[:12] if cell.strip())
    samples = samples_of(itertools.islice(rows(), 1, None), [" ".join(cell.split()) for cell in first or ()])
    raise NoTextColumn(
        f"{name} has no column 'text': its first line must name the columns"
        + (f"; it names {found}. Say which one holds what was said: --map text=COLUMN" if found else ""),
        samples,
    )


def samples_of(
    rows: "Iterable[tuple[int, Sequence[str] | RowFault]]", names: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """The first different values of each column, shortened, by the names of the columns; of the first 200 rows."""
    found: dict[str, dict[str, None]] = {name: {} for name in names if name}
    for _, cells in itertools.islice(rows, _SAMPLED_ROWS):
        if isinstance(cells, RowFault):
            continue
        for name, cell in zip(names, cells, strict=False):
            value = " ".join(cell.split())
            if name and value and len(found[name]) < _SAMPLES:
                found[name][value[:_LONGEST_SAMPLE]] = None
    return {name: tuple(values) for name, values in found.items()}


def _has(cells: "Sequence[str] | RowFault", place: int) -> bool:
    return not isinstance(cells, RowFault) and len(cells) > place


def _below(rows: Rows, header: Header) -> Iterator[tuple[int, Any]]:
    for number, cells in rows():
        if number > header.row and (isinstance(cells, RowFault) or any(cell.strip() for cell in cells)):
            yield number, cells


def _lines(
    rows: Iterable[tuple[int, "Sequence[str] | RowFault"]],
    header: Header,
    day_first: bool | None,
    delimiter: str | None,
    *,
    day_numbers: bool,
) -> Iterator[Line]:
    width = len(header.columns.names)
    for number, cells in rows:
        if isinstance(cells, RowFault):
            yield Line(number, reason=cells.reason)
            continue
        try:
            if any(cell.strip() for cell in cells[width:]):
                raise Unreadable(
                    f"has {len(cells)} cells for {width} columns: put quotes around text with {delimiter!r}"
                )
            record, left_out = row_record(
                [*map(unescape_formula, cells)], header.columns, day_first, day_numbers=day_numbers
            )
            draft, more = lenient_draft(with_json_cells(record))
            yield Line(number, draft=draft, left_out=(*left_out, *more))
        except Unreadable as error:
            yield Line(number, reason=str(error))


def row_record(
    cells: Sequence[str], columns: Columns, day_first: bool | None, *, day_numbers: bool
) -> tuple[dict[str, Any], list[LeftOut]]:
    """The record of a row, under the names of the import format. Raises `Unreadable` for a date that cannot be read."""
    left_out: list[LeftOut] = []
    given = {
        field: cells[place] for field, place in columns.fields.items() if place < len(cells) and cells[place].strip()
    }
    record: dict[str, Any] = {
        name: cells[place] for name, place in columns.kept.items() if place < len(cells) and cells[place].strip()
    }
    record.setdefault("text", given.pop("text", ""))
    _undo_literals(given, record)

    def date_of(field: str, *, required: bool) -> None:
        raw = given.pop(field, None)
        if raw is None:
            return
        try:
            record[field] = read_date(raw, day_first=day_first, day_numbers=day_numbers)
        except InvalidDate as error:
            if required:
                raise Unreadable(f"/{columns.names[columns.fields[field]]} {error}") from error
            left_out.append(LeftOut(columns.names[columns.fields[field]], str(error)))

    date_of("said_at", required=True)
    for field in ("said_before", "learned_at", "reviewed_at"):
        date_of(field, required=False)
    finding = {ours: record.pop(field, None) or given.pop(field, None) for field, ours in FINDING.items()}
    label = columns.fields.get("verdict")
    labelled = label is not None and normalised(columns.names[label]) == "label"
    if labelled and _NO_VERDICT.fullmatch(str(finding["verdict"] or "").strip()):
        record["label"] = finding.pop("verdict")
    if finding.get("verdict"):
        record["findings"] = [{name: value for name, value in finding.items() if value}]
        if "said_at" not in record and finding["published_at"]:
            record.setdefault("said_before", finding["published_at"])
    elif any(finding.values()):
        record |= {f"review_{name}": str(getattr(value, "text", value)) for name, value in finding.items() if value}
    if "language" in given:
        given["language"] = language_of(given["language"])
    record |= given
    for field in _LISTS & record.keys():
        record[field] = [part.strip() for part in str(record[field]).split("|") if part.strip()]
    return record, left_out


def _undo_literals(given: dict[str, str], record: dict[str, Any]) -> None:
    """Takes Python's own notation apart, in which MultiClaim writes its texts, addresses and moments."""
    for field in ("text", "title"):
        raw = record.get("text") if field == "text" else given.get(field)
        parts = _literal(raw) if raw else None
        if isinstance(parts, (tuple, list)) and parts and isinstance(parts[0], str):
            if field == "text":
                record["text"] = parts[0]
            else:
                given[field] = parts[0]
    instances = _literal(given.pop("instances", ""))
    if isinstance(instances, (tuple, list)):
        for instance in instances:
            if isinstance(instance, (tuple, list)) and len(instance) == 2:
                moment, address = instance
                if isinstance(moment, (int, float)) and "said_at" not in given:
                    given["said_at"] = str(int(moment)) if abs(moment) < 1e11 else ""
                if isinstance(address, str) and "url" not in given:
                    given["url"] = address
    if not given.get("said_at", "x").strip():
        del given["said_at"]


def _literal(raw: str) -> Any:
    """The value of a cell in Python's notation of tuples and lists; None for any other."""
    if not _LITERAL.match(raw) or len(raw) > _LONGEST_LITERAL:
        return None
    if sum(map(raw.count, "([{")) > _DEEPEST_LITERAL * 50:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(raw.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
