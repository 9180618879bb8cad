"""HTTP server that speaks as much of Qdrant's REST API as Refrain uses, over `EdgeCollections`.

Bodies are read and answers are written by the models of `qdrant-client`, which are generated from Qdrant's OpenAPI
document and refuse what it does not name. So a request that a server would not take is answered with 400 here too.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from pydantic import TypeAdapter, ValidationError
from qdrant_client import models
from qdrant_client.http.models import (
    AliasDescription,
    ChangeAliasesOperation,
    CollectionDescription,
    CollectionExistence,
    CollectionsAliasesResponse,
    CollectionsResponse,
    CreateCollection,
    CreateFieldIndex,
    PointInsertOperations,
    PointRequest,
    PointsSelector,
    QueryRequest,
    QueryResponse,
    ScrollRequest,
    ScrollResult,
    UpdateResult,
)

from bench.qdrant_on_edge.collections import EdgeCollections
from index.contract import FloatArray
from index.search.engines.qdrant_collections import Point

VERSION = "1.16.0"


class Stub:
    """A server's state, and what a test sets about it."""

    def __init__(self, collections: EdgeCollections, api_key: str = "") -> None:
        self.collections = collections
        self.api_key = api_key
        self.version = VERSION
        self.status = 0
        """HTTP status that every request gets; 0: what is asked for is done."""
        self.requests: list[tuple[str, str, Any]] = []
        """Method, path and body of each request."""
        self.building = 0
        """How often a collection says that its graph is still being built."""
        self.url = ""


@contextmanager
def serving(stub: Stub, port: int = 0) -> Iterator[Stub]:
    """Serves at `stub.url`, `qdrant://127.0.0.1:PORT`, for as long as the block runs."""
    handler = type("Handler", (_Handler,), {"stub": stub})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    stub.url = f"qdrant://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    stub: Stub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Prints nothing."""

    def do_GET(self) -> None:
        """Answers a request."""
        stub, address = self.stub, urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        stub.requests.append((self.command, self.path, body))
        if stub.api_key and self.headers.get("api-key") != stub.api_key:
            return self._answer(401, {"status": {"error": "Must provide an API key"}})
        if stub.status:
            return self._answer(stub.status, {"status": {"error": "as the test says"}})
        if address.path == "/":
            return self._answer(200, {"title": "qdrant", "version": stub.version})
        for method, pattern, route in _ROUTES:
            match = re.fullmatch(pattern, address.path)
            if match and method == self.command:
                return self._routed(route, match.groups(), body, parse_qs(address.query))
        return self._answer(404, {"status": {"error": f"no route {self.command} {address.path}"}})

    do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815 - as above

    def _routed(
        self, route: Callable[..., Any], names: tuple[str, ...], body: Any, query: dict[str, list[str]]
    ) -> None:
        collections = self.stub.collections
        if names and collections.dimension(names[0]) is None and route not in (_create, _exists, _drop):
            return self._answer(404, {"status": {"error": f"Not found: Collection `{names[0]}` doesn't exist!"}})
        if route in (_upsert, _delete, _index) and query.get("wait") != ["true"]:
            return self._answer(400, {"status": {"error": "the test wants changes to be waited for"}})
        try:
            result = route(self.stub, *names, body)
        except ValidationError as error:
            return self._answer(400, {"status": {"error": str(error)}})
        return self._answer(200, {"result": result, "status": "ok", "time": 0.0})

    def _answer(self, status: int, content: Any) -> None:
        sent = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)


def _json(model: Any) -> Any:
    return model.model_dump(mode="json", exclude_none=True)


def _create(stub: Stub, name: str, body: Any) -> bool:
    asked = CreateCollection.model_validate(body)
    vectors, hnsw = asked.vectors, asked.hnsw_config
    assert isinstance(vectors, models.VectorParams)
    assert vectors.distance == models.Distance.DOT
    assert hnsw is not None
    graph = {name: value for name, value in hnsw.model_dump().items() if value is not None}
    stub.collections.create_bare(name, vectors.size, graph)
    return True


def _drop(stub: Stub, name: str, _: Any) -> bool:
    known = stub.collections.dimension(name) is not None
    stub.collections.drop(name)
    return known


def _exists(stub: Stub, name: str, _: Any) -> Any:
    return _json(CollectionExistence(exists=stub.collections.dimension(name) is not None))


def _collection(stub: Stub, name: str, _: Any) -> Any:
    stub.building -= stub.building > 0
    if not stub.building:
        stub.collections.wait_until_built(name)
    vectors = models.VectorParams(size=stub.collections.dimension(name) or 0, distance=models.Distance.DOT)
    return {
        "status": "yellow" if stub.building else "green",
        "optimizer_status": "ok",
        "segments_count": 1,
        "payload_schema": {},
        "config": {
            "params": {"vectors": _json(vectors)},
            "hnsw_config": {"m": 16, "ef_construct": 128, "full_scan_threshold": 20_000},
            "optimizer_config": {"default_segment_number": 0, "flush_interval_sec": 5},
        },
    }


