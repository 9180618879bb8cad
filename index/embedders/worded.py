"""Any embedder, reading every text without its dress: so that an edited copy gets the vector of the original."""

import hashlib
from collections.abc import Callable, Sequence

from index.contract import Embedder, FloatArray
from index.wording import VERSION, plain


class WordedEmbedder:
    """Passes on `plain` texts. The fingerprint, 64 hexadecimal digits, names both the embedder and the wording."""

    def __init__(self, inner: Embedder) -> None:
        self.inner = inner
        self.name = inner.name
        self.dimension = inner.dimension
        self.fingerprint = hashlib.sha256(f"{inner.fingerprint} wording {VERSION}".encode()).hexdigest()

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        return self.inner.embed([plain(text) for text in texts], progress)

    def close(self) -> None:
        self.inner.close()
