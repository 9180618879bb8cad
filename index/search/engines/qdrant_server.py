"""Collections of a Qdrant server, over its REST API with `qdrant-client`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from index.contract import FloatArray
from index.search.engines.qdrant_collections import GRAPH, PAYLOAD_INDEXES, Point, PointId
from index.search.shared import EngineUnusable

LEAST_VERSION: Final = (1, 16)
"""First version of Qdrant that searches filtered graphs with ACORN."""

_PORT: Final = 6333
_CONNECTIONS: Final = 32
_TIMEOUT_S: Final = 10
_LONG_TIMEOUT_S: Final = 120
_BUILT_EVERY_S: Final = 1.0

Unavailable = Callable[[str], Exception]
"""Makes the error to raise where the server does not answer, from what is wrong."""


class Address(NamedTuple):
    """Address of a server, and the begin of the names of collections there."""

    url: str
    collection: str

    @classmethod
    def of(cls, index_url: str) -> Address:
        """Reads `qdrant://HOST[:PORT][/COLLECTION]`, or `qdrants://` for TLS. Raises `EngineUnusable`."""
        wrong = f"REFRAIN_INDEX_URL={_without_secrets(index_url)} is not of the form qdrant://HOST:PORT/COLLECTION"
        parts = urlsplit(index_url)
        try:
            host, port = parts.hostname, parts.port or _PORT
        except ValueError:
            raise EngineUnusable(f"{wrong}: the port is no number up to 65535") from None
        if parts.username is not None or parts.password is not None:
            raise EngineUnusable(f"{wrong}: the key goes into REFRAIN_QDRANT_API_KEY, not into the address")
        collection = parts.path.strip("/") or "refrain"
        plain = collection.replace("-", "").replace("_", "")
        if not host or parts.query or parts.fragment or not (plain.isascii() and plain.isalnum()):
            raise EngineUnusable(f"{wrong}: COLLECTION has letters, digits, - and _")
        scheme = "https" if parts.scheme == "qdrants" else "http"
        return cls(f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}", collection)


class QdrantServer:
    """`Collections` of a server."""

    def __init__(self, url: str, api_key: str, unavailable: Unavailable) -> None:
        """Raises `EngineUnusable` where the server is too old or refuses the key."""
        self._url = url
        self._unavailable = unavailable
        self._refused: Unavailable = EngineUnusable
        headers = {"api-key": api_key} if api_key else None  # not by api_key=, which warns of http inside a cluster
        self._client = QdrantClient(
            url=url, headers=headers, timeout=_TIMEOUT_S, check_compatibility=False, pool_size=_CONNECTIONS
        )
        with self._faults():
            version = self._client.info().version
        numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
        if numbers < LEAST_VERSION:
            raise EngineUnusable(
                f"the server {url} has Qdrant {version}, which loses entries behind a filter: install "
                f"{'.'.join(map(str, LEAST_VERSION))} or newer"
            )
        self._refused = unavailable

    def dimension(self, name: str) -> int | None:
        collection = self.aliased(name) or name
        with self._faults():
            if not self._client.collection_exists(collection):
                return None
            vectors = self._client.get_collection(collection).config.params.vectors
        return vectors.size if isinstance(vectors, models.VectorParams) else None

    def listed(self) -> list[str]:
        with self._faults():
            return [found.name for found in self._client.get_collections().collections]

    def aliased(self, alias: str) -> str | None:
        with self._faults():
            known = {found.alias_name: found.collection_name for found in self._client.get_aliases().aliases}
        return known.get(alias)

    def create(self, name: str, dimension: int) -> None:
        with self._faults():
            self._client.create_collection(
                name,
                vectors_config=models.VectorParams(size=dimension, distance=models.Distance.DOT),
                hnsw_config=models.HnswConfigDiff(**GRAPH),
                timeout=_LONG_TIMEOUT_S,
            )
            schemas: dict[str, Any] = {"keyword": models.KeywordIndexParams, "integer": models.IntegerIndexParams}
            for field, params in PAYLOAD_INDEXES.items():
                self._client.create_payload_index(name, field, schemas[params["type"]](**params), wait=True)

    def drop(self, name: str) -> None:
        with self._faults():
            self._client.delete_collection(name, timeout=_LONG_TIMEOUT_S)

    def move_alias(self, alias: str, name: str) -> None:
        operations: list[Any] = []
        if self.aliased(alias) is not None:
            operations.append(models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=alias)))
        create = models.CreateAlias(collection_name=name, alias_name=alias)
        operations.append(models.CreateAliasOperation(create_alias=create))
        with self._faults():
            self._client.update_collection_aliases(operations)

    def upsert(self, name: str, points: Sequence[Point]) -> None:
        sent = [
            models.PointStruct(id=point.id, payload=dict(point.payload), vector=list(point.vector)) for point in points
        ]
        with self._faults():
            self._client.upsert(name, sent, wait=True, timeout=_LONG_TIMEOUT_S)

    def delete(self, name: str, ids: Sequence[PointId]) -> None:
        with self._faults():
            self._client.delete(name, models.PointIdsList(points=list(ids)), wait=True, timeout=_LONG_TIMEOUT_S)

    def retrieve(self, name: str, ids: Sequence[PointId], *, payload: bool, vectors: bool) -> list[Point]:
        if not ids:
            return []
        with self._faults():
            found = self._client.retrieve(name, list(ids), with_payload=payload, with_vectors=vectors)
        return [_point(record) for record in found]

    def scroll(self, name: str, after: PointId | None, limit: int) -> tuple[list[Point], PointId | None]:
        with self._faults():
            found, following = self._client.scroll(
                name, limit=limit, offset=after, with_payload=True, with_vectors=True, timeout=_LONG_TIMEOUT_S
            )
        return [_point(record) for record in found], following if isinstance(following, int | str) else None

    def count(self, name: str) -> int:
        with self._faults():
            return self._client.count(name, exact=True, timeout=_LONG_TIMEOUT_S).count

    def query(
        self, name: str, vector: FloatArray, where: Mapping[str, Any], limit: int, params: Mapping[str, Any]
    ) -> list[tuple[int, float]]:
        with self._faults():
            found = self._client.query_points(
                name,
                query=vector.tolist(),
                query_filter=models.Filter.model_validate(where),
                search_params=models.SearchParams.model_validate(params),
                limit=limit,
                with_payload=False,
            )
        return [(int(point.id), point.score) for point in found.points]

    def wait_until_built(self, name: str) -> None:
        while True:
            with self._faults():
                info = self._client.get_collection(name)
            if info.status == models.CollectionStatus.GREEN:
                return
            if info.status == models.CollectionStatus.RED:
                raise EngineUnusable(f"Qdrant cannot build the collection {name}: {info.optimizer_status}")
            time.sleep(_BUILT_EVERY_S)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Raises the errors of `Collections` in place of the client's, which may hold what was sent."""
        try:
            yield
        except ResponseHandlingException as error:
            slow = "Timeout" in type(error.source).__name__
            said = "does not answer in time" if slow else "cannot be reached"
            raise self._unavailable(f"the Qdrant server {self._url} {said}") from None
        except UnexpectedResponse as error:
            if error.status_code in (401, 403):
                raise self._refused(
                    f"the Qdrant server {self._url} refuses the key: set REFRAIN_QDRANT_API_KEY to one that may write"
                ) from None
            if error.status_code == 404:
                raise self._unavailable(
                    f"the Qdrant server {self._url} has lost the index: start again, and it is built anew"
                ) from None
            raise self._unavailable(f"the Qdrant server {self._url} answered {error.status_code}") from None
        except QdrantException as error:
            raise self._unavailable(f"the Qdrant server {self._url} refuses: {type(error).__name__}") from None


def _point(record: models.Record) -> Point:
    vector = record.vector if isinstance(record.vector, list) else []
    assert isinstance(record.id, int | str)  # noqa: S101 - as it was put
    return Point(record.id, record.payload or {}, vector)  # type: ignore[arg-type]


def _without_secrets(url: str) -> str:
    """A URL without what stands before its host."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