def _listed(stub: Stub, _: Any) -> Any:
    return _json(CollectionsResponse(collections=[CollectionDescription(name=n) for n in stub.collections.listed()]))


def _aliases(stub: Stub, _: Any) -> Any:
    known = stub.collections.aliases().items()
    described = [AliasDescription(alias_name=alias, collection_name=name) for alias, name in known]
    return _json(CollectionsAliasesResponse(aliases=described))


def _move_aliases(stub: Stub, body: Any) -> bool:
    for action in ChangeAliasesOperation.model_validate(body).actions:
        if isinstance(action, models.CreateAliasOperation):
            stub.collections.move_alias(action.create_alias.alias_name, action.create_alias.collection_name)
    return True


def _index(stub: Stub, name: str, body: Any) -> Any:
    asked = CreateFieldIndex.model_validate(body)
    assert asked.field_schema is not None
    assert not isinstance(asked.field_schema, models.PayloadSchemaType)
    stub.collections.index_payload(name, asked.field_name, _json(asked.field_schema))
    return _done()


def _upsert(stub: Stub, name: str, body: Any) -> Any:
    asked: Any = TypeAdapter(PointInsertOperations).validate_python(body)
    assert isinstance(asked, models.PointsList)
    sent = [Point(each.id, each.payload or {}, each.vector) for each in asked.points]
    stub.collections.upsert(name, sent)  # type: ignore[arg-type]
    return _done()


def _delete(stub: Stub, name: str, body: Any) -> Any:
    asked: Any = TypeAdapter(PointsSelector).validate_python(body)
    assert isinstance(asked, models.PointIdsList)
    stub.collections.delete(name, asked.points)  # type: ignore[arg-type]
    return _done()


def _retrieve(stub: Stub, name: str, body: Any) -> Any:
    asked = PointRequest.model_validate(body)
    payload, vectors = bool(asked.with_payload), bool(asked.with_vector)
    found = stub.collections.retrieve(name, asked.ids, payload=payload, vectors=vectors)  # type: ignore[arg-type]
    return [_record(point, payload=payload, vectors=vectors) for point in found]


def _scroll(stub: Stub, name: str, body: Any) -> Any:
    asked = ScrollRequest.model_validate(body)
    found, following = stub.collections.scroll(name, asked.offset, asked.limit or 10)  # type: ignore[arg-type]
    result = ScrollResult(points=[], next_page_offset=following)
    return {**_json(result), "points": [_record(point, payload=True, vectors=True) for point in found]}


def _count(stub: Stub, name: str, body: Any) -> Any:
    assert models.CountRequest.model_validate(body).exact
    return {"count": stub.collections.count(name)}


def _query(stub: Stub, name: str, body: Any) -> Any:
    asked = QueryRequest.model_validate(body)
    assert isinstance(asked.query, models.NearestQuery)
    assert asked.filter is not None
    assert asked.params is not None
    assert asked.limit is not None
    vector: FloatArray = np.array(asked.query.nearest, np.float32)
    where = asked.filter.model_dump(exclude_none=True)
    found = stub.collections.query(name, vector, where, asked.limit, _json(asked.params))
    scored = [models.ScoredPoint(id=entry, version=0, score=score) for entry, score in found]
    return _json(QueryResponse(points=scored))


def _record(point: Point, *, payload: bool, vectors: bool) -> Any:
    known: dict[str, Any] = {"id": point.id}
    if payload:
        known["payload"] = point.payload
    if vectors:
        known["vector"] = point.vector
    return _json(models.Record.model_validate(known))


def _done() -> Any:
    return _json(UpdateResult(operation_id=1, status=models.UpdateStatus.COMPLETED))


_NAME = r"/collections/([^/]+)"
_ROUTES: list[tuple[str, str, Callable[..., Any]]] = [
    ("GET", "/collections", _listed),
    ("GET", "/aliases", _aliases),
    ("POST", "/collections/aliases", _move_aliases),
    ("PUT", _NAME, _create),
    ("DELETE", _NAME, _drop),
    ("GET", _NAME, _collection),
    ("GET", f"{_NAME}/exists", _exists),
    ("PUT", f"{_NAME}/index", _index),
    ("PUT", f"{_NAME}/points", _upsert),
    ("POST", f"{_NAME}/points", _retrieve),
    ("POST", f"{_NAME}/points/delete", _delete),
    ("POST", f"{_NAME}/points/scroll", _scroll),
    ("POST", f"{_NAME}/points/count", _count),
    ("POST", f"{_NAME}/points/query", _query),
]
