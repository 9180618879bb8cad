"""Text encoder for archived and checked texts alike: embedding, terms, and token features."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import zip_longest
from typing import Final

import numpy as np

from index.alignment.chunked_text import VERSION, ChunkedText
from index.contract import Embedder, EncodedText, EncoderInput, FloatArray, TokenEmbedder, TokenStates
from index.pairs.pair_states import VERSION as PAIR_VERSION
from index.pairs.pair_states import PairStates
from index.pairs.probability import shipped_pair_model
from index.processor_budget import check_processor_budget
from index.text import terms
from index.text.names import NameRecognizer
from index.text.terms import TermAnalyzer

_LETTERS_AT_ONCE: Final = 50_000
"""Bound on the letters of a batch, of which two are in memory: the states of its tokens take some fifty megabytes."""


class DefaultTextEncoder:
    """`index.contract.TextEncoder` over any embedder. Safe to call from several threads."""

    def __init__(self, embedder: Embedder, *, pairs: bool = True) -> None:
        """`pairs`: pair states are encoded too, where a pair model is shipped for the embedder."""
        self._embedder = embedder
        self._names = NameRecognizer()
        self._terms = TermAnalyzer(self._names)
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.fingerprint = hashlib.sha256(f"{embedder.fingerprint} terms {terms.VERSION}".encode()).hexdigest()
        self.token_features_version = VERSION
        self._pairs = shipped_pair_model(embedder.name) if pairs and isinstance(embedder, TokenEmbedder) else None
        self.pair_states_version = PAIR_VERSION if self._pairs else ""

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """Vectors from the embedder."""
        return self._embedder.embed(texts, progress)

    def encode(self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None) -> list[EncodedText]:
        """Encodings of the texts, in order. While terms and phrases of a batch are read, the next one is embedded."""
        batches = [*_batches(texts)]
        if len(batches) < 2:
            return [encoded for batch in batches for encoded in self._read(batch, self._tokens(batch, progress))]
        found: list[EncodedText] = []
        with ThreadPoolExecutor(1, "embed-next") as pool:
            embedded = pool.submit(copy_context().run, self._tokens, batches[0], progress)  # within the caller's budget
            for batch, following in zip_longest(batches, batches[1:]):
                current = embedded.result()
                if following:
                    embedded = pool.submit(copy_context().run, self._tokens, following, progress)
                found += self._read(batch, current)
        return found

    def add_names(self, people: Iterable[str]) -> None:
        """Adds names of people that are recognised in every script from now on."""
        self._names.add_names((name, "person") for name in people)

    def close(self) -> None:
        """Releases the model."""
        self._embedder.close()

    def _read(
        self, texts: Sequence[EncoderInput], embedded: tuple[FloatArray, Sequence[TokenStates]]
    ) -> list[EncodedText]:
        """Encodings of embedded texts."""
        return [self._encoded(*one) for one in zip(texts, *embedded, strict=True)]

    def _encoded(self, text: EncoderInput, vector: FloatArray, tokens: TokenStates) -> EncodedText:
        check_processor_budget()
        terms = self._terms.terms(text.text, text.language)
        content = ChunkedText.from_tokens(text.text, text.language, tokens, self._names, text.text_start)
        encoded = EncodedText(vector, terms, content.pack(), VERSION)
        if not self._pairs:
            return encoded
        states = PairStates.from_tokens(
            text.text,
            text.language,
            tokens,
            content,
            self._pairs.state_mean,
            self._pairs.state_projection,
            text.text_start,
        )
        return encoded._replace(pair_states=states.pack(), pair_states_version=PAIR_VERSION)

    def _tokens(
        self, inputs: Sequence[EncoderInput], progress: Callable[[int], None] | None
    ) -> tuple[FloatArray, Sequence[TokenStates]]:
        check_processor_budget()
        texts = [one.text for one in inputs]
        if isinstance(self._embedder, TokenEmbedder):
            return self._embedder.embed_tokens(texts, progress)
        return self._embedder.embed(texts, progress), [TokenStates.none()] * len(texts)


def _batches(texts: Sequence[EncoderInput]) -> Iterator[Sequence[EncoderInput]]:
    """Batches of texts in order, bounded in letters, each with one text at least."""
    ends = np.cumsum([len(text.text) for text in texts])
    begin = 0
    while begin < len(texts):
        letters = ends[begin] - len(texts[begin].text) + _LETTERS_AT_ONCE
        end = max(begin + 1, int(np.searchsorted(ends, letters, side="right")))
        yield texts[begin:end]
        begin = end
