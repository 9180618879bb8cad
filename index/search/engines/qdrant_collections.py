"""The few operations of Qdrant that its engine needs, which a server offers over HTTP and an embedded shard in process.

Filters have the form of Qdrant's REST API. A name is that of a collection or of an alias.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from index.contract import FloatArray

PAYLOAD_INDEXES: Final[Mapping[str, Mapping[str, Any]]] = {
    "owner": {"type": "keyword", "is_tenant": True},
    "language": {"type": "keyword"},
    "begins": {"type": "integer", "lookup": False, "range": True},
    "ends": {"type": "integer", "lookup": False, "range": True},
    "known_from": {"type": "integer", "lookup": False, "range": True},
}
"""Indexes of the payload, made before any entry is there: a graph that is built without them loses what passes a
filter."""

GRAPH: Final[Mapping[str, int]] = {"m": 16, "ef_construct": 128, "full_scan_threshold": 20_000}
"""Parameters of the HNSW graph. Up to `full_scan_threshold` kilobytes of vectors that pass a filter are compared
instead: some 13,000 of 384 numbers."""

PointId = int | str


class Point(NamedTuple):
    """Entry of a collection."""

    id: PointId
    """An entry's number, or a UUID."""
    payload: Mapping[str, Any]
    vector: Sequence[float] = ()


class Collections(Protocol):
    """Collections of vectors that are compared by their inner product. Safe to call from several threads.

    A change has been made when the call returns. Each call raises the error that its maker chose where Qdrant does not
    answer, and `EngineUnusable` where it refuses.
    """

    def dimension(self, name: str) -> int | None:
        """Dimension of the vectors, None where there is no such collection."""

    def listed(self) -> list[str]:
        """Names of all collections, without aliases."""

    def aliased(self, alias: str) -> str | None:
        """Collection that an alias stands for, None where there is no such alias."""

    def create(self, name: str, dimension: int) -> None:
        """Makes an empty collection with `PAYLOAD_INDEXES` and `GRAPH`."""

    def drop(self, name: str) -> None:
        """Removes a collection; one that is not there is no error."""

    def move_alias(self, alias: str, name: str) -> None:
        """Lets an alias, new or not, stand for a collection from now on, at once."""

    def upsert(self, name: str, points: Sequence[Point]) -> None:
        """Adds entries, or replaces those whose id is there."""

    def delete(self, name: str, ids: Sequence[PointId]) -> None:
        """Removes entries. Unknown ids are no error."""

    def retrieve(self, name: str, ids: Sequence[PointId], *, payload: bool, vectors: bool) -> list[Point]:
        """Points among these ids that are there, in any order."""

    def scroll(self, name: str, after: PointId | None, limit: int) -> tuple[list[Point], PointId | None]:
        """Entries with payload and vector in order of id, and where to go on, None at the end."""

    def count(self, name: str) -> int:
        """Number of entries, counted."""

    def query(
        self, name: str, vector: FloatArray, where: Mapping[str, Any], limit: int, params: Mapping[str, Any]
    ) -> list[tuple[int, float]]:
        """Ids and inner products of the best entries that pass the filter."""

    def wait_until_built(self, name: str) -> None:
        """Waits until the graph holds what is in the collection."""
