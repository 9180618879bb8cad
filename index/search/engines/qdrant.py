"""Nearest neighbours in Qdrant: one index for any number of processes, on a server or a cluster of them.

An alias stands for the collection in force, so that new content takes the place of the old at once. Qdrant has no
transactions: writers take turns by a lock that their maker gives, and note how far they have followed the archive in an
entry of the same collection (`_POSITION`), after their changes. Who dies before that leaves changes that the next one
makes again.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import numpy as np

from index.contract import UNFILTERED, Attributes, FloatArray, Hit, IdArray, SearchFilter, State, WrongShape
from index.search.engines.entries import (
    Entries,
    best_with_ties,
    checked_query,
    last_of_each_id,
    ranked,
    state_of,
)
from index.search.engines.qdrant_collections import Collections, Point
from index.search.engines.qdrant_payload import columns_of, condition_of, payload_of
from index.search.engines.shared_entries import EntryChanges, SharedEntries
from index.search.shared import EngineUnusable, IndexPosition, Turns

_AT_ONCE: Final = 500
_MOST_WRITTEN_AT_ONCE: Final = 4_000_000
"""Numbers of vectors in one request at most, some 40 MB of JSON would be too many for Qdrant."""

_POSITION: Final = str(UUID(int=0))
"""Id of the entry that holds the position. It has no owner, so no search finds it."""

_TIES: Final = 16
"""Hits that are asked for above those that are wanted: which of equals is found is a matter of chance."""

_SEARCHED: Final = 256
"""Candidates that the graph keeps while it searches (`hnsw_ef`)."""

_ACORN_BELOW: Final = 1.0
"""Share of entries that pass up to which ACORN searches the graph: neighbours of neighbours are looked at too. At
Qdrant's own 0.4 a filter by date that passes half of 50,000 loses 4 % of the closest: they lie far from the query."""

_MOST_BY_GRAPH: Final = 1_000
"""Longest list of hits that the graph is asked for."""


