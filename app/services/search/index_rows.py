"""Changed statements as a vector index takes them in."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from app.services.search.ports import IndexRow
from app.services.search.search_filters import attributes_of
from index.contract import VectorIndex
from index.search.projection import Projection
from index.search.shared import Changes

_AT_ONCE = 2_000


def in_batches(rows: Iterable[IndexRow]) -> Iterator[list[IndexRow]]:
    """Rows in order, some thousand at a time."""
    remaining = iter(rows)
    while batch := list(islice(remaining, _AT_ONCE)):
        yield batch


def put_vectors(rows: Sequence[IndexRow], index: VectorIndex | Changes, projection: Projection) -> None:
    """Removes statements without a vector, and adds or replaces the others with their projected embeddings."""
    index.remove(np.array([row.key for row in rows if row.vector is None], dtype=np.int64))
    present = [row for row in rows if row.vector is not None]
    if present:
        keys = np.array([row.key for row in present], dtype=np.int64)
        raw = np.frombuffer(b"".join(row.vector or b"" for row in present), dtype="<f4").reshape(len(present), -1)
        index.upsert(keys, projection.project(raw), attributes_of(present))
