"""Cuts texts that are longer than a model can read, and puts the vectors of the parts together again.

Both model adapters read long texts through this file, so that they agree on where a text is cut.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.contract import FloatArray, TokenStates

Span = tuple[int, int]


class Window(NamedTuple):
    """A part of a text that a model can read at once."""

    owner: int
    """Position of the whole text in its list."""
    text: str
    tokens: int
    """Without prompt and special tokens."""
    begins: int = 0
    """Offset in the whole text."""


def cut(owner: int, text: str, spans: Sequence[Span], limit: int) -> list[Window]:
    """Windows of at most `limit` tokens, at least one. `spans` holds begin and end of each token in `text`.

    Cuts before a word where there is one in the second half of a window, and else, as in Chinese, between tokens.
    """
    windows = []
    first = 0
    while len(spans) - first > limit:
        after = next(
            (end for end in range(first + limit, first + limit // 2, -1) if _begins_word(text, spans[end][0])),
            first + limit,
        )
        windows.append(Window(owner, text[spans[first][0] : spans[after][0]], after - first, spans[first][0]))
        first = after
    begins = spans[first][0] if first else 0
    return [*windows, Window(owner, text[begins:], len(spans) - first, begins)]


def _begins_word(text: str, offset: int) -> bool:
    return offset == 0 or text[offset - 1].isspace() or text[offset : offset + 1].isspace()


_NONE: Final = np.zeros(0, np.float32)


def text_tokens(
    offsets: Sequence[Span],
    states: FloatArray,
    prompt: int,
    last: FloatArray = _NONE,
    surprisals: FloatArray = _NONE,
) -> TokenStates:
    """The tokens that lie in a text with a prompt of so many characters before it: those with characters of its own.

    `offsets` count from the prompt's beginning; where a batch is padded, `states` and `last` have more rows than there
    are offsets. `last` and `surprisals` are empty where the model does not give them.
    """
    spans = np.maximum(np.array(offsets, np.int64).reshape(-1, 2)[: len(states)] - prompt, 0)
    own = np.flatnonzero(spans[:, 1] > spans[:, 0])
    return TokenStates(spans, states, last, surprisals).select(own, spans[own])


def combine(
    vectors: FloatArray, owners: npt.NDArray[np.int64], tokens: npt.NDArray[np.int64], texts: int
) -> FloatArray:
    """The mean of each text's windows, weighted by tokens and scaled to length 1: shape (texts, dimension)."""
    if len(vectors) == texts:
        return vectors
    sums = np.zeros((texts, vectors.shape[1]), np.float32)
    np.add.at(sums, owners, vectors * np.maximum(tokens, 1)[:, None])
    return unit_rows(sums)


def unit_rows(vectors: FloatArray) -> FloatArray:
    """Rows scaled to length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: FloatArray = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32, copy=False)
    return scaled
