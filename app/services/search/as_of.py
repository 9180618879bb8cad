"""Search as of an earlier moment: statements changed since then, in their former versions.

The index knows the present alone, and few statements change: those that did are compared directly, as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.domain.statements.statements import Statement
from app.services.ports import Transaction
from index.contract import FloatArray
from index.search.projection import Projection


@dataclass(frozen=True, slots=True)
class AsOfCandidates:
    """Differences between the index now and at an earlier moment: keys of changed statements of every owner, and the
    former versions that were searchable; vectors of shape (n, m)."""

    changed: frozenset[int]
    statements: Sequence[Statement]
    vectors: FloatArray
    terms: Sequence[frozenset[str]]

    def closest(self, rows: Sequence[int], projected: FloatArray, k: int) -> "AsOfCandidates":
        """The `k` closest of the statements at these rows."""
        places = np.array(rows, dtype=np.int64)
        order = places[np.argsort(-(self.vectors[places] @ projected), kind="stable")[:k]] if len(places) else places
        nearest = order.tolist()
        return AsOfCandidates(
            self.changed, [self.statements[i] for i in nearest], self.vectors[order], [self.terms[i] for i in nearest]
        )


def as_of_candidates(tx: Transaction, fingerprint: str, projection: Projection, moment: datetime) -> AsOfCandidates:
    """Statements changed since `moment`, in their version of then."""
    changed = tx.revisions.changed_for_search_since(moment)
    if not changed:
        return AsOfCandidates(changed, (), np.empty((0, projection.dimension), np.float32), ())
    keys = sorted(changed)
    known = tx.statements.by_keys(keys, known_at=moment)
    encodings = tx.revisions.encodings(sorted(known), fingerprint, moment)
    found = [(known[key], encodings[key]) for key in sorted(known) if key in encodings]
    raw = np.frombuffer(b"".join(encoded.vector for _, encoded in found), dtype="<f4")
    vectors = (
        projection.project(raw.reshape(len(found), -1)) if found else np.empty((0, projection.dimension), np.float32)
    )
    return AsOfCandidates(
        changed,
        [statement for statement, _ in found],
        vectors,
        [frozenset(encoded.terms.split()) for _, encoded in found],
    )
