"""Lists of records in JSON: objects with a statement each, under our names or those of known datasets."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from app.formats.columns import Columns, understood
from app.formats.lines import FileFacts, Line, ReadOptions, Unreadable
from app.formats.record import lenient_draft
from app.formats.table_rows import row_record
from app.formats.values import text_of
from app.language.written_dates import order_of

_LISTS: Final = ("statements", "items", "records", "data", "results", "claims", "posts", "entries", "rows")
_SAMPLED: Final = 200
"""Records of which the names are looked at."""
_WHOLE: Final = ("findings", "fakes", "narratives", "source")
"""Fields that need not be text."""


def records_of(value: Any) -> list[Any]:
    """The records of a document: of a list, or of the list under one of its usual names; empty where there is none."""
    if isinstance(value, Mapping):
        lists = (value.get(name) for name in _LISTS)
        value = next((one for one in lists if isinstance(one, list) and any(isinstance(r, Mapping) for r in one)), [])
    return value if isinstance(value, list) and any(isinstance(one, Mapping) for one in value) else []


def is_list(value: Any) -> bool:
    """True for a list of records of which some field is known to hold what was said."""
    records = [record for record in records_of(value)[:_SAMPLED] if isinstance(record, Mapping)]
    return any("text" in understood(map(str, record), {}).fields for record in records)


def document_lines(value: Any, options: ReadOptions, facts: FileFacts) -> Iterator[Line]:
    """Lines of the records. Raises `Unreadable` for a mapped field that no record has."""
    records = records_of(value)

    @lru_cache(maxsize=256)
    def columns_of(names: tuple[str, ...]) -> Columns:
        asked = {field: name for field, name in options.columns.items() if name in names}
        return understood(names, asked)

    shown: dict[str, str] = {}
    unrecognised: dict[str, None] = {}
    for record in records[:_SAMPLED]:
        if isinstance(record, Mapping):
            columns = columns_of(tuple(map(str, record)))
            shown |= columns.shown
            unrecognised |= dict.fromkeys(columns.unrecognised)
    if missing := set(options.columns.values()) - {
        str(name) for record in records if isinstance(record, Mapping) for name in record
    }:
        raise Unreadable(f"no record has a field “{min(missing)[:60]}”")
    unrecognised.pop("findings", None)
    facts.columns, facts.columns_kept = shown, tuple(unrecognised)
    day_first = options.day_first
    if day_first is None:
        day_first = order_of(_dates(records, columns_of))
    for number, record in enumerate(records, start=1):
        yield _line(number, record, columns_of, day_first)


def _line(number: int, record: Any, columns_of: Any, day_first: bool | None) -> Line:
    place = f"/{number - 1}"
    if not isinstance(record, Mapping):
        return Line(number, reason="is not a record: it must be a JSON object", place=place)
    names = tuple(map(str, record))
    columns = columns_of(names)
    values = list(record.values())
    cells = [text_of(value) or "" for value in values]
    try:
        found, left_out = row_record(cells, Columns(columns.fields, {}, names), day_first, day_numbers=False)
        kept = {name: values[place] for name, place in columns.kept.items()}
        whole = {field: values[columns.fields[field]] for field in _WHOLE if field in columns.fields}
        structured = {field: value for field, value in whole.items() if isinstance(value, (list, Mapping))}
        draft, more = lenient_draft({**kept, **found, **structured})
        return Line(number, draft=draft, place=place, left_out=(*left_out, *more))
    except Unreadable as error:
        return Line(number, reason=str(error), place=place)


def _dates(records: list[Any], columns_of: Any) -> Iterator[str]:
    for record in records:
        if isinstance(record, Mapping):
            place = columns_of(tuple(map(str, record))).fields.get("said_at")
            if place is not None:
                yield text_of(list(record.values())[place]) or ""
