"""Index of the archive: vector and keyword index, as caches of the database that are kept in sync and rebuilt when
unusable.

Each search first asks the database for its sequence, one small query, and takes in what has changed: what any
process committed before is found. Between searches a background thread of the service does the same.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import numpy as np

from app.domain.access.keys import Organisation
from app.domain.core.dates import Earlier, Later
from app.domain.core.errors import NotReady
from app.domain.statements.statements import Statement
from app.services.ports import IndexRow, Store
from app.services.search.as_of import AsOfCandidates, as_of_candidates
from app.services.search.negative_examples import NegativeExamples
from index.contract import (
    NEVER,
    Checkpoint,
    EncodedText,
    FloatArray,
    LexicalIndex,
    SnapshotUnusable,
    TextEncoder,
    TimeWindow,
    VectorIndex,
)
from index.search.projection import Projection
from index.search.snapshots import read_snapshot, write_snapshot

_AT_ONCE = 2_000
_EMBED_AT_ONCE = 256

_REMEMBERED = 20_000
"""Statements kept in memory, some kilobytes each."""

logger = logging.getLogger("refrain.index")


class SearchArchive:
    """Vector and keyword index of the archive. Safe to call from several threads."""

    def __init__(
        self,
        store: Store,
        encoder: TextEncoder,
        projection: Projection,
        open_index: Callable[[int], VectorIndex],
        open_terms: Callable[[], LexicalIndex],
        snapshot: Path,
    ):
        """`open_index` is given the dimension of the projection."""
        self.negative_examples = NegativeExamples(store, encoder, projection)
        self.projection = projection
        self._store = store
        self._encoder = encoder
        self._open_index = open_index
        self._open_terms = open_terms
        self._snapshot = snapshot
        self._sync_lock = threading.Lock()
        self._cache_lock = threading.Lock()
        self._cached: dict[int, Statement] = {}
        self._index = open_index(projection.dimension)
        self._terms = open_terms()
        self._sequence = 0
        self._saved = 0
        self._ready = False
        with store.reading() as tx:
            self._fingerprint = f"{encoder.fingerprint}:{projection.fingerprint}:{tx.statements.archive_id()}"

    def with_projection(self, projection: Projection) -> "SearchArchive":
        """Copy of the archive with another projection, to be opened; its snapshots lie beside this one's."""
        beside = self._snapshot.with_stem(f"{self._snapshot.stem}-{projection.fingerprint}")
        return SearchArchive(self._store, self._encoder, projection, self._open_index, self._open_terms, beside)

    @property
    def size(self) -> int:
        """Number of searchable statements."""
        return len(self._index)

    @property
    def checkpoint(self) -> int:
        """Sequence of the archive up to which changes are indexed."""
        return self._sequence

    @property
    def ready(self) -> bool:
        """True once every statement that was there at the start is searchable."""
        return self._ready

    def backlog(self) -> int:
        """Number of statements without a vector of this embedder."""
        with self._store.reading() as tx:
            return tx.vectors.count_missing(self._encoder.fingerprint)

    def open(self) -> None:
        """Loads the snapshot, or rebuilds from stored vectors, and follows to the present."""
        try:
            loaded = [read_snapshot(path, index, self._fingerprint) for path, index in self._snapshots()]
            self._sequence = self._saved = min(snapshot.sequence for snapshot in loaded)
        except SnapshotUnusable as reason:
            logger.info("index is rebuilt from the database: %s", reason)
            self._reset()
        with self._store.reading() as tx:
            latest = tx.statements.sequence()
            self._encoder.add_names(tx.statements.speakers())
        if latest < self._sequence:
            logger.warning("index snapshot is ahead of the database, which was set back: rebuilding")
            self._reset()
        self.sync()

    def backfill(self, progress: Callable[[int], None] | None = None, stop: Callable[[], bool] | None = None) -> None:
        """Embeds statements that have no vector of this embedder yet, after which the archive is ready to be
        searched."""
        if self.embed_missing(progress, stop) + self.negative_examples.embed_missing():
            self.sync()
        self._ready = not (stop and stop())
        self.backfill_token_features(stop)

    def rebuild(self) -> None:
        """Builds the index anew from stored vectors and saves it."""
        with self._sync_lock:
            self._reset()
        self.sync()
        self.save()

    def embed_missing(
        self, progress: Callable[[int], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> int:
        """Embeds statements without a vector of this embedder; their number."""
        done = 0
        while not (stop and stop()):
            with self._store.reading() as tx:
                missing = tx.vectors.missing(self._encoder.fingerprint, _EMBED_AT_ONCE)
            if not missing:
                break
            encodings = self._encoder.encode([encoder_input for _, encoder_input in missing], progress)
            keys = [key for key, _ in missing]
            with self._store.writing() as tx:
                sequence = tx.statements.next_sequence()
                tx.vectors.put(self._encoder.fingerprint, zip(keys, encodings, strict=True))
                tx.vectors.touch(keys, sequence)
            done += len(missing)
        return done

    def backfill_token_features(self, stop: Callable[[], bool] | None = None) -> int:
        """Computes the missing token features, by which matches are explained, of statements with a vector; their
        number."""
        encoder, after, done = self._encoder, 0, 0
        while not (stop and stop()):
            with self._store.reading() as tx:
                missing = tx.vectors.missing_token_features(
                    encoder.fingerprint, encoder.token_features_version, after, _EMBED_AT_ONCE
                )
            if not missing:
                break
            encodings = encoder.encode([encoder_input for _, encoder_input in missing])
            keys = [key for key, _ in missing]
            with self._store.writing() as tx:
                tx.vectors.put_token_features(encoder.fingerprint, zip(keys, encodings, strict=True))
            after, done = keys[-1], done + len(missing)
        return done

    def sync(self) -> None:
        """Indexes everything committed so far."""
        self._sync_statements()
        self.negative_examples.sync(self._sequence)

    def _sync_statements(self) -> None:
        with self._store.reading() as tx:
            if tx.statements.sequence() <= self._sequence:
                return
        with self._sync_lock, self._store.reading() as tx:
            latest = tx.statements.sequence()
            rows: list[IndexRow] = []
            for row in tx.vectors.changed_since(self._sequence, self._encoder.fingerprint):
                rows.append(row)
                if len(rows) == _AT_ONCE:
                    self._apply(rows, self._sequence)
                    rows = []
            self._apply(rows, latest)

    def search(
        self, encoded: EncodedText, projected: FloatArray, k: int, when: Earlier | Later, *, lexical: bool
    ) -> list[int]:
        """Keys of statements that the window admits: the `k` nearest vectors and, where `lexical`, the `k` that
        share most terms. `projected` of shape (dimension,). Raises `NotReady` before `open` is done.
        """
        if not self._ready:
            raise NotReady("the archive's index is being prepared; /readyz says when it can be searched")
        window = _window(when)
        hits = self._index.search(projected, k, window)
        if lexical:
            hits = hits + self._terms.search(encoded.terms.split(), k, window)
        return list(dict.fromkeys(hit.id for hit in hits))

    def vectors(self, keys: Sequence[int]) -> FloatArray:
        """Projected vectors of statements that `search` found, in order: shape (n, dimension)."""
        return self._index.vectors(keys)

    def similarities(self, projected: FloatArray, keys: Sequence[int]) -> dict[int, float]:
        """Cosine similarity of statements by key; those no longer in the index are left out."""
        found: dict[int, float] = {}
        for key in keys:
            with suppress(KeyError):
                found[key] = float(self._index.vectors([key])[0] @ projected)
        return found

    def terms(self, keys: Sequence[int]) -> list[frozenset[str]]:
        """The terms of statements that `search` found, in order."""
        return self._terms.terms_of(keys)

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each term in this archive."""
        return self._terms.idf(terms)

    def statements(
        self, keys: Sequence[int], known_at: datetime | None = None, viewer: Organisation | None = None
    ) -> dict[int, Statement]:
        """Statements that `viewer` may see, by key; None sees shared ones."""
        organisation = viewer.key if viewer else None
        known = self._statements(keys, known_at)
        return {key: statement for key, statement in known.items() if statement.visible_to(organisation)}

    def _statements(self, keys: Sequence[int], known_at: datetime | None) -> dict[int, Statement]:
        """Statements by key, as they are at the checkpoint or later; those that are withdrawn are left out.

        Remembered ones are not read again: whatever changes what is shown of a statement raises its sequence, and
        `follow` then forgets it. With `known_at` they are read as they were known then.
        """
        if known_at is not None:
            with self._store.reading() as tx:
                return tx.statements.by_keys(keys, known_at=known_at)
        with self._cache_lock:
            sequence = self._sequence
            known = {key: self._cached[key] for key in keys if key in self._cached}
        missing = [key for key in keys if key not in known]
        if missing:
            with self._store.reading() as tx:
                read = tx.statements.by_keys(missing)
            with self._cache_lock:
                if self._sequence == sequence:  # else what was read may be older than what has been forgotten meanwhile
                    if len(self._cached) + len(read) > _REMEMBERED:
                        self._cached.clear()
                    self._cached |= read
            known |= read
        return known

    def as_of(self, moment: datetime) -> AsOfCandidates:
        """Differences between a search at that moment and one now."""
        return as_of_candidates(self._store, self._encoder.fingerprint, self.projection, moment)

    def save(self) -> None:
        """Writes a snapshot where something has changed since the last one."""
        with self._sync_lock:
            if self._sequence != self._saved:
                checkpoint = Checkpoint(self._sequence, self._fingerprint)
                for path, index in self._snapshots():
                    write_snapshot(path, index, checkpoint)
                self._saved = self._sequence

    def _snapshots(self) -> tuple[tuple[Path, VectorIndex], tuple[Path, LexicalIndex]]:
        return (self._snapshot, self._index), (self._snapshot.with_suffix(".terms"), self._terms)

    def _reset(self) -> None:
        with self._cache_lock:
            self._index = self._open_index(self.projection.dimension)
            self._terms = self._open_terms()
            self._sequence = self._saved = 0
            self._cached.clear()

    def _apply(self, rows: list[IndexRow], sequence: int) -> None:
        present = [row for row in rows if row.vector is not None]
        removed = np.array([row.key for row in rows if row.vector is None], dtype=np.int64)
        # A statement that is found by its terms has to have a vector.
        self._terms.remove(removed)
        self._index.remove(removed)
        if present:
            keys = np.array([row.key for row in present], dtype=np.int64)
            periods = np.array([_period(row) for row in present], dtype=np.int64)
            vectors = np.frombuffer(b"".join(row.vector or b"" for row in present), dtype="<f4")
            self._index.upsert(keys, self.projection.project(vectors.reshape(len(present), -1)), periods)
            self._terms.upsert(keys, [row.terms or "" for row in present], periods)
        with self._cache_lock:
            for row in rows:
                self._cached.pop(row.key, None)
            self._sequence = max(self._sequence, sequence)


def to_bytes(vector: FloatArray) -> bytes:
    """Vector from its stored bytes."""
    return vector.astype("<f4").tobytes()


def _window(when: Earlier | Later) -> TimeWindow:
    if isinstance(when, Later):
        return TimeWindow(begins_from=when.begins_from)
    return TimeWindow(when.ends_by, when.begins_by)


def _period(row: IndexRow) -> tuple[int, int]:
    if row.begins is None or row.ends is None:
        return NEVER, NEVER
    return row.begins, row.ends
