"""Sync of the index of the archive with the database, of which the index is a cache.

Each use case that searches first calls `sync` with its own reading transaction: one small query, and what any process
has committed before is taken in. Between searches a background thread of the service does the same.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.services.ports import Store, Transaction
from app.services.search.backfill_encodings import BackfillEncodings
from app.services.search.built_elsewhere import BuiltElsewhere
from app.services.search.index_rows import in_batches, put_vectors
from app.services.search.search_index import SearchIndex
from app.services.search.shared_index_sync import SharedIndexSync
from app.services.stance.classify_stance import ClassifyStance
from app.services.stance.encode_statements import EncodeStatements
from index.contract import (
    Checkpoint,
    LexicalIndex,
    SnapshotDamaged,
    SnapshotUnusable,
    TextEncoder,
    VectorIndex,
)
from index.search.projection import Projection
from index.search.snapshots import read_snapshot, write_snapshot

_EMBED_AT_ONCE = 256
_UNSAVED_SHARE = 100
"""A snapshot is written where this part of the statements has changed: what it lacks is read at the next start."""

logger = logging.getLogger("refrain.index")


class IndexSync:
    """Fills a `SearchIndex` from the database and from a snapshot. Safe to call from several threads."""

    def __init__(
        self,
        store: Store,
        encoder: TextEncoder,
        classify_stance: ClassifyStance,
        projection: Projection,
        open_index: Callable[[Projection], VectorIndex],
        open_lexical_index: Callable[[], LexicalIndex],
        snapshot: Path,
    ):
        """`open_index`: an index of vectors of this projection. Reads nothing of the archive yet."""
        self.index = SearchIndex(encoder, projection, open_index, open_lexical_index)
        shared = self.index.shared
        self._shared = SharedIndexSync(shared, store, encoder, projection) if shared is not None else None
        self._store = store
        self._encoder = encoder
        self._classify_stance = classify_stance
        self._backfill = BackfillEncodings(store, encoder, classify_stance, snapshot.with_suffix(".backfilled"))
        self._encode = EncodeStatements(encoder, classify_stance)
        self._open_index = open_index
        self._open_terms = open_lexical_index
        self._snapshot = snapshot
        self._sync_lock = threading.Lock()
        self._save_lock = threading.Lock()
        self._opened = False
        self._saved = 0
        self._unsaved = 0
        self._saved_builds = 0
        self._erased_to = 0
        """Sequence up to which statements were erased that former snapshots have."""
        self._built_elsewhere = BuiltElsewhere(snapshot)
        self.damage = ""
        """What was wrong with the snapshot at `open`; empty where it was sound, or there was none."""

    def with_projection(self, projection: Projection) -> "IndexSync":
        """Copy of the archive with another projection, to be opened; its snapshots lie beside this one's."""
        beside = self._snapshot.with_stem(f"{self._snapshot.stem}-{projection.fingerprint}")
        return IndexSync(
            self._store, self._encoder, self._classify_stance, projection, self._open_index, self._open_terms, beside
        )

    @property
    def size(self) -> int:
        """Number of searchable statements."""
        return self.index.size

    @property
    def checkpoint(self) -> int:
        """Sequence of the archive up to which changes are indexed."""
        return self.index.checkpoint

    @property
    def ready(self) -> bool:
        """True once every statement that was there at the start is searchable."""
        return self.index.ready

    def backlog(self) -> int:
        """Number of statements without a vector of this embedder."""
        with self._store.reading() as tx:
            return tx.vectors.count_missing(self._encoder.fingerprint)

    def open(self) -> None:
        """Loads the snapshot, or rebuilds from stored vectors, and takes in what was committed since.

        Meanwhile `sync` does nothing, for whoever else calls it would take in the whole archive beside the snapshot.
        Afterwards the index holds as many statements as the database has vectors of, or it is rebuilt.
        """
        self._opened = False
        counting = ThreadPoolExecutor(1, "count-statements")
        counted = counting.submit(self._count)  # meanwhile snapshots are read, which lets other threads run
        counting.shutdown(wait=False)
        with self._store.reading() as tx:
            fingerprint, speakers = self._fingerprint(tx), tx.statements.speakers()
        self.damage = ""
        try:
            loaded = [read_snapshot(path, part, fingerprint) for path, part in self._snapshots()]
            self._saved = min(snapshot.sequence for snapshot in loaded)
            self.index.restored(self._saved)
        except SnapshotUnusable as reason:
            if isinstance(reason, SnapshotDamaged):
                self.damage = str(reason)
            logger.info("index is rebuilt from the database: %s", reason)
            self._reset()
        self._encoder.add_names(speakers)
        with self._store.reading() as tx:  # now, for another process may have saved what was changed meanwhile
            latest = tx.statements.sequence()
        if latest < self.checkpoint:
            logger.warning("index snapshot is ahead of the database, which was set back: rebuilding")
            self._reset()
        if self._shared:
            self._shared.open(fingerprint)
        self._opened = True
        with self._store.reading() as tx:
            self.sync(tx)
            wrong = self._differs(tx, counted.result())
            if wrong:
                self.damage = wrong
                logger.warning("index is rebuilt from the database: %s", self.damage)
                self._build_anew()
                self.sync(tx)

    def is_at(self, tx: Transaction) -> bool:
        """True where the index has what `tx` sees, and nothing later of another process."""
        latest = tx.statements.sequence()
        return self.checkpoint == latest and (self._shared is None or self._shared.checkpoint == latest)

    def _count(self) -> tuple[int, int]:
        """A sequence of the archive, and the number of searchable statements at it."""
        with self._store.reading() as tx:
            return tx.statements.sequence(), tx.consistency.count_searchable(self._encoder.fingerprint)

    def _differs(self, tx: Transaction, counted: tuple[int, int]) -> str:
        """The fault in the size of the index, "" where there is none, or where it knows more than `tx`.

        `counted`: as `_count` gave it before.
        """
        latest, (sequence, stored) = tx.statements.sequence(), counted
        if self.checkpoint != latest:
            return ""
        if sequence != latest:
            stored = tx.consistency.count_searchable(self._encoder.fingerprint)
        vectors, texts = (len(part) for part in self.index.parts)
        if self._shared and (wrong := self._shared.differs(tx)):
            return wrong
        if texts == stored and (self._shared or vectors == stored):
            return ""
        return f"The index snapshot holds {vectors:,} vectors and {texts:,} texts, not {stored:,}."

    def backfill(self, progress: Callable[[int], None] | None = None, stop: Callable[[], bool] | None = None) -> None:
        """Embeds what has no vector yet; then computes token features, pair states and stances that are missing or of
        another version, of the whole archive. A service has `make_searchable`, and does the rest in parts."""
        self.make_searchable(progress, stop)
        self.backfill_token_features(stop)
        self.backfill_stances(stop)

    def make_searchable(
        self, progress: Callable[[int], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> None:
        """Embeds statements that have no vector of this embedder yet; then the archive is ready to be searched."""
        if self.embed_missing(progress, stop) + self.index.negative_examples.embed_missing(self._store):
            self.sync()
        self.index.ready = not (stop and stop())

    def rebuild(self) -> None:
        """Builds the index anew from stored vectors and saves it. Raises `NotReady` where another process builds it."""
        self._build_anew()
        self.sync()
        self.save()

    def _build_anew(self) -> None:
        with self._sync_lock:
            self._reset()
        self._opened = True
        if self._shared:
            with self._store.reading() as tx:
                source = self._fingerprint(tx)
            self._shared.build(source)

    def embed_missing(
        self,
        progress: Callable[[int], None] | None = None,
        stop: Callable[[], bool] | None = None,
        *,
        seen: bool = True,
    ) -> int:
        """Embeds statements without a vector of this embedder; their number.

        `seen`: False where nobody searches these vectors yet, so that no index has to take them in again.
        """
        done = 0
        while not (stop and stop()):
            with self._store.reading() as tx:
                missing = tx.vectors.missing(self._encoder.fingerprint, _EMBED_AT_ONCE)
            if not missing:
                break
            encodings = self._encode([encoder_input for _, encoder_input in missing], progress)
            keys = [key for key, _ in missing]
            with self._store.writing() as tx:
                tx.vectors.put(self._encoder.fingerprint, zip(keys, encodings, strict=True))
                if seen:
                    tx.vectors.touch(keys, tx.statements.next_sequence())
            done += len(missing)
        return done

    def backfill_part(self, stop: Callable[[], bool] | None = None) -> bool:
        """Computes token features, pair states and stances that are missing or of another version, of some statements
        that were changed since all was there; False where there are none."""
        return self._backfill.part(stop)

    def backfill_token_features(self, stop: Callable[[], bool] | None = None) -> int:
        """Computes missing or outdated token features and pair states of statements with a vector; their number."""
        return self._backfill.token_features(stop)

    def backfill_stances(self, stop: Callable[[], bool] | None = None) -> int:
        """Classifies statements that have a vector and no stance of this version; their number."""
        return self._backfill.stances(stop)

    def sync(self, tx: Transaction | None = None) -> None:
        """Indexes everything that `tx` sees: all that was committed when it began. Without one, opens one.

        Before the index is opened or built it does nothing: opening takes in the same.
        """
        if not self._opened:
            return
        if tx is None:
            with self._store.reading() as opened:
                self.sync(opened)
            return
        latest = tx.statements.sequence()
        if latest > self.checkpoint:
            with self._sync_lock:
                self._apply_changes(tx, latest)
        self.index.negative_examples.sync(tx, latest)

    def _apply_changes(self, tx: Transaction, latest: int) -> None:
        since = self.checkpoint
        if latest <= since:  # another thread was faster
            return
        if self._shared:
            self._shared.catch_up(tx)
        removed = False
        for rows in in_batches(tx.vectors.changed_since(since, self._encoder.fingerprint)):
            self.index.apply(rows, since)
            self._unsaved += len(rows)
            removed = removed or any(row.vector is None for row in rows)
        if removed and tx.vectors.erased_since(since):
            self._erased_to = latest
        self.index.apply((), latest)

    def probe(self) -> None:
        """Asks an index outside of this process for its position. Raises what it raises where it does not answer."""
        if self._shared:
            _ = self._shared.checkpoint

    def forget_erased(self) -> None:
        """Takes erased statements out of the index and its snapshot. Snapshots of other processes follow within a
        minute, and so does this one where it is being loaded."""
        self.sync()
        self.save()

    def save_where_due(self) -> None:
        """Writes a snapshot where enough has changed since the last one, a statement was erased, or lists were built
        that other processes wait for: of a large index it takes seconds."""
        vectors = self.index.builds_in_turn
        if vectors and vectors.postponed:  # the snapshot of the process that builds is the one to have
            return
        changed = self._unsaved * _UNSAVED_SHARE >= self.size
        if changed or self._erased_to > self._saved or (vectors and vectors.builds != self._saved_builds):
            self.save()

    def adopt_lists(self) -> bool:
        """Takes over lists that another process has built and saved, where this one left the build to it; True if so.

        Searches and changes go on meanwhile.
        """
        vectors = self.index.builds_in_turn
        if vectors is None or not self._built_elsewhere.ready(vectors):
            return False
        adopted = self.index.empty_vectors()
        with self._store.reading() as tx:
            fingerprint = self._fingerprint(tx)
        try:
            taken_in = read_snapshot(self._snapshot, adopted, fingerprint).sequence
        except SnapshotUnusable as reason:
            logger.info("lists are built here: %s", reason)
            vectors.resume()
            return False
        with self._store.reading() as tx:  # most of it, without keeping changes waiting
            taken_in = self._catch_up(tx, adopted, taken_in)
        while True:
            with self._store.reading() as tx, self._sync_lock:
                taken_in = self._catch_up(tx, adopted, taken_in)
                if self.index.builds_in_turn is not vectors:  # it was emptied meanwhile
                    return False
                self._apply_changes(tx, taken_in)
                if taken_in >= self.checkpoint:
                    self.index.replace_vectors(adopted)
                    break
        logger.info("lists built by another process are searched", extra={"index_size": self.size})
        return True

    def _catch_up(self, tx: Transaction, vectors: VectorIndex, since: int) -> int:
        """The sequence up to which an index of vectors has taken in what changed."""
        for rows in in_batches(tx.vectors.changed_since(since, self._encoder.fingerprint)):
            put_vectors(rows, vectors, self.index.projection)
        return max(since, tx.statements.sequence())

    def save(self) -> None:
        """Writes a snapshot where anything has changed since the last one. Meanwhile changes are taken in."""
        with self._save_lock:
            with self._sync_lock:
                sequence, unsaved, parts = self.checkpoint, self._unsaved, self._snapshots()
                vectors = self.index.builds_in_turn
                builds = vectors.builds if vectors else 0
                if sequence == self._saved and builds == self._saved_builds:
                    return
            with self._store.reading() as tx:
                checkpoint = Checkpoint(sequence, self._fingerprint(tx))
            for path, part in parts:
                write_snapshot(path, part, checkpoint)
            with self._sync_lock:
                if parts == self._snapshots():  # else it was emptied meanwhile, and what was written is of before
                    self._saved, self._unsaved, self._saved_builds = sequence, self._unsaved - unsaved, builds
            logger.info("index snapshot saved", extra={"sequence": sequence, "index_size": self.size})

    def _fingerprint(self, tx: Transaction) -> str:
        """Identity of a snapshot: its embedder, its projection and its archive."""
        return f"{self._encoder.fingerprint}:{self.index.projection.fingerprint}:{tx.statements.archive_id()}"

    def _snapshots(self) -> list[tuple[Path, VectorIndex | LexicalIndex]]:
        """Files, and what they hold: all that this process does not share with others."""
        vectors, terms = self.index.parts
        kept: list[tuple[Path, VectorIndex | LexicalIndex]] = [(self._snapshot.with_suffix(".terms"), terms)]
        return kept if self._shared else [(self._snapshot, vectors), *kept]

    def _reset(self) -> None:
        self.index.reset()
        self._saved, self._unsaved, self._saved_builds = 0, 0, 0
