"""The arithmetics that a model's graph can compute in: come here to trade precision for speed.

`bench/embedders.py` measures them against each other; what else was tried is in `bench/quantisation.py`.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from onnx import TensorProto

from index.contract import FloatArray
from index.embedders.preparation.bert_graph import Arithmetic, Graph
from index.embedders.preparation.q4_weights import BLOCK, Q4Matrix


class Float32(Arithmetic):
    """Plain 32-bit numbers throughout: the reference."""

    def lookup(self, graph: Graph, ids: str, name: str, table: Q4Matrix) -> str:
        return graph.node("Gather", graph.weight(name, table.float32()), ids)

    def linear(self, graph: Graph, x: str, name: str, weights: Q4Matrix) -> str:
        return graph.node("MatMul", x, graph.weight(name, weights.float32().T))


class Blocks4(Arithmetic):
    """The model's own 4-bit blocks, as they are: the same results as `Float32` in a sixth of the memory.

    With `accuracy_level` 4 what is multiplied with them is rounded to 8 bits, for each token and 32 numbers.
    """

    def __init__(self, accuracy_level: int = 1) -> None:
        self.accuracy_level = accuracy_level

    def lookup(self, graph: Graph, ids: str, name: str, table: Q4Matrix) -> str:
        signed = np.bitwise_xor(table.codes, np.uint8(8))  # the code less 8, as a two's complement of 4 bits
        data = graph.tensor(name, TensorProto.INT4, table.codes.shape, _packed(signed).tobytes())
        scales = graph.weight(f"{name}.scales", table.scales)
        return graph.fused("GatherBlockQuantized", data, ids, scales, gather_axis=0, quantize_axis=1, block_size=BLOCK)

    def linear(self, graph: Graph, x: str, name: str, weights: Q4Matrix) -> str:
        rows, columns = weights.codes.shape
        data = graph.weight(name, _packed(weights.codes).reshape(rows, columns // BLOCK, BLOCK // 2))
        scales = graph.weight(f"{name}.scales", weights.scales)
        level = self.accuracy_level
        return graph.fused(
            "MatMulNBits", x, data, scales, K=columns, N=rows, bits=4, block_size=BLOCK, accuracy_level=level
        )


class Range(NamedTuple):
    """The least and the greatest number seen in each column of what a matrix is multiplied with; shape (columns,)."""

    low: FloatArray
    high: FloatArray


class Static8(Blocks4):
    """8-bit multiplication with scales fixed beforehand; words are still looked up in the 4-bit blocks.

    A few columns of what comes in are many times larger than the rest. They are divided by part of their size, and the
    weights multiplied by it, before both are rounded (SmoothQuant, Xiao et al. 2022, https://arxiv.org/abs/2211.10438).
    Scales come from `ranges` and not from the batch, so a text gets the same vector in every batch. Weights use 7 of
    their 8 bits: on processors with AVX2 alone the sum of two products of full 8-bit numbers saturates at 16 bits.
    """

    SMOOTHING: Final = 0.7
    """0 leaves large columns alone, 1 makes all columns equally large."""
    MARGIN: Final = 1.5
    """Factor on the observed ranges up to which values are not clipped."""
    LEVELS: Final = 63

    def __init__(self, ranges: Mapping[str, Range]) -> None:
        super().__init__()
        self.ranges = ranges

    def linear(self, graph: Graph, x: str, name: str, weights: Q4Matrix) -> str:
        seen = self.ranges[name]
        peaks = np.maximum(-seen.low, seen.high)
        smoothing = np.maximum(peaks / np.median(peaks), 1) ** self.SMOOTHING
        low = self.MARGIN * min(float((seen.low / smoothing).min()), 0)
        high = self.MARGIN * max(float((seen.high / smoothing).max()), 0)
        step = (high - low) / 255

        smoothed = weights.float32().T * smoothing[:, None]
        scales = (np.abs(smoothed).max(axis=0) / self.LEVELS).astype(np.float32)
        data = graph.weight(name, np.rint(smoothed / scales).astype(np.int8))
        zero = graph.weight(f"{name}.zero", np.array(round(-low / step), np.uint8))
        steps = graph.node("Mul", x, graph.weight(f"{name}.smoothing", (1 / smoothing / step).astype(np.float32)))
        codes = graph.node("QuantizeLinear", steps, graph.weight(f"{name}.one", np.array(1, np.float32)), zero)
        each = graph.weight(f"{name}.step", np.array(step, np.float32))
        return graph.fused("MatMulIntegerToFloat", codes, data, each, graph.weight(f"{name}.scales", scales), zero)


def _packed(codes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Packs two neighbouring codes into a byte, the first one low."""
    return np.bitwise_or(codes[..., 0::2], np.left_shift(codes[..., 1::2], np.uint8(4)))
