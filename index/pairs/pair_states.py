"""Token states of a text as they are stored for comparing it with others: 66 bytes a token, at most `MOST_TOKENS`."""

import zlib
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from index.alignment.chunked_text import ChunkedText
from index.alignment.lexicon import lexicon
from index.alignment.tokens import words
from index.contract import FloatArray, IdArray, TokenStates
from index.embedders.windows import unit_rows

VERSION: Final = "pair-2"
"""To be raised with every change to what `from_tokens` or `pack` give: at most 16 characters."""

MOST_TOKENS: Final = 96
"""Of a text, the rest of which is not compared token by token: some 400 characters."""

WIDTH: Final = 128
"""Numbers of a state."""

NO_KIND: Final = 0
"""Of a token outside every chunk, such as a function word; others have their `index.alignment.chunks.Kind` plus 1."""

_MOST_WORDS: Final = 300
_EXPECTED_SURPRISAL: Final = 2.0
"""That of the most frequent tokens, which tell nothing."""
LEAST_RARITY: Final = 0.5
"""Of a token; 0 is padding."""
MOST_RARITY: Final = 14.0
_ROWS_AT_ONCE: Final = 4
_RARITY_STEPS: Final = 16
"""Of a rarity of 1: it is stored in one byte."""
_LEVELS: Final = 7
_MIDDLE: Final = 8
_HEAD: Final = np.dtype([("layout", "u1"), ("tokens", "u1"), ("words", "<u2"), ("rarity", "<f4"), ("text", "<u4")])
_LAYOUT: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class PairStates:
    """Token states and weights of a text of n tokens, which a model of pairs compares."""

    codes: npt.NDArray[np.uint8]
    """Shape (n, WIDTH / 2): states in 4 bits a number, two numbers a byte."""
    rarities: FloatArray
    """Shape (n,), .5 to 14: how rare each token is, by the tokenizer's own vocabulary."""
    kinds: npt.NDArray[np.uint8]
    """Shape (n,): `NO_KIND`, or the kind of chunk that the token lies in, plus 1."""
    words: int
    """How many words with content the text has; all its words where none has content."""
    rarity: float
    """Sum of those words' rarities."""
    checksum: int
    """Of the text, with the title before it where there is one."""

    def is_of(self, text: str) -> bool:
        """True if these are the states of this text, and not of another version of it."""
        return self.checksum == _checksum(text)

    @classmethod
    def from_tokens(
        cls,
        text: str,
        language: str,
        tokens: TokenStates,
        content: ChunkedText,
        mean: FloatArray,
        projection: FloatArray,
        begins: int = 0,
    ) -> Self:
        """The states of `text[begins:]`, of which `content` has the chunks; `tokens` are those of all the text, and
        none is known where the model did not give its last layer.

        `mean` of shape (width,) is taken off the last layer's states, which `projection`, shape (width, WIDTH), makes
        smaller.
        """
        own = np.flatnonzero(tokens.spans[:, 1] > begins) if len(tokens.last) else np.zeros(0, np.int64)
        spans = tokens.spans[own] - begins
        surprisals = np.maximum(tokens.surprisals[own] - _EXPECTED_SURPRISAL, 0)
        first = own[:MOST_TOKENS]
        count, rarity = _content(text[begins:], language, spans, surprisals)
        states: FloatArray = np.zeros((0, WIDTH), np.float32)
        if len(first):
            states = _projected(tokens.last[first] - mean, projection)
        return cls(
            packed_codes(states),
            np.clip(surprisals[: len(first)], LEAST_RARITY, MOST_RARITY),
            _kinds(spans[: len(first)], content),
            count,
            rarity,
            _checksum(text),
        )

    def pack(self) -> bytes:
        """12 bytes and 66 for each token. `unpack` gives it back, with rarities rounded to a sixteenth."""
        head = np.array((_LAYOUT, len(self.codes), min(self.words, 0xFFFF), self.rarity, self.checksum), _HEAD)
        rarities = np.rint(self.rarities * _RARITY_STEPS).astype(np.uint8)
        return b"".join(array.tobytes() for array in (head, self.codes, rarities, self.kinds))

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Raises `ValueError` for bytes that `pack` did not give."""
        [head] = np.frombuffer(packed, _HEAD, 1)
        tokens, begins = int(head["tokens"]), _HEAD.itemsize
        if head["layout"] != _LAYOUT or len(packed) != begins + tokens * (WIDTH // 2 + 2):
            raise ValueError("these bytes are no pair states of this layout")
        codes = np.frombuffer(packed, np.uint8, tokens * WIDTH // 2, begins).reshape(tokens, WIDTH // 2)
        begins += codes.nbytes
        steps = np.frombuffer(packed, np.uint8, tokens, begins)
        rarities = (steps / _RARITY_STEPS).astype(np.float32)
        kinds = np.frombuffer(packed, np.uint8, tokens, begins + tokens)
        return cls(codes, rarities, kinds, int(head["words"]), float(head["rarity"]), int(head["text"]))


def restored(codes: npt.NDArray[np.uint8]) -> FloatArray:
    """Unit vectors of shape (n, WIDTH) from packed states of shape (n, WIDTH / 2)."""
    numbers = np.empty((len(codes), WIDTH), np.float32)
    numbers[:, 0::2] = codes & 15
    numbers[:, 1::2] = codes >> 4
    return unit_rows(numbers - _MIDDLE)


def _projected(states: FloatArray, projection: FloatArray) -> FloatArray:
    """`states @ projection`, a few rows at a time: so small a product is not spread over threads, which would wait for
    processors that other work keeps busy.
    """
    rows = np.zeros((-(-len(states) // _ROWS_AT_ONCE), _ROWS_AT_ONCE, states.shape[1]), np.float32)
    rows.reshape(-1, states.shape[1])[: len(states)] = states
    projected: FloatArray = (rows @ projection).reshape(-1, projection.shape[1])[: len(states)]
    return projected


def packed_codes(states: FloatArray) -> npt.NDArray[np.uint8]:
    """States of shape (n, WIDTH) in 4 bits a number: shape (n, WIDTH / 2). `restored` gives unit vectors back."""
    largest = np.abs(states).max(axis=1, keepdims=True, initial=0)
    codes = (np.rint(states / np.where(largest > 0, largest, 1) * _LEVELS) + _MIDDLE).astype(np.uint8)
    return np.bitwise_or(codes[:, 0::2], np.left_shift(codes[:, 1::2], np.uint8(4)))


def _kinds(spans: IdArray, content: ChunkedText) -> npt.NDArray[np.uint8]:
    kinds = np.full(len(spans), NO_KIND, np.uint8)
    for (start, end), kind in zip(content.spans.tolist(), content.kinds.tolist(), strict=True):
        kinds[(spans[:, 0] < end) & (spans[:, 1] > start)] = kind + 1
    return kinds


def _content(text: str, language: str, spans: IdArray, surprisals: FloatArray) -> tuple[int, float]:
    """The number of words with content, and the sum of their rarities, each that of its tokens together."""
    found = words(text)[:_MOST_WORDS]
    if not found or not len(spans):
        return 0, 0.0
    places = np.array(found, np.int64)
    inside = (spans[None, :, 0] < places[:, None, 1]) & (spans[None, :, 1] > places[:, None, 0])
    function = lexicon(language).function
    with_content = np.array([text[start:end].lower() not in function for start, end in found], bool)
    known = inside.any(axis=1)
    counted = known & with_content if (known & with_content).any() else known
    rarities = np.clip(inside.astype(np.float32) @ surprisals, LEAST_RARITY, MOST_RARITY)
    return int(counted.sum()), float(rarities[counted].sum())


def _checksum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))
