"""JSON lines: one object a line, of our own format or of another that is recognised by its fields."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.domain.core import strict_json
from app.domain.core.strict_json import NotJson
from app.formats.lines import Line, Unreadable
from app.formats.record import narrative_draft, statement_draft
from app.formats.registry import RECORDS


def read_statements(path: Path) -> Iterator[Line]:
    """Drafts, one for each line, and narratives of lines `{"narrative": {…}}`; empty lines are skipped."""
    return _read(path, _statement_or_narrative)


def read_narratives(path: Path) -> Iterator[Line]:
    """Narratives, one for each line; empty lines are skipped."""
    return _read(path, lambda number, record: Line(number, narrative=narrative_draft(record)))


def read_line(number: int, raw: bytes) -> Line:
    """The statement, or the narrative, on one line."""
    return _line(number, raw, _statement_or_narrative)


def _statement_or_narrative(number: int, record: Any) -> Line:
    if isinstance(record, dict) and record.keys() == {"narrative"}:
        return Line(number, narrative=narrative_draft(record["narrative"]))
    for shape in RECORDS:
        if shape.recognises(record):
            return shape.line(number, record)
    return Line(number, draft=statement_draft(record))


def _read(path: Path, line_of: Callable[[int, Any], Line]) -> Iterator[Line]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                yield _line(number, raw, line_of)


def _line(number: int, raw: bytes, line_of: Callable[[int, Any], Line]) -> Line:
    try:
        record = strict_json.loads(raw.strip())
        return line_of(number, record)
    except (NotJson, Unreadable) as error:
        return Line(number, reason=str(error))
