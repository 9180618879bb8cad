"""The index of the archive in memory: vectors, terms, and statements shown lately. `IndexSync` fills it."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import numpy as np

from app.domain.access.keys import Organisation
from app.domain.core.errors import NotReady
from app.domain.statements.statements import Statement
from app.services.ports import Transaction
from app.services.search.as_of import AsOfCandidates, as_of_candidates
from app.services.search.index_rows import put_vectors
from app.services.search.negative_examples import NegativeExamples
from app.services.search.ports import IndexRow
from app.services.search.search_filters import attributes_of
from index.contract import BuildsInTurn, EncodedText, FloatArray, LexicalIndex, SearchFilter, TextEncoder, VectorIndex
from index.search.projection import Projection
from index.search.shared import SharedIndex

_REMEMBERED = 20_000
"""Statements kept in memory, some kilobytes each."""


class SearchIndex:
    """Finds statements whose projected embeddings are closest, or that share terms. Safe to call from several threads.

    It may have taken in more than a caller's transaction sees: a statement that such a transaction cannot read is left
    out of what is shown.
    """

    def __init__(
        self,
        encoder: TextEncoder,
        projection: Projection,
        open_index: Callable[[Projection], VectorIndex],
        open_lexical_index: Callable[[], LexicalIndex],
    ):
        """`open_index`: an index of vectors of this projection."""
        self.negative_examples = NegativeExamples(encoder, projection)
        self.projection = projection
        self.ready = False
        """True once every statement that there was at the start is searchable."""
        self._fingerprint = encoder.fingerprint
        self._open_index = open_index
        self._open_terms = open_lexical_index
        self._cache_lock = threading.Lock()
        self._cached: dict[int, Statement] = {}
        self._when_changed: list[Callable[[Sequence[int]], None]] = []
        self._checkpoint = 0
        self._vectors = open_index(projection)
        self._terms = open_lexical_index()

    @property
    def size(self) -> int:
        """Statements that a search can find."""
        return len(self._vectors if self.shared is None else self._terms)

    @property
    def checkpoint(self) -> int:
        """The archive's sequence up to which changes have been taken in."""
        return self._checkpoint

    @property
    def shared(self) -> SharedIndex | None:
        """The vector index where all processes share it, None where this process has its own."""
        return self._vectors if isinstance(self._vectors, SharedIndex) else None

    @property
    def parts(self) -> tuple[VectorIndex, LexicalIndex]:
        """Parts of a snapshot: the vector index and the keyword index."""
        return self._vectors, self._terms

    def search(
        self, encoded: EncodedText, projected: FloatArray, k: int, where: SearchFilter, *, lexical: bool
    ) -> list[int]:
        """Keys of statements that pass the filter: the `k` closest to `projected`, of shape (dimension,), and, where
        `lexical`, the `k` that share most terms. Raises `NotReady` before the index has been filled.
        """
        if not self.ready:
            raise NotReady("the archive's index is being prepared; /readyz says when it can be searched")
        hits = self._vectors.search(projected, k, where)
        if lexical:
            hits = hits + self._terms.search(encoded.terms.split(), k, where)
        return list(dict.fromkeys(hit.id for hit in hits))

    def vectors(self, keys: Sequence[int]) -> FloatArray:
        """Projected embeddings of statements that `search` found, in order: shape (n, dimension). Raises `KeyError`."""
        return self._vectors.vectors(keys)

    def similarities(self, projected: FloatArray, keys: Sequence[int]) -> dict[int, float]:
        """Cosines of statements with `projected`, by key; those that cannot be found any more are left out."""
        with suppress(KeyError):
            return dict(zip(keys, (self._vectors.vectors(keys) @ projected).tolist(), strict=True))
        found: dict[int, float] = {}
        for key in keys:
            with suppress(KeyError):
                found[key] = float(self._vectors.vectors([key])[0] @ projected)
        return found

    def terms(self, keys: Sequence[int]) -> list[frozenset[str]]:
        """The terms of statements that `search` found, in order."""
        return self._terms.terms_of(keys)

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """The inverse document frequency of terms in this archive."""
        return self._terms.idf(terms)

    def as_of(self, tx: Transaction, moment: datetime) -> AsOfCandidates:
        """Differences between a search at that moment and one now."""
        return as_of_candidates(tx, self._fingerprint, self.projection, moment)

    def statements(
        self,
        tx: Transaction,
        keys: Sequence[int],
        known_at: datetime | None = None,
        viewer: Organisation | None = None,
    ) -> dict[int, Statement]:
        """Statements that `viewer` may see, by key, without withdrawn ones; None sees shared ones.

        With `known_at` as they were known then.
        """
        known = self._statements(tx, keys) if known_at is None else tx.statements.by_keys(keys, known_at=known_at)
        organisation = viewer.key if viewer else None
        return {key: statement for key, statement in known.items() if statement.visible_to(organisation)}

    def _statements(self, tx: Transaction, keys: Sequence[int]) -> dict[int, Statement]:
        """Statements by key. Cached ones are not read again: whatever changes what is shown of a statement raises its
        sequence, and `apply` then evicts it.
        """
        with self._cache_lock:
            known = {key: self._cached[key] for key in keys if key in self._cached}
        missing = [key for key in keys if key not in known]
        if missing:
            read, sequence = tx.statements.by_keys(missing), tx.statements.sequence()
            with self._cache_lock:
                if sequence >= self._checkpoint:  # else what was read may be older than what has been evicted
                    if len(self._cached) + len(read) > _REMEMBERED:
                        self._cached.clear()
                    self._cached |= read
            known |= read
        return known

    def when_changed(self, forget: Callable[[Sequence[int]], None]) -> None:
        """Has `forget` called with the keys of statements that have changed or are gone, whenever they are applied."""
        self._when_changed.append(forget)

    def restored(self, checkpoint: int) -> None:
        """Notes that the parts were loaded from a snapshot of this checkpoint."""
        self._checkpoint = checkpoint

    @property
    def builds_in_turn(self) -> BuildsInTurn | None:
        """The vector index where it builds lists, one process at a time; None where there are no lists."""
        return self._vectors if isinstance(self._vectors, BuildsInTurn) else None

    def empty_vectors(self) -> VectorIndex:
        """Another index of vectors of this projection, without entries."""
        return self._open_index(self.projection)

    def replace_vectors(self, vectors: VectorIndex) -> None:
        """Searches another index of vectors from now on, which has the same entries."""
        with self._cache_lock:
            self._vectors = vectors

    def reset(self) -> None:
        """Empties what this process has of the index."""
        with self._cache_lock:
            if self.shared is None:
                self._vectors = self._open_index(self.projection)
            self._terms = self._open_terms()
            self._checkpoint = 0
            self._cached.clear()
        self.negative_examples.reset()

    def apply(self, rows: Sequence[IndexRow], sequence: int) -> None:
        """Takes in statements that changed up to a sequence; a shared index of vectors has them already."""
        present = [row for row in rows if row.vector is not None]
        # A statement that is found by its terms has to have a vector.
        self._terms.remove(np.array([row.key for row in rows if row.vector is None], dtype=np.int64))
        if self.shared is None:
            put_vectors(rows, self._vectors, self.projection)
        if present:
            keys = np.array([row.key for row in present], dtype=np.int64)
            self._terms.upsert(keys, [row.terms or "" for row in present], attributes_of(present))
        with self._cache_lock:
            for row in rows:
                self._cached.pop(row.key, None)
            for forget in self._when_changed:
                forget([row.key for row in rows])
            self._checkpoint = max(self._checkpoint, sequence)
