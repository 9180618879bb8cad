"""Filters of a search, from the archive's own terms to the engines'; attributes of statements, by which they filter."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from app.domain.access.keys import Organisation
from app.domain.core.dates import Earlier, Later
from app.services.search.ports import IndexRow
from index.contract import ALWAYS, NEVER, SHARED, Attributes, SearchFilter

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def search_filter(
    when: Earlier | Later,
    viewer: Organisation | None = None,
    known_at: datetime | None = None,
    excluded: frozenset[int] = frozenset(),
) -> SearchFilter:
    """Filter for statements that `viewer` may see (None: shared ones), whose date `when` admits, known at a moment."""
    earlier, later = (None, when) if isinstance(when, Later) else (when, None)
    return SearchFilter(
        ends_by=earlier.ends_by if earlier else None,
        begins_by=earlier.begins_by if earlier else None,
        begins_from=later.begins_from if later else None,
        viewer=viewer.key if viewer else None,
        known_by=None if known_at is None else _microseconds(known_at),
        excluded=excluded,
    )


def attributes_of(rows: Sequence[IndexRow]) -> Attributes:
    """Attributes of statements, in order."""
    return Attributes(
        np.array([_period(row) for row in rows], np.int64).reshape(-1, 2),
        np.array([SHARED if row.owner is None else row.owner for row in rows], np.int64),
        [row.language for row in rows],
        np.array([ALWAYS if row.learned_at is None else _microseconds(row.learned_at) for row in rows], np.int64),
    )


def _period(row: IndexRow) -> tuple[int, int]:
    if row.begins is None or row.ends is None:
        return NEVER, NEVER
    return row.begins, row.ends


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
