"""Files that were uploaded: the reader that `app.services.jobs.accept_file` asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.domain.core import strict_json
from app.domain.core.errors import FieldError, InvalidInput
from app.domain.core.strict_json import NotJson
from app.formats.columns import mapping_of
from app.formats.detection import detect, hint_of
from app.formats.file_format import Format
from app.formats.lines import FileFacts, Line, NoTextColumn, Opened, ReadOptions, UnknownFormat, Unreadable
from app.formats.opening import open_file
from app.formats.record import narrative_record_of, record_of
from app.services.jobs.accept_file import FileChoices, TableColumns, TextColumnMissing
from app.services.statements.import_report import ReadLine

_UNNAMED: Final = "the file"
_LONGEST_NOTE: Final = 300
_MOST_COLUMNS: Final = 200
_TRIED_LINES: Final = 20
_LARGEST_TRIED: Final = 16 * 1024 * 1024
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """File that is being read, as a job stores it."""

    opened: Opened

    @property
    def report(self) -> Mapping[str, Any]:
        return report_of(self.opened.facts)

    @property
    def columns(self) -> TableColumns:
        facts = self.opened.facts
        return TableColumns(facts.samples, facts.columns, facts.unclear_dates)

    @property
    def lines(self) -> Iterable[Line]:
        return self.opened.lines

    def record(self, line: ReadLine) -> Mapping[str, Any]:
        if line.narrative:
            return {"narrative": narrative_record_of(line.narrative)}
        return record_of(line.draft) if line.draft else {}


class UploadedFiles:
    """Reads files in every format of `app.formats.registry`."""

    def is_lines(self, path: Path, choices: FileChoices) -> bool:
        """See `app.services.jobs.accept_file.ReadFiles`."""
        options = _options(choices)
        with path.open("rb") as file:
            if file.read(2) == _GZIP:
                return False
        try:
            hint = hint_of(choices.name, choices.media_type)
            found = detect(path, hint, choices.name or _UNNAMED)
        except UnknownFormat:
            return not options.columns
        except Unreadable as error:
            raise InvalidInput.at("", str(error)) from error
        return found is Format.JSONL or (found is Format.JSON and hint is None and _has_other_lines(path))

    def open(self, path: Path, choices: FileChoices) -> OpenedFile:
        """See `app.services.jobs.accept_file.ReadFiles`."""
        options = _options(choices)
        try:
            return OpenedFile(open_file(path, Format.AUTO, options, choices.name or _UNNAMED, choices.media_type))
        except NoTextColumn as error:
            missing = TextColumnMissing([FieldError("", str(error))])
            missing.samples = error.samples
            raise missing from error
        except Unreadable as error:
            raise InvalidInput.at("", str(error)) from error


def _has_other_lines(path: Path) -> bool:
    """True for several lines of which the first is no JSON, though one is: lines, one of them faulty."""
    with path.open("rb") as file:
        lines = [*islice(file, _TRIED_LINES)]
    if path.stat().st_size > _LARGEST_TRIED or len(lines) < 2:
        return False
    return not _is_json(path.read_bytes()) and any(map(_is_json, lines[1:]))


def _is_json(raw: bytes) -> bool:
    """True for one JSON object or list."""
    try:
        return isinstance(strict_json.loads(raw.strip(), most_items=None), dict | list)
    except NotJson:
        return False


def report_of(facts: FileFacts) -> dict[str, Any]:
    """The facts about a file, as JSON."""
    return {
        "format": facts.format,
        "encoding": facts.encoding,
        "encoding_guessed": facts.encoding_guessed,
        "delimiter": facts.delimiter,
        "columns": {column[:_LONGEST_NOTE]: field for column, field in list(facts.columns.items())[:_MOST_COLUMNS]},
        "columns_kept": [column[:_LONGEST_NOTE] for column in facts.columns_kept[:_MOST_COLUMNS]],
        "notes": [note[:_LONGEST_NOTE] for note in facts.notes],
    }


def _options(choices: FileChoices) -> ReadOptions:
    try:
        return ReadOptions(choices.encoding, mapping_of(choices.columns), choices.day_first)
    except Unreadable as error:
        raise InvalidInput.in_parameter("map", str(error)) from error
