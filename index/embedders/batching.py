"""Batching of texts in bounded memory: come here for speed, memory and progress of long imports."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol, TypeVar

import numpy as np

from index.contract import FloatArray, TokenStates
from index.embedders.windows import Span, Window, combine, cut

T = TypeVar("T")
R = TypeVar("R")

MAX_PADDED_TOKENS: Final = 2048
"""Texts of a batch times tokens of its longest text. Memory grows with it; beyond this, speed does not."""

MAX_PADDING: Final = 16
"""Tokens by which the texts of a batch may differ in length. More of them take longer to compute, as padding, than a
batch of their own: a text with its sentences took a third of the processor time that it took in one batch."""

_TEXTS_AT_ONCE: Final = 2048
"""Texts tokenised and sorted together."""


class WindowModel(Protocol):
    """Interface of a model adapter; batching and windowing are common to all of them."""

    @property
    def dimension(self) -> int: ...

    @property
    def limit(self) -> int | None:
        """Tokens of a text that fit beside prompt and special tokens; None when there is no limit."""

    @property
    def overhead(self) -> int:
        """Tokens of prompt and special tokens."""

    @property
    def batches_at_once(self) -> int:
        """Number of batches that are computed side by side, each by a thread of its own."""

    def spans(self, texts: list[str]) -> list[list[Span]]:
        """Span of each token in its text, without prompt and special tokens."""

    def encode(self, texts: list[str]) -> FloatArray:
        """Unit vectors of one batch of texts that fit: shape (len(texts), dimension)."""

    def encode_tokens(self, texts: list[str]) -> tuple[FloatArray, list[TokenStates]]:
        """Vectors of the texts, and the states of their tokens."""


def embed_in_batches(
    model: WindowModel, texts: Sequence[str], progress: Callable[[int], None] | None = None
) -> FloatArray:
    """`Embedder.embed` for a model that reads one batch of short texts at a time."""
    vectors = np.empty((len(texts), model.dimension), np.float32)
    for begin in range(0, len(texts), _TEXTS_AT_ONCE):
        batch = list(texts[begin : begin + _TEXTS_AT_ONCE])
        vectors[begin : begin + len(batch)] = _embed(model, batch, progress, None)
    return vectors


def embed_tokens_in_batches(
    model: WindowModel, texts: Sequence[str], progress: Callable[[int], None] | None = None
) -> tuple[FloatArray, list[TokenStates]]:
    """`TokenEmbedder.embed_tokens` for such a model."""
    states: list[list[TokenStates]] = [[] for _ in texts]
    vectors = _embed(model, list(texts), progress, states)
    return vectors, [_joined(parts) for parts in states]


def _joined(parts: list[TokenStates]) -> TokenStates:
    known = sorted((part for part in parts if len(part.spans)), key=lambda part: int(part.spans[0, 0]))
    if not known:
        return TokenStates.none()
    return TokenStates(*(np.concatenate(arrays) for arrays in zip(*known, strict=True)))


def _embed(
    model: WindowModel,
    texts: list[str],
    progress: Callable[[int], None] | None,
    states: list[list[TokenStates]] | None,
) -> FloatArray:
    """Vectors of the texts; appends token states to `states`, a list for each text."""
    windows: list[Window] = []
    for owner, (text, spans) in enumerate(zip(texts, model.spans(texts), strict=True)):
        windows += cut(owner, text, spans, model.limit or max(len(spans), 1))
    vectors = np.empty((len(windows), model.dimension), np.float32)
    left = Counter(window.owner for window in windows)

    def encoded(batch: list[int]) -> tuple[FloatArray, list[TokenStates]]:
        batch_texts = [windows[number].text for number in batch]
        return (model.encode(batch_texts), []) if states is None else model.encode_tokens(batch_texts)

    numbers = [*batches([model.overhead + window.tokens for window in windows], MAX_PADDED_TOKENS)]
    for batch, (found, tokens_of) in zip(numbers, _side_by_side(encoded, numbers, model.batches_at_once), strict=True):
        vectors[batch] = found
        if states is not None:
            for number, known in zip(batch, tokens_of, strict=True):
                states[windows[number].owner].append(known._replace(spans=known.spans + windows[number].begins))
        left.subtract(windows[number].owner for number in batch)
        if progress:
            progress(sum(left[owner] == 0 for owner in {windows[number].owner for number in batch}))
    owners = np.array([window.owner for window in windows])
    tokens = np.array([window.tokens for window in windows])
    return combine(vectors, owners, tokens, len(texts))


def _side_by_side(work: Callable[[T], R], parts: Sequence[T], at_once: int) -> Iterable[R]:
    """Results of the work on each part, in order."""
    if min(at_once, len(parts)) < 2:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(min(at_once, len(parts))) as pool:
        yield from pool.map(work, parts)


def batches(lengths: Sequence[int], max_padded_tokens: int) -> Iterator[list[int]]:
    """Positions in `lengths`, longest first, so that a batch's texts times its longest stays within the bound, and its
    shortest is at most `MAX_PADDING` shorter than that.

    A text that is over the bound alone gets a batch of its own.
    """
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        longest = lengths[batch[0]] if batch else 0
        if batch and ((len(batch) + 1) * longest > max_padded_tokens or longest - lengths[number] > MAX_PADDING):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
