"""Embedder over normalized texts, so that an edited copy gets the vector of the original."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz.distance import Levenshtein

from index.contract import Embedder, FloatArray, IdArray, TokenEmbedder, TokenStates
from index.text.normalize import VERSION, normalize_text


class NormalizingEmbedder:
    """Passes on normalised texts. The fingerprint, 64 hexadecimal digits, names both the embedder and the
    normalisation."""

    def __init__(self, inner: Embedder) -> None:
        self.inner = inner
        self.name = inner.name
        self.dimension = inner.dimension
        self.fingerprint = hashlib.sha256(f"{inner.fingerprint} wording {VERSION}".encode()).hexdigest()

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        return self.inner.embed([normalize_text(text) for text in texts], progress)

    def embed_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[FloatArray, list[TokenStates]]:
        """Vectors and tokens from the inner embedder, with token spans mapped back to the original texts."""
        if not isinstance(self.inner, TokenEmbedder):
            return self.embed(texts, progress), [TokenStates.none()] * len(texts)
        normalized = [normalize_text(text) for text in texts]
        vectors, tokens = self.inner.embed_tokens(normalized, progress)
        return vectors, [_map_back(*row) for row in zip(tokens, normalized, texts, strict=True)]

    def close(self) -> None:
        self.inner.close()


def _map_back(tokens: TokenStates, worded: str, text: str) -> TokenStates:
    """Tokens of the normalised text with spans in the original; those without a counterpart are left out."""
    if worded == text:
        return tokens
    places = np.full(len(worded), -1, np.int64)
    for step in Levenshtein.opcodes(worded, text):
        if step.tag in ("equal", "replace"):
            places[step.src_start : step.src_end] = np.arange(step.dest_start, step.dest_end)
    spans = np.array([_hull(places[begin:end]) for begin, end in tokens.spans], np.int64).reshape(-1, 2)
    kept = np.flatnonzero(spans[:, 0] >= 0)
    return tokens.select(kept, spans[kept])


def _hull(places: IdArray) -> tuple[int, int]:
    known = places[places >= 0]
    return (int(known[0]), int(known[-1]) + 1) if len(known) else (-1, -1)
