"""Format detection: chooses the reader for a file or a folder."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from app.domain.core import strict_json
from app.domain.core.strict_json import NotJson
from app.formats import claimreview, csv_table, jsonl, misp, stix
from app.formats.file_format import Format
from app.formats.lines import Line, Unreadable

_BY_SUFFIX = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".json": Format.CLAIMREVIEW,
    ".jsonld": Format.CLAIMREVIEW,
}
_READERS = {
    Format.JSONL: jsonl.read_statements,
    Format.CSV: csv_table.read_statements,
    Format.CLAIMREVIEW: claimreview.read_statements,
    Format.STIX: stix.read_statements,
    Format.MISP: misp.read_statements,
}


def open_lines(path: Path, format_: Format) -> Iterator[tuple[Path, Line]]:
    """Lines, each with the file it is from: of a file, or of a folder's `narratives.jsonl` and `corpus.jsonl`.

    Raises `Unreadable` for a path or a format that cannot be read.
    """
    if path.is_dir():
        corpus, narratives = path / "corpus.jsonl", path / "narratives.jsonl"
        if not corpus.is_file():
            raise Unreadable(f"{path} has no corpus.jsonl: name a file, or a folder with one")
        if narratives.is_file():
            return itertools.chain(
                ((narratives, line) for line in jsonl.read_narratives(narratives)),
                ((corpus, line) for line in jsonl.read_statements(corpus)),
            )
        path, format_ = corpus, Format.JSONL
    if not path.is_file():
        raise Unreadable(f"{path} is not there")
    if format_ is Format.AUTO:
        format_ = _BY_SUFFIX.get(path.suffix.lower(), Format.AUTO)
        if format_ is Format.CLAIMREVIEW:
            format_ = _json_format(path)
    if format_ is Format.AUTO:
        raise Unreadable(f"cannot tell the format of {path.name}: say --format jsonl, csv, claimreview, stix or misp")
    return ((path, line) for line in _READERS[format_](path))


def _json_format(path: Path) -> Format:
    """Format of a JSON document, by its shape."""
    try:
        document = strict_json.loads(path.read_bytes(), most_items=None)
    except NotJson:
        return Format.CLAIMREVIEW
    return Format.STIX if stix.is_bundle(document) else Format.MISP if misp.is_event(document) else Format.CLAIMREVIEW


def line_count(path: Path) -> int:
    """About how many lines `open_lines` will yield, for a progress bar."""
    files = [path / "narratives.jsonl", path / "corpus.jsonl"] if path.is_dir() else [path]
    total = 0
    for file in files:
        if file.is_file():
            with file.open("rb") as lines:
                total += sum(1 for _ in lines)
    return total
