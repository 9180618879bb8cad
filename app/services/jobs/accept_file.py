"""Uploads of statements in any format that is read: JSON lines are stored as they come, other files are read first and
stored as JSON lines of our own format."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from app.domain.core.errors import InvalidInput
from app.domain.jobs.jobs import Job
from app.services.jobs.accept_upload import UploadInProgress
from app.services.statements.import_report import LineCounts, ReadLine
from index.processor_budget import ProcessorBudget, check_processor_budget, processor_budget

BUDGET_S: Final = 60.0
"""Processor time, in seconds, for reading a file that is not JSON lines."""


@dataclass(frozen=True, slots=True)
class FileChoices:
    """Name and media type of a file, and what whoever sends it says of it; without that its content decides."""

    name: str | None = None
    media_type: str | None = None
    encoding: str | None = None
    columns: tuple[str, ...] = ()
    """Fields and their columns: `date=Datum`."""
    day_first: bool | None = None


class TextColumnMissing(InvalidInput):
    """Table of which no column is known to hold the texts. `samples`: the first values of its columns, by name."""

    samples: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Columns of a table that is being read: their first values by name, and the fields that they hold."""

    samples: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, str]
    unclear_dates: bool = False
    """The day and the month of its dates cannot be told apart."""


class StatementFile(Protocol):
    """File that is being read: what was understood of it as JSON, and its lines."""

    @property
    def report(self) -> Mapping[str, Any]: ...
    @property
    def columns(self) -> TableColumns: ...
    @property
    def lines(self) -> Iterable[ReadLine]: ...
    def record(self, line: ReadLine) -> Mapping[str, Any]:
        """The record of our own format that describes a line's draft or narrative."""


class ReadFiles(Protocol):
    """Reader of files in every format. Both raise `InvalidInput` for a file that is none of them."""

    def is_lines(self, path: Path, choices: FileChoices) -> bool:
        """True for JSON lines, and for what nothing tells the format of; so much as the first megabyte is enough."""

    def open(self, path: Path, choices: FileChoices) -> StatementFile: ...


@dataclass(frozen=True, slots=True)
class AcceptFile:
    """Stores a file that is not JSON lines as a job."""

    files: ReadFiles

    def __call__(self, path: Path, choices: FileChoices, begin: Callable[[], UploadInProgress]) -> Job:
        """The job. Raises `InvalidInput` for a file that cannot be read, `TooLarge` and `ProcessorBudgetExceeded`."""
        with processor_budget(ProcessorBudget(BUDGET_S)):
            file = self.files.open(path, choices)
            receiving = begin()
            try:
                noticed = self._store(file, receiving)
                counts = {**noticed.as_json(), "statements": 0, "undated": 0, "bounded": 0}  # the parts count them
                return receiving.finish({**file.report, **counts})
            except BaseException as error:
                receiving.abort()
                if isinstance(error, ValueError) and not isinstance(error, InvalidInput):
                    raise InvalidInput.at("", str(error)) from error
                raise

    def _store(self, file: StatementFile, receiving: UploadInProgress) -> LineCounts:
        noticed = LineCounts()
        for line in file.lines:
            check_processor_budget()
            noticed.count(line, line.place or f"line {line.number}")
            if line.draft or line.narrative:
                receiving.put_record(line.number, json.dumps(file.record(line), ensure_ascii=False).encode())
            elif not line.skipped:
                reason = line.reason or "is no statement"
                receiving.reject(line.number, f"{line.place}: {reason}" if line.place else reason)
        return noticed
