"""Reads texts for the archive and for checks alike: their vectors by an embedder, their terms by words and names, and
the words by which matches are explained."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from index.alignment.chunked_text import VERSION, ChunkedText
from index.contract import Embedder, EncodedText, EncoderInput, FloatArray, TokenEmbedder, TokenStates
from index.pairs.model import shipped_pair_model
from index.pairs.pair_states import VERSION as PAIR_VERSION
from index.pairs.pair_states import PairStates
from index.text import terms
from index.text.names import NameRecognizer
from index.text.terms import TermAnalyzer

_LETTERS_AT_ONCE: Final = 200_000
"""Of texts read together: the states of their tokens take some hundred megabytes at most."""


class DefaultTextEncoder:
    """`index.contract.Reader` over any embedder. Safe to call from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._names = NameRecognizer()
        self._terms = TermAnalyzer(self._names)
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.fingerprint = hashlib.sha256(f"{embedder.fingerprint} terms {terms.VERSION}".encode()).hexdigest()
        self.token_features_version = VERSION
        self._pairs = shipped_pair_model(embedder.name) if isinstance(embedder, TokenEmbedder) else None
        self.pair_states_version = PAIR_VERSION if self._pairs else ""

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """As the embedder does."""
        return self._embedder.embed(texts, progress)

    def encode(self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None) -> list[EncodedText]:
        """A reading of each text, in order."""
        return [reading for some in _batches(texts) for reading in self._encode_batch(some, progress)]

    def add_names(self, people: Iterable[str]) -> None:
        """Names of people that are to be recognised in every script from now on."""
        self._names.add_names((name, "person") for name in people)

    def close(self) -> None:
        """Lets go of the model."""
        self._embedder.close()

    def _encode_batch(self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None) -> list[EncodedText]:
        vectors, tokens = self._tokens([one.text for one in texts], progress)
        return [self._encoded(one, vector, states) for vector, states, one in zip(vectors, tokens, texts, strict=True)]

    def _encoded(self, one: EncoderInput, vector: FloatArray, tokens: TokenStates) -> EncodedText:
        terms = self._terms.terms(one.text, one.language)
        content = ChunkedText.from_tokens(one.text, one.language, tokens, self._names, one.text_start)
        encoded = EncodedText(vector, terms, content.pack(), VERSION)
        if not self._pairs:
            return encoded
        states = PairStates.from_tokens(
            one.text,
            one.language,
            tokens,
            content,
            self._pairs.state_mean,
            self._pairs.state_projection,
            one.text_start,
        )
        return encoded._replace(pair_states=states.pack(), pair_states_version=PAIR_VERSION)

    def _tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> tuple[FloatArray, Sequence[TokenStates]]:
        if isinstance(self._embedder, TokenEmbedder):
            return self._embedder.embed_tokens(texts, progress)
        return self._embedder.embed(texts, progress), [TokenStates.none()] * len(texts)


def _batches(texts: Sequence[EncoderInput]) -> Iterator[Sequence[EncoderInput]]:
    """The texts in order, at most so many letters at once, and one text at least."""
    ends = np.cumsum([len(one.text) for one in texts])
    begin = 0
    while begin < len(texts):
        letters = ends[begin] - len(texts[begin].text) + _LETTERS_AT_ONCE
        end = max(begin + 1, int(np.searchsorted(ends, letters, side="right")))
        yield texts[begin:end]
        begin = end
