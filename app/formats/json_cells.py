"""JSON in the cells of a table: findings and metadata, as exports write them."""

import json
from collections.abc import Mapping
from typing import Any


def with_json_cells(record: Mapping[str, object]) -> dict[str, Any]:
    """A row whose `findings` are a list, and whose `metadata` stand beside the other fields, without empty lists."""
    unpacked: dict[str, Any] = {name: value for name, value in record.items() if value != []}
    if isinstance(findings := _value(unpacked.get("findings")), list):
        unpacked["findings"] = findings
    if isinstance(metadata := _value(unpacked.get("metadata")), dict):
        del unpacked["metadata"]
        unpacked = {**metadata, **unpacked}
    return unpacked


def _value(cell: object) -> object:
    if not isinstance(cell, str) or not cell.startswith(("[", "{")):
        return None
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return None
