"""The one switch: which embedder and which index a setting means. A new engine or embedder is a `case` here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.contract import Embedder, LexicalIndex, RetrievalError, VectorIndex
from index.search.shared import EngineUnusable

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


SHARED: Final = ("pgvector:",)
"""Engines whose vectors lie outside of the process, one index for all processes."""


def open_lexical_index(folder: Path | None = None) -> LexicalIndex:
    """An empty index of terms. `folder`: for its files, which go away with the process; None: where temporary files
    lie."""
    from index.search.engines.bm25 import Bm25Index

    return Bm25Index(folder)


def open_index(
    url: str, dimension: int, folder: Path | None = None, name: str = "", connect: Connect | None = None
) -> VectorIndex:
    """An index of vectors of `dimension`: `faiss:` (the default choice), `exact:` or `pgvector:`.

    Those in this process are empty. `folder`: for files of an engine that go away with the process; None: where
    temporary files lie. Of those in a database the one of this `name` is opened, with its content. `connect` opens
    transactions of the PostgreSQL that holds the archive, None where it is none. Raises `UnknownEngine`,
    `EngineUnusable`.
    """
    match url.strip():
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
            raise UnknownEngine(f"There is no index {other!r}. Supported are faiss:, exact: and pgvector:")
