"""Vectors in fixed point: 16 bits to store and score them, 8 bits to find candidates."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from index.contract import FloatArray

Fixed = npt.NDArray[np.int16]
"""Components times 32,767, rounded: shape (n, dimension)."""

Codes = npt.NDArray[np.uint8]
"""Components times a scale, rounded, plus 128: shape (n, dimension)."""

_ONE: Final = 32_767
_ROWS: Final = 1_024
"""Rows converted at once, so that what lies between stays in the processor's cache."""


def to_fixed(vectors: FloatArray) -> Fixed:
    """Components in [-1, 1] in 16 bits, each off by at most 1.6e-5; larger ones are cut off."""
    return np.clip(np.rint(vectors * _ONE), -_ONE, _ONE).astype(np.int16)


def to_float(fixed: Fixed) -> FloatArray:
    """The components again."""
    floats: FloatArray = fixed.astype(np.float32)
    floats *= np.float32(1 / _ONE)
    return floats


def to_codes(fixed: Fixed, scale: float) -> Codes:
    """Components in 8 bits, `scale` steps to 1."""
    codes = np.empty(fixed.shape, np.uint8)
    for begin in range(0, len(fixed), _ROWS):
        rows = np.multiply(fixed[begin : begin + _ROWS], np.float32(scale / _ONE))
        codes[begin : begin + _ROWS] = _in_8_bits(rows) + 128
    return codes


def query_codes(vector: FloatArray) -> tuple[FloatArray, float]:
    """A query in whole numbers that 8 bits hold, as floats, and its scale."""
    scale = scale_of(vector)
    return _in_8_bits(vector * np.float32(scale)), scale


def scale_of(vectors: FloatArray) -> float:
    """Scale at which 8 bits just hold the largest component."""
    return 127 / max(float(np.abs(vectors).max(initial=0)), 1e-6)


def _in_8_bits(scaled: npt.NDArray[Any]) -> FloatArray:
    np.rint(scaled, out=scaled)
    np.clip(scaled, -128, 127, out=scaled)
    return scaled