class QdrantIndex(SharedEntries):
    """`VectorIndex` and `SharedIndex` on a collection of Qdrant."""

    def __init__(self, collections: Collections, prefix: str, name: str, dimension: int, turns: Turns) -> None:
        """Opens the index of this name, or makes an empty one. Raises `EngineUnusable` and `WrongShape`.

        `prefix`: begin of the names of collections. `turns`: excludes other writers, here and in other processes.
        """
        self.dimension = dimension
        self._collections = collections
        self._turns = turns
        self._alias = f"{prefix}-{sha256(name.encode()).hexdigest()[:16]}"
        if collections.aliased(self._alias) is None:
            with turns(self._alias):
                if collections.aliased(self._alias) is None:
                    made = self._make()
                    self._put_position(made, IndexPosition("", 0, 0), writing=False)
                    collections.move_alias(self._alias, made)
        found = collections.dimension(self._alias)
        if found != dimension:
            raise WrongShape(
                f"the collection {self._alias} of Qdrant has vectors of {found} numbers, not {dimension}: give another "
                f"COLLECTION in REFRAIN_INDEX_URL=qdrant://HOST:PORT/COLLECTION, or drop that one"
            )

    def search(self, vector: FloatArray, k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        vector = checked_query(vector, self.dimension)
        if k <= 0 or (where.among is not None and not where.among):
            return []
        condition = condition_of(where)

        def hits(wanted: int, params: Mapping[str, Any]) -> list[Hit]:
            found = self._collections.query(self._alias, vector, condition, wanted, params)
            ids = np.array([entry for entry, _ in found], np.int64)
            return ranked(ids, np.array([similarity for _, similarity in found], np.float32), len(found))

        def by_graph(wanted: int) -> list[Hit] | None:
            if wanted > _MOST_BY_GRAPH:
                return None
            params = {
                "hnsw_ef": max(_SEARCHED, 2 * wanted),
                "exact": False,
                "acorn": {"enable": True, "max_selectivity": _ACORN_BELOW},
            }
            found = hits(wanted, params)
            return found if len(found) == wanted else None

        by = best_with_ties(k, _TIES, by_graph)
        return by if by is not None else best_with_ties(k, _TIES, lambda wanted: hits(wanted, {"exact": True})) or []

    def vectors(self, ids: Sequence[int]) -> FloatArray:
        keys = [int(entry) for entry in ids]
        found = {point.id: point.vector for point in self._retrieved(keys, vectors=True)}
        return np.array([found[key] for key in keys], np.float32).reshape(len(keys), self.dimension)

    def attributes(self, ids: Sequence[int]) -> Attributes:
        keys = [int(entry) for entry in ids]
        found = {point.id: point.payload for point in self._retrieved(keys, vectors=False)}
        columns = columns_of([found[key] for key in keys])
        return Attributes(columns.periods, columns.owners, columns.languages.tolist(), columns.known_from)

    def state(self) -> State:
        points: list[Point] = []
        after = None
        while True:
            batch, after = self._collections.scroll(self._alias, after, _AT_ONCE)
            points += [point for point in batch if point.id != _POSITION]
            if after is None:
                break
        ids = np.array([point.id for point in points], np.int64)
        vectors = np.array([point.vector for point in points], np.float32).reshape(len(points), self.dimension)
        return state_of(Entries(ids, vectors, columns_of([point.payload for point in points])))

    def position(self) -> IndexPosition:
        """Source, checkpoint and size, as of one moment."""
        return self._position(self._alias)[0]

    @contextmanager
    def changing(self) -> Iterator["Changes"]:
        """Changes that others' wait for. They are visible one after another; after an error the checkpoint stays."""
        with self._turns(self._alias):
            position, interrupted = self._position(self._alias)
            changes = Changes(self._collections, self._alias, position, self.dimension)
            # Whoever finds this mark counts: the writer before was interrupted, and its numbers are not known.
            self._put_position(self._alias, position, writing=True)
            yield changes
            if interrupted:
                changes.position = changes.position._replace(entries=self._collections.count(self._alias) - 1)
            self._put_position(self._alias, changes.position, writing=False)

    @contextmanager
    def building(self, source: str) -> Iterator["Changes"]:
        """New content from another source, which takes the place of the old at the end; searches go on meanwhile.

        Other processes' changes wait from `Changes.finish` on. Raises `IndexBusy` where another process builds it.
        """
        with self._turns(f"{self._alias} anew", wait=False), ExitStack() as until_replaced:
            self._drop_leftovers()
            made = self._make()
            until_replaced.callback(self._drop_leftovers)

            def finish() -> None:
                self._collections.wait_until_built(made)
                until_replaced.enter_context(self._turns(self._alias))

            changes = Changes(self._collections, made, IndexPosition(source, 0, 0), self.dimension, finish)
            self._put_position(made, changes.position, writing=True)
            yield changes
            changes.finish()
            self._put_position(made, changes.position, writing=False)
            self._collections.move_alias(self._alias, made)

    def drop(self) -> None:
        """Removes the index from Qdrant."""
        for name in self._collections.listed():
            if name.startswith(f"{self._alias}-"):
                self._collections.drop(name)

    def _make(self) -> str:
        name = f"{self._alias}-{secrets.token_hex(4)}"
        self._collections.create(name, self.dimension)
        return name

    def _drop_leftovers(self) -> None:
        """Removes collections of this index but for the one in force: what was replaced, or never completed."""
        in_force = self._collections.aliased(self._alias)
        for name in self._collections.listed():
            if name.startswith(f"{self._alias}-") and name != in_force:
                self._collections.drop(name)

    def _position(self, collection: str) -> tuple[IndexPosition, bool]:
        """Position, and True where a writer was interrupted before it noted its changes, or is at it."""
        found = self._collections.retrieve(collection, [_POSITION], payload=True, vectors=False)
        if not found:
            raise EngineUnusable(f"the collection {self._alias} of Qdrant was not made by Refrain, or is damaged")
        payload = found[0].payload
        at = IndexPosition(str(payload["source"]), int(payload["checkpoint"]), int(payload["entries"]))
        return at, bool(payload["writing"])

    def _put_position(self, collection: str, at: IndexPosition, *, writing: bool) -> None:
        somewhere = [1.0, *[0.0] * (self.dimension - 1)]
        self._collections.upsert(collection, [Point(_POSITION, {**at._asdict(), "writing": writing}, somewhere)])

    def _retrieved(self, ids: list[int], *, vectors: bool) -> list[Point]:
        found: list[Point] = []
        for start in range(0, len(ids), _AT_ONCE):
            batch = ids[start : start + _AT_ONCE]
            found += self._collections.retrieve(self._alias, batch, payload=not vectors, vectors=vectors)
        return found


class Changes(EntryChanges):
    """Changes of a `QdrantIndex` by one writer, and the position that it has afterwards."""

    def __init__(
        self,
        collections: Collections,
        name: str,
        position: IndexPosition,
        dimension: int,
        finish: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(position, dimension, finish)
        self._collections = collections
        self._name = name

    def put(self, entries: Entries) -> None:
        """Adds or replaces entries."""
        entries = entries.select(last_of_each_id(entries.ids))
        at_once = max(1, min(_AT_ONCE, _MOST_WRITTEN_AT_ONCE // self._dimension))
        for start in range(0, len(entries.ids), at_once):
            batch = entries.select(slice(start, start + at_once))
            keys = batch.ids.tolist()
            known = len(self._there(keys))
            points = [
                Point(key, payload_of(batch.columns, row), vector)
                for row, (key, vector) in enumerate(zip(keys, batch.vectors.tolist(), strict=True))
            ]
            self._collections.upsert(self._name, points)
            self._grew(len(keys) - known)

    def remove(self, ids: IdArray) -> int:
        """As `VectorIndex.remove`."""
        keys = sorted({int(entry) for entry in np.asarray(ids)})
        removed = 0
        for start in range(0, len(keys), _AT_ONCE):
            there = self._there(keys[start : start + _AT_ONCE])
            if there:
                self._collections.delete(self._name, there)
            removed += len(there)
        self._grew(-removed)
        return removed

    def _there(self, keys: list[int]) -> list[int]:
        """Keys among these that are in the collection."""
        return [int(point.id) for point in self._collections.retrieve(self._name, keys, payload=False, vectors=False)]
