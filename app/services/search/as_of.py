"""Statements that a search would have found otherwise on a day: reworded, redated, withdrawn or restored since.

The index knows the present alone, and few statements change: those that did are compared directly, as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.domain.statements.statements import Statement
from app.services.ports import Store
from index.contract import FloatArray
from index.search.projection import Lens


@dataclass(frozen=True, slots=True)
class Past:
    """Which statements changed, whosesoever, and as they were those that could be found; meanings of shape (n, m)."""

    changed: frozenset[int]
    statements: Sequence[Statement]
    meanings: FloatArray
    terms: Sequence[frozenset[str]]

    def closest(self, at: Sequence[int], meaning: FloatArray, k: int) -> "Past":
        """The `k` closest in meaning of the statements at these places."""
        places = np.array(at, dtype=np.int64)
        order = places[np.argsort(-(self.meanings[places] @ meaning), kind="stable")[:k]] if len(places) else places
        some = order.tolist()
        return Past(
            self.changed, [self.statements[i] for i in some], self.meanings[order], [self.terms[i] for i in some]
        )


def recall_past(store: Store, fingerprint: str, lens: Lens, moment: datetime) -> Past:
    """What changed since that moment, as it was then."""
    with store.reading() as tx:
        changed = tx.revisions.searched_since(moment)
        if not changed:
            return Past(changed, (), np.empty((0, lens.dimension), np.float32), ())
        keys = sorted(changed)
        known = tx.statements.by_keys(keys, known_at=moment)
        readings = tx.revisions.readings(sorted(known), fingerprint, moment)
    found = [(known[key], readings[key]) for key in sorted(known) if key in readings]
    raw = np.frombuffer(b"".join(reading.vector for _, reading in found), dtype="<f4")
    meanings = lens.meaning_of(raw.reshape(len(found), -1)) if found else np.empty((0, lens.dimension), np.float32)
    return Past(
        changed, [one for one, _ in found], meanings, [frozenset(reading.terms.split()) for _, reading in found]
    )
