"""Collections of shards in a folder, searched and changed by the same engine as a server's."""

import shutil
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import qdrant_edge as edge

from index.contract import FloatArray
from index.search.engines.qdrant_collections import GRAPH, PAYLOAD_INDEXES, Point, PointId

_LEAST_INDEXED_KB = 10_000
"""Kilobytes of vectors in a segment from which it gets a graph, as on a server."""


class EdgeCollections:
    """`Collections` in a folder of this process."""

    def __init__(self, folder: Path, graph: Mapping[str, int] = GRAPH, indexed_from_kb: int = _LEAST_INDEXED_KB):
        self._folder = folder
        self._graph = graph
        self._indexed_from_kb = indexed_from_kb
        self._lock = threading.RLock()
        self._shards: dict[str, edge.EdgeShard] = {}
        self._dimensions: dict[str, int] = {}
        self._aliases: dict[str, str] = {}

    def dimension(self, name: str) -> int | None:
        return self._dimensions.get(self._aliases.get(name, name))

    def listed(self) -> list[str]:
        with self._lock:
            return sorted(self._shards)

    def aliased(self, alias: str) -> str | None:
        return self._aliases.get(alias)

    def aliases(self) -> dict[str, str]:
        """Collections by alias."""
        with self._lock:
            return dict(self._aliases)

    def create(self, name: str, dimension: int) -> None:
        self.create_bare(name, dimension, self._graph)
        for field, params in PAYLOAD_INDEXES.items():
            self.index_payload(name, field, params)

    def create_bare(self, name: str, dimension: int, graph: Mapping[str, int]) -> None:
        """Makes a collection without indexes of the payload."""
        folder = self._folder / name
        folder.mkdir(parents=True)
        config = edge.EdgeConfig(
            vectors=edge.EdgeVectorParams(size=dimension, distance=edge.Distance.Dot),
            hnsw_config=edge.HnswIndexConfig(**graph),
            optimizers=edge.EdgeOptimizersConfig(indexing_threshold=self._indexed_from_kb),
        )
        with self._lock:
            self._shards[name] = edge.EdgeShard.create(str(folder), config)
            self._dimensions[name] = dimension

    def index_payload(self, name: str, field: str, params: Mapping[str, Any]) -> None:
        """Makes an index of a field of the payload."""
        options = {key: value for key, value in params.items() if key != "type"}
        kinds: dict[str, Any] = {"keyword": edge.KeywordIndexParams, "integer": edge.IntegerIndexParams}
        operation = edge.UpdateOperation.create_field_index(field, kinds[params["type"]](**options))
        self._shard(name).update(operation)

    def drop(self, name: str) -> None:
        with self._lock:
            shard = self._shards.pop(name, None)
            self._dimensions.pop(name, None)
            self._aliases = {alias: of for alias, of in self._aliases.items() if of != name}
        if shard is not None:
            shard.close()
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def move_alias(self, alias: str, name: str) -> None:
        with self._lock:
            self._aliases[alias] = name

    def upsert(self, name: str, points: Sequence[Point]) -> None:
        made = [edge.Point(_sent(point.id), list(point.vector), dict(point.payload)) for point in points]
        self._shard(name).update(edge.UpdateOperation.upsert_points(made))

    def delete(self, name: str, ids: Sequence[PointId]) -> None:
        self._shard(name).update(edge.UpdateOperation.delete_points([_sent(entry) for entry in ids]))

    def retrieve(self, name: str, ids: Sequence[PointId], *, payload: bool, vectors: bool) -> list[Point]:
        found = self._shard(name).retrieve([_sent(entry) for entry in ids], payload, vectors)
        return [_point(record) for record in found]

    def scroll(self, name: str, after: PointId | None, limit: int) -> tuple[list[Point], PointId | None]:
        asked = edge.ScrollRequest(
            offset=None if after is None else _sent(after), limit=limit, with_payload=True, with_vector=True
        )
        found, following = self._shard(name).scroll(asked)
        return [_point(record) for record in found], None if following is None else _given(following)

    def count(self, name: str) -> int:
        return self._shard(name).count(edge.CountRequest(exact=True))

    def query(
        self, name: str, vector: FloatArray, where: Mapping[str, Any], limit: int, params: Mapping[str, Any]
    ) -> list[tuple[int, float]]:
        options = dict(params)
        if acorn := options.pop("acorn", None):
            options["acorn"] = edge.AcornSearchParams(**acorn)
        request = edge.QueryRequest(
            limit=limit,
            query=edge.Query.Nearest(vector.tolist()),
            filter=_filter(where),
            params=edge.SearchParams(**options),
        )
        return [(point.id, point.score) for point in self._shard(name).query(request)]

    def wait_until_built(self, name: str) -> None:
        shard = self._shard(name)
        while shard.optimize():
            pass

    def close(self) -> None:
        """Closes all shards."""
        for name in self.listed():
            self._shards.pop(name).close()

    def _shard(self, name: str) -> edge.EdgeShard:
        with self._lock:
            return self._shards[self._aliases.get(name, name)]


def _sent(entry: PointId) -> Any:
    return UUID(entry) if isinstance(entry, str) else entry


def _given(entry: Any) -> PointId:
    return entry if isinstance(entry, int) else str(entry)


def _point(record: Any) -> Point:
    return Point(_given(record.id), record.payload or {}, record.vector or ())


def _filter(where: Mapping[str, Any]) -> edge.Filter:
    """A filter of the REST API, of those that the engine makes."""
    return edge.Filter(**{name: [_condition(each) for each in conditions] for name, conditions in where.items()})


def _condition(condition: Mapping[str, Any]) -> Any:
    if "has_id" in condition:
        return edge.HasIdCondition({_sent(entry) for entry in condition["has_id"]})
    if "range" in condition:
        return edge.FieldCondition(condition["key"], range=edge.RangeFloat(**condition["range"]))
    match = condition["match"]
    wanted = edge.MatchAny(match["any"]) if "any" in match else edge.MatchValue(match["value"])
    return edge.FieldCondition(condition["key"], match=wanted)
