"""JSON files: one document, or one value a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.domain.core import strict_json
from app.domain.core.strict_json import NotJson
from app.formats.lines import Unreadable

LARGEST: Final = 100 * 1024 * 1024
"""Bytes of a document that is read at once. Files of lines have no such bound."""


def read_document(path: Path) -> Any:
    """The value of a file that is one JSON document. Raises `Unreadable`, also for one over `LARGEST`."""
    size = path.stat().st_size
    if size > LARGEST:
        raise Unreadable(
            f"{path.name} is one JSON document of {size:,} bytes, and {LARGEST:,} are read at once: "
            "cut it up, or write one object a line"
        )
    return parse_document(path.read_bytes(), path.name)


def parse_document(raw: bytes, name: str) -> Any:
    """The value of a JSON document in UTF-8, UTF-16 or UTF-32. Raises `Unreadable`."""
    encoding = json.detect_encoding(raw)
    if not encoding.startswith("utf-8"):
        try:
            raw = raw.decode(encoding).encode()
        except UnicodeError as error:
            raise Unreadable(f"{name} is not UTF-8") from error
    try:
        return strict_json.loads(raw, most_items=None)
    except NotJson as error:
        raise Unreadable(f"{name} {error}") from error


def read_json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Values of a file of one a line, with the numbers of their lines; others are passed over."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            try:
                yield number, strict_json.loads(raw.strip())
            except NotJson:
                continue
