"""Reads texts for the archive and for checks alike: their vectors by an embedder, their terms by words and names, and
the words by which matches are explained."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from index.alignment.chunked_text import VERSION, Content
from index.contract import Embedder, FloatArray, Reading, TokenEmbedder, TokenStates, Worded
from index.text import terms
from index.text.names import NameReader
from index.text.terms import TermReader

_LETTERS_AT_ONCE: Final = 200_000
"""Of texts read together: the states of their tokens take some hundred megabytes at most."""


class TextReader:
    """`index.contract.Reader` over any embedder. Safe to call from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._names = NameReader()
        self._terms = TermReader(self._names)
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.fingerprint = hashlib.sha256(f"{embedder.fingerprint} terms {terms.VERSION}".encode()).hexdigest()
        self.words_version = VERSION

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """As the embedder does."""
        return self._embedder.embed(texts, progress)

    def read(self, texts: Sequence[Worded], progress: Callable[[int], None] | None = None) -> list[Reading]:
        """A reading of each text, in order."""
        return [reading for some in _portions(texts) for reading in self._read(some, progress)]

    def learn(self, people: Iterable[str]) -> None:
        """Names of people that are to be recognised in every script from now on."""
        self._names.learn((name, "person") for name in people)

    def close(self) -> None:
        """Lets go of the model."""
        self._embedder.close()

    def _read(self, texts: Sequence[Worded], progress: Callable[[int], None] | None) -> list[Reading]:
        vectors, tokens = self._tokens([one.text for one in texts], progress)
        return [
            Reading(vector, self._terms.terms(one.text, one.language), self._words(one, states), VERSION)
            for vector, states, one in zip(vectors, tokens, texts, strict=True)
        ]

    def _tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> tuple[FloatArray, Sequence[TokenStates]]:
        if isinstance(self._embedder, TokenEmbedder):
            return self._embedder.embed_tokens(texts, progress)
        return self._embedder.embed(texts, progress), [TokenStates.none()] * len(texts)

    def _words(self, one: Worded, tokens: TokenStates) -> bytes:
        return Content.read(one.text, one.language, tokens, self._names, one.begins).pack()


def _portions(texts: Sequence[Worded]) -> Iterator[Sequence[Worded]]:
    """The texts in order, at most so many letters at once, and one text at least."""
    ends = np.cumsum([len(one.text) for one in texts])
    begin = 0
    while begin < len(texts):
        letters = ends[begin] - len(texts[begin].text) + _LETTERS_AT_ONCE
        end = max(begin + 1, int(np.searchsorted(ends, letters, side="right")))
        yield texts[begin:end]
        begin = end
