"""JSON as exports write it: UTF-8, without blanks, the fields in the order that they are given in."""

import json
from collections.abc import Iterable, Iterator
from typing import Any


def json_text(value: Any) -> str:
    """JSON of a value, on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_array(values: Iterable[Any], opening: str, closing: str) -> Iterator[str]:
    """Text of a document with one long array, an element a line, between its opening and its closing."""
    yield opening + "[\n"
    separator = ""
    for value in values:
        yield separator + json_text(value)
        separator = ",\n"
    yield "\n]" + closing + "\n"
