"""Reads texts for the archive and for checks alike: their vectors by an embedder, their terms by words and names."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from index import terms
from index.contract import Embedder, FloatArray, Reading, Worded
from index.names import NameReader
from index.terms import TermReader


class TextReader:
    """`index.contract.Reader` over any embedder. Safe to call from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._names = NameReader()
        self._terms = TermReader(self._names)
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.fingerprint = hashlib.sha256(f"{embedder.fingerprint} terms {terms.VERSION}".encode()).hexdigest()

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """As the embedder does."""
        return self._embedder.embed(texts, progress)

    def read(self, texts: Sequence[Worded], progress: Callable[[int], None] | None = None) -> list[Reading]:
        """A reading of each text, in order."""
        vectors = self._embedder.embed([one.text for one in texts], progress)
        return [
            Reading(vector, self._terms.terms(one.text, one.language))
            for vector, one in zip(vectors, texts, strict=True)
        ]

    def learn(self, people: Iterable[str]) -> None:
        """Names of people that are to be recognised in every script from now on."""
        self._names.learn((name, "person") for name in people)

    def close(self) -> None:
        """Lets go of the model."""
        self._embedder.close()
