"""Making of the map: a layout of all vectors, or new statements placed amid their neighbours until enough is new."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np

from app.domain.jobs.background_runs import BackgroundRun
from app.domain.map.points import MOST_POINTS
from app.services.ports import Store
from index.contract import FloatArray

NEW_SHARE: Final = 0.2
"""Share of statements without a place in the last layout from which on all are laid out anew."""
_NEW_ANYWAY: Final = 50
"""So many may be new in the smallest archive."""

LayOut = Callable[[FloatArray], FloatArray]
"""Positions of vectors in the unit square: shape (n, dimension) to (n, 2)."""
Place = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
"""Positions of new vectors amid placed ones and their positions."""


@dataclass(frozen=True, slots=True)
class MakeMap:
    """Run over the archive that makes the map."""

    store: Store
    fingerprint: str
    """Fingerprint of the encoder whose vectors are laid out."""
    method: str
    lay_out: LayOut
    place: Place

    @property
    def version(self) -> str:
        return sha256(f"{self.fingerprint}\x1f{self.method}".encode()).hexdigest()[:32]

    def slice(self, run: BackgroundRun) -> tuple[int, int]:  # noqa: ARG002
        """Makes all of it: where that takes minutes, it is the layout in a process of its own that takes them."""
        with self.store.reading() as tx:
            vectors = {
                key: np.frombuffer(vector, "<f4")
                for key, vector in tx.map_positions.vectors(self.fingerprint, MOST_POINTS).items()
            }
            known = tx.map_positions.positions()
        count = len(vectors)
        laid_out = {key for key, (_, _, by_layout) in known.items() if by_layout and key in vectors}
        outside = vectors.keys() - laid_out
        if not laid_out or len(outside) > max(_NEW_ANYWAY, NEW_SHARE * len(vectors)):
            keys = sorted(vectors)
            rows = _rows(vectors, keys) if keys else np.zeros((0, 2), np.float32)
            vectors.clear()  # a layout takes minutes
            positions = self.lay_out(rows) if keys else rows
            with self.store.writing(durable=False) as tx:
                tx.map_positions.replace(_by_key(keys, positions))
        else:
            self._place_new(vectors, known)
        return count, count

    def _place_new(self, vectors: dict[int, FloatArray], known: dict[int, tuple[float, float, bool]]) -> None:
        new, placed = sorted(vectors.keys() - known.keys()), sorted(vectors.keys() & known.keys())
        found = np.zeros((0, 2), np.float32)
        if new and placed:
            among = np.array([known[key][:2] for key in placed], np.float32)
            found = self.place(_rows(vectors, new), _rows(vectors, placed), among)
        with self.store.writing(durable=False) as tx:
            tx.map_positions.remove(known.keys() - vectors.keys())
            tx.map_positions.add(_by_key(new if placed else [], found))


def _rows(vectors: dict[int, FloatArray], keys: Iterable[int]) -> FloatArray:
    return np.stack([vectors[key] for key in keys])


def _by_key(keys: list[int], positions: FloatArray) -> dict[int, tuple[float, float]]:
    return {key: (x, y) for key, (x, y) in zip(keys, positions.tolist(), strict=True)}
