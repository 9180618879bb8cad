"""JSON lines: one object a line."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.domain import strict_json
from app.domain.strict_json import NotJson
from app.formats.lines import Canonical, Line, Unreadable
from app.formats.record import narrative_draft, statement_draft


def read_statements(path: Path, canonical: Canonical) -> Iterator[Line]:
    """A statement a line; empty lines are passed over."""
    return _read(path, lambda number, record: Line(number, draft=statement_draft(record, canonical)))


def read_narratives(path: Path) -> Iterator[Line]:
    """A narrative a line; empty lines are passed over."""
    return _read(path, lambda number, record: Line(number, narrative=narrative_draft(record)))


def _read(path: Path, line_of: Callable[[int, Mapping[str, Any]], Line]) -> Iterator[Line]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if not raw.strip():
                continue
            try:
                record = strict_json.loads(raw.strip())
                if not isinstance(record, Mapping):
                    raise Unreadable("is not a JSON object: write {…} on each line")
                yield line_of(number, record)
            except (NotJson, Unreadable) as error:
                yield Line(number, reason=str(error))
