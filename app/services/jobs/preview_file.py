"""Preview of a file of statements: what would be understood of it, from its first records, without storing anything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.core.errors import InvalidInput
from app.domain.statements.statements import StatementDraft
from app.services.jobs.accept_file import FileChoices, ReadFiles, TableColumns, TextColumnMissing
from app.services.jobs.job_parts import REJECTED, SKIPPED, ReadStatement
from app.services.statements.import_report import LineCounts, ReadLine
from app.services.statements.merge_drafts import Outcome
from app.services.statements.record_statements import RecordStatements
from index.processor_budget import ProcessorBudget, ProcessorBudgetExceeded, processor_budget

MOST_RECORDS: Final = 200
"""Records that a preview reads; the whole file is read by a dry run."""
LINES: Final = "JSON lines"
BUDGET_S: Final = 20.0
"""Processor time, in seconds, for a preview."""


@dataclass(frozen=True, slots=True)
class PreviewedRecord:
    """Record of a previewed file: a draft with what would become of it, or the reason why there is none."""

    number: int
    draft: StatementDraft | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class FilePreview:
    """Preview of a file's import. `records` are those with a statement or a fault, in order."""

    name: str
    size: int
    report: Mapping[str, Any] = field(default_factory=dict)
    columns: TableColumns = field(default_factory=lambda: TableColumns({}, {}))
    records: Sequence[PreviewedRecord] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    narratives: int = 0
    """Records that describe a narrative."""
    noticed: Mapping[str, Any] = field(default_factory=dict)
    complete: bool = False
    """The file has no more records than were read."""
    fault: str | None = None
    """Why nothing can be imported from it."""
    needs_text: bool = False
    """It is a table, and nothing tells which column holds the texts."""

    @property
    def usable(self) -> bool:
        """True if an import would take something in."""
        taken = sum(count for outcome, count in self.counts.items() if outcome not in (REJECTED, SKIPPED))
        return not self.fault and bool(taken or self.narratives or not self.complete)

    @property
    def unknown(self) -> bool:
        """True if nothing in it tells a format: it was read as JSON lines, and none of its lines is one."""
        return self.report.get("format") == LINES and set(self.counts) == {REJECTED}

    @property
    def empty(self) -> bool:
        """True if there is no record in it."""
        return not self.fault and not self.counts and not self.narratives


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """Reads the beginning of a file, and asks what recording its statements would do."""

    files: ReadFiles
    record: RecordStatements
    read_line: ReadStatement

    def __call__(
        self, path: Path, choices: FileChoices, organisation: Organisation, *, private: bool = False, cut: bool = False
    ) -> FilePreview:
        """The preview. `cut`: the file is the beginning of a larger one. A file that cannot be read has a `fault`."""
        name, size = choices.name or path.name, path.stat().st_size
        try:
            with processor_budget(ProcessorBudget(BUDGET_S)):
                return self._read(path, choices, organisation, FilePreview(name, size), private=private, cut=cut)
        except TextColumnMissing as error:
            columns = TableColumns(error.samples, {})
            return FilePreview(name, size, columns=columns, fault=fault_of(error), needs_text=bool(error.samples))
        except (InvalidInput, ProcessorBudgetExceeded) as error:
            return FilePreview(name, size, fault=fault_of(error))

    def _read(
        self,
        path: Path,
        choices: FileChoices,
        organisation: Organisation,
        preview: FilePreview,
        *,
        private: bool,
        cut: bool,
    ) -> FilePreview:
        if self.files.is_lines(path, choices):
            lines: Iterable[ReadLine] = self._json_lines(path)
            preview = replace(preview, report={"format": LINES})
        else:
            file = self.files.open(path, choices)
            lines, preview = file.lines, replace(preview, report=file.report, columns=file.columns)
        read = _first(lines, MOST_RECORDS + 1)
        complete = len(read) <= MOST_RECORDS and not cut
        if cut and len(read) <= MOST_RECORDS:
            read = read[:-1]  # the last one may be cut off
        return self._with_outcomes(read[:MOST_RECORDS], organisation, replace(preview, complete=complete), private)

    def _json_lines(self, path: Path) -> Iterator[ReadLine]:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                if raw.strip():
                    yield self.read_line(number, raw)

    def _with_outcomes(
        self, read: Sequence[ReadLine], organisation: Organisation, preview: FilePreview, private: bool
    ) -> FilePreview:
        owner = organisation.key if private else None
        by = Contributor.of(organisation)
        drafts = [replace(line.draft, owner=owner, contributor=by) for line in read if line.draft]
        outcomes = iter(self.record.preview(drafts, organisation if private else None))
        noticed, counts, now = LineCounts(), Counter[str](), self.record.clock()
        records = []
        for line in read:
            noticed.count(line, line.place or f"line {line.number}", now)
            outcome = next(outcomes) if line.draft else None
            if outcome:
                counts[outcome.value] += 1
                records.append(PreviewedRecord(line.number, line.draft, outcome, place=line.place))
            elif line.skipped:
                counts[SKIPPED] += 1
            elif not line.narrative:
                counts[REJECTED] += 1
                records.append(PreviewedRecord(line.number, reason=line.reason, place=line.place))
        narratives = sum(line.narrative is not None for line in read)
        return replace(preview, records=records, counts=counts, narratives=narratives, noticed=noticed.as_json())


def fault_of(error: Exception) -> str:
    """The fault of a file, in words for whoever sent it."""
    if isinstance(error, InvalidInput) and error.errors:
        return error.errors[0].detail
    return str(error)


def _first(lines: Iterable[ReadLine], most: int) -> list[ReadLine]:
    """The first records. Raises `InvalidInput` for what the readers cannot read."""
    try:
        return list(islice(lines, most))
    except InvalidInput:
        raise
    except ValueError as error:
        raise InvalidInput.at("", str(error)) from error
