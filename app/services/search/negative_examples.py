"""Counter-examples of narratives, in memory, in sync with the database."""

import threading
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.services.desk.ports import CounterExample
from app.services.ports import Store, Transaction
from index.contract import Embedder, FloatArray
from index.search.projection import Projection

_DECIMALS = 6
"""Decimals of a similarity, as the engines round, so that equal texts tie."""


@dataclass(frozen=True, slots=True)
class _Examples:
    """All counter-examples up to a sequence of the archive, replaced as a whole."""

    sequence: int
    known: dict[int, tuple[CounterExample, bytes]]
    matrix: np.ndarray


_NONE = _Examples(0, {}, np.empty((0, 0), dtype=np.float32))


class NegativeExamples:
    """Similarity of a vector to the negative examples of narratives. Safe to call from several threads."""

    def __init__(self, embedder: Embedder, projection: Projection):
        self._embedder = embedder
        self._projection = projection
        self._following = threading.Lock()
        self._examples = _NONE

    def sync(self, tx: Transaction, sequence: int) -> None:
        """Loads changes up to the sequence that `tx` sees; without a query where they are loaded already."""
        if sequence <= self._examples.sequence:
            return
        with self._following:
            before = self._examples
            if sequence <= before.sequence:  # another thread was faster
                return
            changed = tx.counter_examples.changed_since(before.sequence, self._embedder.fingerprint)
            known = dict(before.known)
            for counter_example, vector in changed:
                known.pop(counter_example.key, None)
                if vector is not None:
                    known[counter_example.key] = (counter_example, vector)
            matrix = before.matrix
            if changed:
                matrix = np.frombuffer(b"".join(vector for _, vector in known.values()), dtype="<f4")
                matrix = self._projection.project(matrix.reshape(len(known), self._embedder.dimension))
            self._examples = _Examples(sequence, known, matrix)

    def reset(self) -> None:
        """Forgets all, as where the database was set back."""
        with self._following:
            self._examples = _NONE

    def similarities(
        self, projected: FloatArray, known_at: datetime | None = None, organisation: int | None = None
    ) -> dict[int, float]:
        """Cosine similarity of the closest counter-example of each narrative that has any, by its key.

        Only shared ones and those of the organisation that asks, by its key, count.

        With `known_at` those that were made later are left out, and those withdrawn later count.
        """
        examples = self._examples
        if not examples.known:
            return {}
        close: dict[int, float] = {}
        found = np.round((examples.matrix @ projected).astype(np.float64), _DECIMALS)
        for (counter_example, _), similarity in zip(examples.known.values(), found.tolist(), strict=True):
            if _in_effect(counter_example, known_at) and counter_example.counts_for(organisation, known_at):
                close[counter_example.narrative] = max(similarity, close.get(counter_example.narrative, -1.0))
        return close

    def embed_missing(self, store: Store) -> int:
        """Embeds counter-examples without a vector of this embedder; their number."""
        fingerprint = self._embedder.fingerprint
        with store.reading() as tx:
            missing = tx.counter_examples.missing(fingerprint)
        if missing:
            vectors = self._embedder.embed([text for _, text in missing])
            keyed = [(key, to_bytes(vector)) for (key, _), vector in zip(missing, vectors, strict=True)]
            with store.writing() as tx:
                tx.counter_examples.put_vectors(fingerprint, keyed, tx.statements.next_sequence())
        return len(missing)


def to_bytes(vector: FloatArray) -> bytes:
    """Vector in its stored form: float32, little endian."""
    return vector.astype("<f4").tobytes()


def _in_effect(counter_example: CounterExample, known_at: datetime | None) -> bool:
    """True if the counter-example is in effect, or was at `known_at`."""
    if known_at is None:
        return counter_example.withdrawn_at is None
    return counter_example.created_at <= known_at and (
        counter_example.withdrawn_at is None or counter_example.withdrawn_at > known_at
    )
