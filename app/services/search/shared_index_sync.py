"""Sync of a vector index that all processes share with the database: whoever looks first makes the missing changes."""

import logging

from app.domain.core.errors import NotReady
from app.services.ports import Store, Transaction
from app.services.search.index_rows import in_batches, put_vectors
from index.contract import TextEncoder
from index.search.projection import Projection
from index.search.shared import Changes, IndexBusy, SharedIndex

logger = logging.getLogger("refrain.index")


class SharedIndexSync:
    """Keeps a shared index in step with the archive, and builds it. Safe to call from several threads and processes.

    The index has a checkpoint of its own in its database, which changes with its entries and is locked while they
    change. So no change is skipped because another process has seen it, and none is undone by one that has seen less.
    """

    def __init__(self, index: SharedIndex, store: Store, encoder: TextEncoder, projection: Projection):
        self._index = index
        self._store = store
        self._encoder = encoder
        self._projection = projection
        self._opened = False

    @property
    def checkpoint(self) -> int:
        """Sequence of the archive up to which the index has all changes, whoever made them."""
        return self._index.position().checkpoint

    def open(self, source: str) -> None:
        """Catches up; builds the index where it holds nothing, what another source had, or more than the database has.

        `source`: identity of embedder, projection and archive. Raises `NotReady` while another process builds it.
        """
        position = self._index.position()
        with self._store.reading() as tx:
            set_back = position.checkpoint > tx.statements.sequence()
        if position.source != source or set_back:
            self.build(source)
        self._opened = True
        with self._store.reading() as tx:
            self.catch_up(tx)

    def build(self, source: str) -> None:
        """Builds the index anew from stored vectors; until it is done, the old one is searched.

        Raises `NotReady` where another process is at it, or reads the old one for long.
        """
        try:
            with self._index.building(source) as changes:
                with self._store.reading() as tx:
                    self._follow(tx, changes)
                changes.finish()
                with self._store.reading() as tx:  # what was committed meanwhile
                    self._follow(tx, changes)
        except IndexBusy as busy:
            raise NotReady(f"the index cannot be built now: {busy}") from None
        self._opened = True
        logger.info("shared index built", extra={"index_size": self._index.position().entries})

    def catch_up(self, tx: Transaction) -> None:
        """Makes the changes that `tx` sees and the index has not; none before the index was opened or built."""
        if self._opened and self.checkpoint < tx.statements.sequence():
            with self._index.changing() as changes:
                self._follow(tx, changes)

    def differs(self, tx: Transaction) -> str:
        """The fault in the number of entries; "" where there is none, or where the index knows more than `tx`."""
        position, stored = self._index.position(), tx.consistency.count_searchable(self._encoder.fingerprint)
        if position.entries == stored or position.checkpoint != tx.statements.sequence():
            return ""
        return f"The shared index holds {position.entries:,} vectors, not {stored:,}."

    def _follow(self, tx: Transaction, changes: Changes) -> None:
        latest = tx.statements.sequence()
        if changes.checkpoint >= latest:  # another process was faster
            return
        for rows in in_batches(tx.vectors.changed_since(changes.checkpoint, self._encoder.fingerprint)):
            put_vectors(rows, changes, self._projection)
        changes.advance(latest)
