"""The one switch: which embedder and which index a setting means. A new engine or embedder is a `case` here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from index.contract import Embedder, LexicalIndex, RetrievalError, VectorIndex
from index.search.shared import EngineUnusable, Turns

if TYPE_CHECKING:
    from index.search.engines.pgvector_tables import Connect


class UnknownEngine(RetrievalError):
    """Unknown engine name; the message lists the known ones."""


def open_embedder(spec: str, model_dir: Path) -> Embedder:
    """The embedder that `spec` names, ready to use; it reads normalised texts. Raises `ModelUnusable`.

    "" or "default": multilingual-e5-small, kept in `model_dir` and prepared there first where it is missing, which
    takes some fifteen seconds once. "hashing": no model, for tests. Anything else: the name or folder of a
    sentence-transformers model.
    """
    from index.embedders.normalized import NormalizingEmbedder

    return NormalizingEmbedder(_open_model(spec, model_dir))


def _open_model(spec: str, model_dir: Path) -> Embedder:
    match spec.strip():
        case "" | "default":
            from index.embedders.onnx_runtime import OnnxEmbedder
            from index.embedders.preparation.prepare import ensure_prepared

            return OnnxEmbedder(ensure_prepared(model_dir))
        case "hashing":
            from index.embedders.hashing import HashingEmbedder

            return HashingEmbedder()
        case name:
            from index.embedders.sentence_transformers import SentenceTransformersEmbedder

            return SentenceTransformersEmbedder(name)


_QDRANT: Final = ("qdrant://", "qdrants://")


def is_shared(url: str) -> bool:
    """True for an engine whose vectors lie outside of the process, one index for all processes."""
    return url.strip() == "pgvector:" or url.strip().startswith(_QDRANT)


def is_remote(url: str) -> bool:
    """True for a shared engine that has vectors of other archives too, so that names of indexes name the archive."""
    return url.strip().startswith(_QDRANT)


class RemoteEngine(NamedTuple):
    """Use of an engine on a server of its own."""

    turns: Turns
    """Excludes other processes of the same archive."""
    api_key: str
    unavailable: Callable[[str], Exception]
    """Makes the error to raise while the server does not answer, from what is wrong."""


def open_lexical_index(folder: Path | None = None) -> LexicalIndex:
    """An empty index of terms. `folder`: for its files, which go away with the process; None: where temporary files
    lie."""
    from index.search.engines.bm25 import Bm25Index

    return Bm25Index(folder)


def open_index(
    url: str,
    dimension: int,
    folder: Path | None = None,
    name: str = "",
    connect: Connect | None = None,
    remote: RemoteEngine | None = None,
) -> VectorIndex:
    """An index of vectors of `dimension`: `faiss:` (the default choice), `exact:`, `pgvector:` or `qdrant://…`.

    Those in this process are empty. `folder`: for files of an engine that go away with the process; None: where
    temporary files lie. Of the others the one of this `name` is opened, with its content. `connect` opens transactions
    of the PostgreSQL that holds the archive, None where it is none; `remote` is needed for an engine on a server of
    its own. Raises `UnknownEngine`, `EngineUnusable`.
    """
    match url.strip():
        case at if at.startswith(_QDRANT):
            from index.search.engines.qdrant import QdrantIndex

            try:
                from index.search.engines.qdrant_server import Address, QdrantServer
            except ModuleNotFoundError as missing:
                raise EngineUnusable(
                    "REFRAIN_INDEX_URL=qdrant://… needs the package qdrant-client: pip install 'refrain[qdrant]'"
                ) from missing

            address = Address.of(at)
            if remote is None:
                raise EngineUnusable(f"nothing excludes other writers of {address.url}")
            server = QdrantServer(address.url, remote.api_key, remote.unavailable)
            return QdrantIndex(server, address.collection, name, dimension, remote.turns)
        case "faiss:":
            from index.search.engines.faiss import FaissIndex

            return FaissIndex(dimension, folder)
        case "exact:":
            from index.search.engines.exact import ExactIndex

            return ExactIndex(dimension)
        case "pgvector:":
            if connect is None:
                raise EngineUnusable(
                    "REFRAIN_INDEX_URL=pgvector: keeps vectors in the PostgreSQL that holds the archive, and this "
                    "archive is in SQLite: set REFRAIN_DATABASE_URL=postgresql://user@host/name, or leave "
                    "REFRAIN_INDEX_URL empty"
                )
            from index.search.engines.pgvector import PgvectorIndex

            return PgvectorIndex(connect, name, dimension)
        case other:
            raise UnknownEngine(
                f"There is no index {other!r}. Supported are faiss:, exact:, pgvector: and qdrant://HOST:PORT"
            )
