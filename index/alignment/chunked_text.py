"""Chunked text: the chunks of a text with their states, and their packed form, stored beside its vector."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from index.alignment.chunks import Kind, read_chunks
from index.contract import FloatArray, IdArray, TokenStates
from index.embedders.windows import unit_rows
from index.text.names import NameRecognizer

VERSION: Final = "words-2"
"""Version, changed with every change to what `from_tokens` or `pack` give, word lists included: at most 16
characters."""

MOST_PARTS: Final = 250
"""Bound on the chunks of a text, the rest of which is not aligned: some 3,000 characters."""

_LEVELS: Final = 7
"""States are stored in 4 bits a number: -7 to 7 steps of the largest."""

_HEAD: Final = np.dtype([("layout", "u1"), ("offset_bytes", "u1"), ("width", "<u2"), ("parts", "<u2"), ("text", "<u4")])
_LAYOUT: Final = 1
_OFFSETS: Final = {1: "u1", 4: "<u4"}


@dataclass(frozen=True, slots=True, eq=False)
class ChunkedText:
    """Chunks of a text, n of them, in order; function words are left out."""

    spans: IdArray
    """Shape (n, 2), in code points of the text."""
    kinds: npt.NDArray[np.uint8]
    """Shape (n,), of `Kind`."""
    stems: npt.NDArray[np.uint32]
    """Shape (n,): equal where the words are, but for inflection."""
    keys: npt.NDArray[np.uint32]
    """Shape (n,): equal where a name or number is, in any language; 0 for a part that is neither."""
    checksum: int
    """CRC-32 of the text."""
    states: FloatArray
    """Shape (n, width), rows of length 1, or of zeros where unknown; centred on the text's mean."""

    def __len__(self) -> int:
        return len(self.kinds)

    def is_of(self, text: str) -> bool:
        """True if it was computed from this text, and not from another version of it."""
        return self.checksum == _checksum(text)

    @classmethod
    def from_tokens(cls, text: str, language: str, tokens: TokenStates, names: NameRecognizer, begins: int = 0) -> Self:
        """Chunks of `text[begins:]`, with offsets from there; `tokens` are those of all the text."""
        parts = read_chunks(text[begins:], language, names)[:MOST_PARTS]
        spans = np.array([(part.start, part.end) for part in parts], np.int64).reshape(-1, 2)
        return cls(
            spans,
            np.array([part.kind for part in parts], np.uint8),
            _hashes([part.stem for part in parts]),
            _hashes([part.key and _hashed_key(part.key, counted=part.kind in _COUNTED) for part in parts]),
            _checksum(text[begins:]),
            _states(spans + begins, tokens),
        )

    def pack(self) -> bytes:
        """11 bytes a part and half a byte for each number of its state. `unpack` gives it back, but for rounding."""
        flat = self.spans.reshape(-1)
        gaps = np.diff(flat, prepend=0)
        offset_bytes = 1 if gaps.max(initial=0) < 256 else 4
        width = self.states.shape[1]
        head = np.array((_LAYOUT, offset_bytes, width, len(self), self.checksum), _HEAD)
        columns = (
            gaps.astype(_OFFSETS[offset_bytes]),
            self.kinds,
            self.stems.astype("<u4"),
            self.keys.astype("<u4"),
            _rounded(self.states),
        )
        return head.tobytes() + b"".join(column.tobytes() for column in columns)

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Raises `ValueError` for bytes that `pack` did not give."""
        [head] = np.frombuffer(packed, _HEAD, 1)
        if head["layout"] != _LAYOUT:
            raise ValueError(f"words are packed in layout {head['layout']}, not {_LAYOUT}")
        n, width, offset = int(head["parts"]), int(head["width"]), _HEAD.itemsize

        def column(kind: str, count: int) -> npt.NDArray[Any]:
            nonlocal offset
            found = np.frombuffer(packed, kind, count, offset)
            offset += found.nbytes
            return found

        gaps = column(_OFFSETS[int(head["offset_bytes"])], 2 * n)
        return cls(
            np.cumsum(gaps, dtype=np.int64).reshape(n, 2),
            column("u1", n).astype(np.uint8),
            column("<u4", n).astype(np.uint32),
            column("<u4", n).astype(np.uint32),
            int(head["text"]),
            _restored(column("u1", n * ((width + 1) // 2)).reshape(n, (width + 1) // 2), width),
        )


def _checksum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))


_COUNTED: Final = (Kind.NUMBER, Kind.QUANTITY, Kind.TIME)


def _hashed_key(key: str, *, counted: bool) -> str:
    return f"{counted} {key}"


def name_hash(key: str) -> int:
    """Entry of `ChunkedText.keys` for a name of this key."""
    return int(_hashes([_hashed_key(key, counted=False)])[0])


def _hashes(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    return np.array([zlib.crc32(word.encode("utf-8", "replace")) if word else 0 for word in words], np.uint32)


def _states(spans: IdArray, tokens: TokenStates) -> FloatArray:
    """Mean token state of each span, less the mean of all tokens, scaled to length 1."""
    width = tokens.states.shape[1]
    if not len(tokens.spans) or not len(spans):
        return np.zeros((len(spans), width), np.float32)
    inside = (tokens.spans[None, :, 0] < spans[:, None, 1]) & (tokens.spans[None, :, 1] > spans[:, None, 0])
    counts = inside.sum(axis=1, keepdims=True)
    states = inside.astype(np.float32) @ tokens.states / np.maximum(counts, 1) - tokens.states.mean(axis=0)
    return unit_rows(np.where(counts > 0, states, 0))


def _rounded(states: FloatArray) -> npt.NDArray[np.uint8]:
    """States quantised to 4 bits, two numbers a byte. Their scale is not kept: rows have length 1."""
    largest = np.abs(states).max(axis=1, keepdims=True, initial=0)
    codes = (np.rint(states / np.where(largest > 0, largest, 1) * _LEVELS) + 8).astype(np.uint8)
    even = np.pad(codes, ((0, 0), (0, 1)), constant_values=8) if states.shape[1] % 2 else codes
    return np.bitwise_or(even[:, 0::2], np.left_shift(even[:, 1::2], np.uint8(4)))


def _restored(packed: npt.NDArray[np.uint8], width: int) -> FloatArray:
    codes = np.stack([packed & 15, packed >> 4], axis=2).reshape(len(packed), 2 * packed.shape[1])[:, :width]
    return unit_rows(codes.astype(np.float32) - 8)
