"""The encoder alone, the limit of what a service can give: in a process of its own, so that its memory is its own."""

import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from app.settings import load_settings
from index.contract import Embedder
from index.factory import open_embedder

_embedder: Embedder


class BareEncoder:
    """The embedder that comes with Refrain, in another process."""

    def __init__(self) -> None:
        began = time.perf_counter()
        self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        self.process: int = self._pool.submit(_open).result()
        self.start_s = time.perf_counter() - began

    def batched(self, texts: Sequence[str]) -> float:
        """Seconds to embed the texts in one call, in batches on all processors."""
        return self._pool.submit(_batched, texts).result()

    def singly(self, texts: Sequence[str]) -> list[float]:
        """Milliseconds of each text, embedded by itself."""
        return self._pool.submit(_singly, texts).result()

    def close(self) -> None:
        self._pool.shutdown()


def _open() -> int:
    global _embedder
    settings = load_settings()
    _embedder = open_embedder(settings.embedder, settings.model_dir)
    _embedder.embed(["a text before the first that counts"])
    return os.getpid()


def _batched(texts: Sequence[str]) -> float:
    began = time.perf_counter()
    _embedder.embed(texts)
    return time.perf_counter() - began


def _singly(texts: Sequence[str]) -> list[float]:
    return [1000 * _batched([text]) for text in texts]
