"""The one switch: which embedder and which index a setting means. A new engine or embedder is a `case` here."""

from pathlib import Path

from index.contract import Embedder, LexicalIndex, RetrievalError, VectorIndex


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


def open_lexical_index(folder: Path | None = None) -> LexicalIndex:
    """An empty index of terms. `folder`: for its files, which go away with the process; None: where temporary files
    lie."""
    from index.search.engines.bm25 import Bm25Index

    return Bm25Index(folder)


def open_index(url: str, dimension: int, folder: Path | None = None) -> VectorIndex:
    """An empty index of vectors of `dimension`: `faiss:` (the default choice) or `exact:`. Raises `UnknownEngine`.

    `folder`: for files of an engine that go away with the process; None: where temporary files lie.
    """
    match url.strip():
        case "faiss:":
            from index.search.engines.faiss import FaissIndex

            return FaissIndex(dimension, folder)
        case "exact:":
            from index.search.engines.exact import ExactIndex

            return ExactIndex(dimension)
        case other:
            raise UnknownEngine(f"There is no index {other!r}. Supported are faiss: and exact:")
