"""Real models, prepared once per machine and opened for the file that needs them: they are large; and PostgreSQL."""

import contextlib
import ctypes
import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import engines
import pytest
from integration.conftest import PostgresServer, postgres  # noqa: F401

from app.store.database import open_database
from app.store.search.index_connections import IndexConnections
from bench.qdrant_on_edge.collections import EdgeCollections
from bench.qdrant_on_edge.server import Stub, serving
from index.contract import Embedder
from index.embedders.model_folder import default_model_dir
from index.factory import open_embedder
from index.search.engines.qdrant_collections import GRAPH
from index.search.engines.qdrant_server import Address, QdrantServer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def model_dir() -> Path:
    return default_model_dir()


@pytest.fixture(scope="module")
def large_models() -> Iterator[None]:
    """Gives the memory of the models of a file back to the system: glibc would keep some 600 MB for later."""
    yield
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


@pytest.fixture(scope="module")
def shipped(large_models: None, model_dir: Path) -> Iterator[Embedder]:
    embedder = open_embedder("", model_dir)
    yield embedder
    embedder.close()


@pytest.fixture(scope="module")
def transformer(large_models: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedder]:
    folder = tmp_path_factory.mktemp("multilingual-e5-small")
    # In a process of its own, whose memory (900 MB) ends with it.
    subprocess.run(
        [sys.executable, "-m", "index.embedders.preparation.transformer_folder", str(folder)], check=True, cwd=ROOT
    )
    embedder = open_embedder(str(folder), folder)
    yield embedder
    embedder.close()


@pytest.fixture(scope="session")
def hashing(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return open_embedder("hashing", tmp_path_factory.mktemp("no-models"))


@pytest.fixture(scope="session")
def qdrant_of_engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Folders of Qdrant's engine, and an HTTP server before one of them."""
    folder = tmp_path_factory.mktemp("qdrant")
    plain = EdgeCollections(folder / "plain")
    by_graph = engines.BuiltAtOnce(folder / "graph", {**GRAPH, "full_scan_threshold": 10}, indexed_from_kb=1)
    with serving(Stub(EdgeCollections(folder / "served"))) as stub:
        server = QdrantServer(Address.of(stub.url).url, "", RuntimeError)
        engines.qdrants.append({"qdrant": plain, "qdrant by graph": by_graph, "qdrant over HTTP": server})
        yield
        engines.qdrants.pop()
        server.close()
    for collections in (plain, by_graph, stub.collections):
        collections.close()


@pytest.fixture(scope="session")
def database_of_engines(postgres: PostgresServer) -> Iterator[IndexConnections]:  # noqa: F811
    """A database for the engines that keep their vectors in one."""
    database = open_database(postgres.database())
    connections = IndexConnections(database)
    engines.databases.append(connections)
    yield connections
    engines.databases.remove(connections)
    connections.close()
    database.dispose()
