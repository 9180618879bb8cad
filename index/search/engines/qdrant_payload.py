"""Attributes of entries as Qdrant's payload, and filters in the form of its REST API.

Qdrant compares numbers as floats of 64 bits, which are exact to the microsecond until the year 2255. What has no date
has no field. Whoever may find an entry is a keyword, by which Qdrant keeps organisations apart (`is_tenant`).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from index.contract import ALWAYS, NEVER, SHARED, SearchFilter
from index.search.engines.entries import Columns

_EARLIEST: Final = -(2**53)
"""`known_from` of what is known at every moment, as Qdrant has it."""


def payload_of(columns: Columns, row: int) -> dict[str, Any]:
    """Payload of one entry."""
    begins, ends = (int(moment) for moment in columns.periods[row])
    payload: dict[str, Any] = {
        "owner": str(int(columns.owners[row])),
        "language": str(columns.languages[row]),
        "known_from": max(int(columns.known_from[row]), _EARLIEST),
    }
    if begins != NEVER:
        payload["begins"] = begins
    if ends != NEVER:
        payload["ends"] = ends
    return payload


def columns_of(payloads: Sequence[Mapping[str, Any]]) -> Columns:
    """Attributes that payloads hold, in order."""
    periods = [(int(each.get("begins", NEVER)), int(each.get("ends", NEVER))) for each in payloads]
    known = [int(each["known_from"]) for each in payloads]
    return Columns(
        np.array(periods, np.int64).reshape(-1, 2),
        np.array([int(each["owner"]) for each in payloads], np.int64),
        np.array([each["language"] for each in payloads], np.str_),
        np.array([ALWAYS if moment <= _EARLIEST else moment for moment in known], np.int64),
    )


def condition_of(where: SearchFilter) -> dict[str, Any]:
    """A filter for Qdrant, which always names who may find an entry."""
    owners = sorted({SHARED, SHARED if where.viewer is None else where.viewer})
    must: list[dict[str, Any]] = [{"key": "owner", "match": {"any": [str(owner) for owner in owners]}}]

    def add(key: str, **bounds: float) -> None:
        must.append({"key": key, "range": bounds})

    if where.ends_by is not None:
        add("ends", lte=_at_most(where.ends_by))
    if where.begins_by is not None:
        add("begins", lte=_at_most(where.begins_by))
    if where.begins_from is not None:
        add("begins", gte=-_at_most(-where.begins_from))
    if where.known_by is not None:
        add("known_from", lte=_at_most(max(where.known_by, _EARLIEST)))
    if where.language is not None:
        must.append({"key": "language", "match": {"value": where.language}})
    if where.among is not None:
        must.append({"has_id": [int(entry) for entry in where.among]})
    condition: dict[str, Any] = {"must": must}
    if where.excluded:
        condition["must_not"] = [{"has_id": [int(entry) for entry in where.excluded]}]
    return condition


def _at_most(bound: int) -> float:
    """The largest float that is not above a bound."""
    nearest = float(bound)
    return nearest if int(nearest) <= bound else math.nextafter(nearest, -math.inf)
