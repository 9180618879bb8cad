"""Judged pairs: `pairs.jsonl` with a statement, an earlier precedent and what readers say of the two.

A line has `statement`, `precedent`, `lang` and `plang` (their languages), `kind`, and `label` or `labels` (one a
reader): 2 the same message, 1 the same storyline with another message, 0 unrelated, -1 the opposite. A pair whose
readers differ has no label.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.domain.core.strict_json import loads
from app.formats.lines import Unreadable

FILE: Final = "pairs.jsonl"


class JudgedPair(NamedTuple):
    """A statement and a precedent; `label` None: its readers do not agree."""

    statement: str
    language: str
    precedent: str
    precedent_language: str
    kind: str
    label: int | None


def has_judged_pairs(folder: Path) -> bool:
    """True if the folder's `pairs.jsonl` holds pairs of statement and precedent."""
    try:
        with (folder / FILE).open("rb") as file:
            first = loads(next((line for line in file if line.strip()), b"null"))
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and {"statement", "precedent"} <= first.keys()


def read_judged_pairs(folder: Path) -> list[JudgedPair]:
    """The folder's pairs. Raises `Unreadable`, naming the line."""
    path = folder / FILE
    pairs = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            pairs.append(_pair(loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(f"{path}, line {number}: is no judged pair ({error})") from error
    return pairs


def _pair(record: Mapping[str, Any]) -> JudgedPair:
    labels = record.get("labels") or ([] if record.get("label") is None else [record["label"]])
    if not all(isinstance(label, int) and -1 <= label <= 2 for label in labels):
        raise ValueError("labels are 2, 1, 0 and -1")
    return JudgedPair(
        str(record["statement"]).strip(),
        str(record.get("lang") or "und"),
        str(record["precedent"]).strip(),
        str(record.get("plang") or "und"),
        str(record.get("kind") or "all"),
        labels[0] if len(set(labels)) == 1 else None,
    )
