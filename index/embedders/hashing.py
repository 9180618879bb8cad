"""Feature-hashing embedder without a model, for tests: instant, deterministic, similar for similar texts."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from index.contract import FloatArray, TokenStates
from index.embedders.windows import unit_rows

_WORD: Final = re.compile(r"\w+")
_WORD_WEIGHT: Final = 2.0
_GRAM_WEIGHT: Final = 1.0
_GRAM: Final = 3


class HashingEmbedder:
    """Adds up a pseudo-random direction for every word and every three characters of it."""

    name = "hashing (no model)"

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension
        self.fingerprint = f"hashing-1-{dimension}"

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for feature, weight in _features(text):
                code = zlib.crc32(feature.encode("utf-8", "replace"))
                vectors[row, code % self.dimension] += weight if code & 0x8000_0000 else -weight
            if not vectors[row].any():  # all features cancelled each other out
                vectors[row, zlib.crc32(text.encode("utf-8", "replace")) % self.dimension] = 1
        if texts and progress:
            progress(len(texts))
        return unit_rows(vectors)

    def embed_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[FloatArray, list[TokenStates]]:
        """A word's state is the vector of the word by itself."""
        return self.embed(texts, progress), [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> TokenStates:
        spans = [match.span() for match in _WORD.finditer(text)]
        states = self.embed([text[start:end] for start, end in spans])
        return TokenStates(np.array(spans, np.int64).reshape(-1, 2), states)

    def close(self) -> None:
        """Does nothing: no resource is held."""


def _features(text: str) -> Iterator[tuple[str, float]]:
    for word in _WORD.findall(text.casefold()) or [text]:
        yield f"word {word}", _WORD_WEIGHT
        padded = f" {word} "
        for offset in range(len(padded) - _GRAM + 1):
            yield padded[offset : offset + _GRAM], _GRAM_WEIGHT
