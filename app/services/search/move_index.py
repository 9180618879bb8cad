"""Move of an archive to another engine or embedder, beside a service that goes on with the old one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.services import Services
from app.services.ports import Clock, Transaction
from app.services.search.index_rows import in_batches
from app.services.search.search_filters import attributes_of
from index.contract import UNFILTERED, VectorIndex

SAMPLED: Final = 200
"""Statements whose vector in the new index is compared with the stored one."""

ASKED: Final = 50
"""Of those, how many are searched for in both indexes."""

LEAST_ALIKE: Final = 0.95
"""Share of the ten nearest statements that both indexes have to find, where they are of one embedder."""

_K: Final = 10
_SAME_WITHIN: Final = 1e-3
_ATTEMPTS: Final = 20
"""Rounds of catching up with a service that writes meanwhile."""

logger = logging.getLogger("refrain.index")


@dataclass(frozen=True, slots=True)
class Move:
    """Result of a move: what was compared, and what was wrong; nothing has been switched where anything was."""

    statements: int
    sampled: int
    alike: float | None
    """Share of nearest statements that both indexes found; None for another embedder."""
    faults: tuple[str, ...]


class MoveIndex:
    """Fills an index beside the one in force, compares them, and puts the new one in force.

    Every step may be interrupted and made again: what has been embedded or written stays.
    """

    def __init__(
        self, old: Services, new: Services, clock: Clock, progress: Callable[[int], None] | None = None
    ) -> None:
        """`old`: services of the index in force; `new`: of the one to be. Neither is opened yet."""
        self._old = old
        self._new = new
        self._clock = clock
        self._progress = progress

    def __call__(self) -> Move:
        """Fills, verifies and switches. `progress` is called with the number of texts embedded since."""
        archive = self._new.archive
        archive.embed_missing(self._progress, seen=False)
        archive.open()
        archive.backfill(self._progress)
        same = self._old.chosen_index.fingerprint == self._new.chosen_index.fingerprint
        if same:
            self._old.archive.open()
            self._old.archive.backfill()
        move = self._verified(compared=same)
        if move.faults and move.statements:  # it may have been there before, and been damaged since
            archive.rebuild()
            move = self._verified(compared=same)
        if not move.faults:
            self._switch()
        return move

    def _verified(self, *, compared: bool) -> Move:
        """Catches up until nothing was written meanwhile, and compares in one reading transaction."""
        archive, fingerprint = self._new.archive, self._new.chosen_index.fingerprint
        for _ in range(_ATTEMPTS):
            archive.backfill(self._progress)
            with self._new.store.reading() as tx:
                archive.sync(tx)
                if compared:
                    self._old.archive.sync(tx)
                if not archive.is_at(tx) or tx.vectors.count_missing(fingerprint):
                    continue
                stored = tx.consistency.count_searchable(fingerprint)
                faults = []
                vectors, terms = archive.index.parts
                if not len(vectors) == len(terms) == stored:
                    faults.append(
                        f"the new index holds {len(vectors):,} vectors and {len(terms):,} texts, not {stored:,}"
                    )
                keys = self._sample(tx)
                wrong = self._different(tx, keys, vectors)
                if wrong:
                    faults.append(f"of {len(keys):,} statements {wrong:,} are otherwise in the new index than stored")
                alike = self._alike(keys[:ASKED]) if compared and not faults else None
                if alike is not None and alike < LEAST_ALIKE:
                    faults.append(f"only {alike:.0%} of the nearest statements are the same in both indexes")
                if archive.is_at(tx):  # else another process went on, and the numbers are of two moments
                    return Move(stored, len(keys), alike, tuple(faults))
        return Move(0, 0, None, ("the archive changes faster than the new index follows: try again later",))

    def _sample(self, tx: Transaction) -> list[int]:
        """Keys of statements, by chance."""
        keys = tx.consistency.keys(self._new.chosen_index.fingerprint)
        chosen = np.random.default_rng().permutation(len(keys))[:SAMPLED]
        return [keys[row] for row in chosen.tolist()]

    def _different(self, tx: Transaction, keys: list[int], vectors: VectorIndex) -> int:
        """Number of statements that the index has not, or with another vector or other attributes."""
        different = 0
        for rows in in_batches(tx.consistency.rows(self._new.chosen_index.fingerprint, keys)):
            raw = np.frombuffer(b"".join(row.vector or b"" for row in rows), "<f4").reshape(len(rows), -1)
            expected = self._new.archive.index.projection.project(raw)
            try:
                of = [row.key for row in rows]
                held, attributes = vectors.vectors(of), vectors.attributes(of)
            except KeyError:
                return len(keys)
            same = np.isclose(held, expected, atol=_SAME_WITHIN).all(1)
            wanted = attributes_of(rows)
            same &= (np.asarray(attributes.periods) == wanted.periods).all(1)
            for column, right in zip(attributes[1:], wanted[1:], strict=True):
                same &= np.asarray(column) == np.asarray(right)
            different += int(np.count_nonzero(~same))
        return different

    def _alike(self, keys: list[int]) -> float | None:
        """Share of the nearest shared statements that both indexes find."""
        old, new = self._old.archive.index.parts[0], self._new.archive.index.parts[0]
        if not keys:
            return None
        shares = []
        for vector in new.vectors(keys):
            found, known = (index.search(vector, _K, UNFILTERED) for index in (new, old))
            # Equals at the end of the list may be others.
            least = max(min((hit.similarity for hit in hits), default=0.0) for hits in (found, known))
            wanted = {hit.id for hit in known if hit.similarity > least + _SAME_WITHIN}
            shares.append(len(wanted & {hit.id for hit in found}) / len(wanted) if wanted else 1.0)
        return float(np.mean(shares))

    def _switch(self) -> None:
        self._new.archive.save()  # for a service on this machine to load
        with self._new.store.writing() as tx:
            at = self._clock()
            if not tx.index_choices.all():
                tx.index_choices.put(self._old.chosen_index, at)
            tx.index_choices.put(self._new.chosen_index, at)
        logger.info("index moved", extra={"index": self._new.chosen_index.index_url})
        # What was written while the switch was made.
        self._new.archive.backfill(self._progress)
