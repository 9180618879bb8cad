"""Arithmetics that were measured against the one that ships: come here before changing how the model is computed.

`bench/embedders.py` runs them. All start from the same 4-bit weights, so that only the arithmetic differs.
"""

import numpy as np

from index.embedders.preparation.arithmetic import Blocks4, Float32, Static8
from index.embedders.preparation.bert_graph import Arithmetic, Graph
from index.embedders.preparation.observed_ranges import observed_ranges
from index.embedders.preparation.packed_weights import PROMPT
from index.embedders.preparation.q4_weights import BLOCK, Q4Matrix, Q4Model
from index.embedders.preparation.tokenizer_file import build_tokenizer
from index.embedders.preparation.verification import TEXTS, long_text


class Blocks8(Blocks4):
    """The 4-bit blocks written as 8 bits: the same weights, twice the memory, no unpacking."""

    def linear(self, graph: Graph, x: str, name: str, weights: Q4Matrix) -> str:
        rows, columns = weights.codes.shape
        data = graph.weight(name, (weights.codes + 120).reshape(rows, columns // BLOCK, BLOCK))
        scales = graph.weight(f"{name}.scales", weights.scales)
        level = self.accuracy_level
        return graph.fused(
            "MatMulNBits", x, data, scales, K=columns, N=rows, bits=8, block_size=BLOCK, accuracy_level=level
        )


class Dynamic8(Blocks4):
    """8-bit weights with a scale per output; what is multiplied with them gets one scale a batch.

    `levels` is 127, or 63 to use 7 bits of the 8 ("reduce range"): with AVX2 alone the sum of two products of full
    8-bit numbers does not fit into 16 bits and saturates.
    """

    def __init__(self, levels: int) -> None:
        super().__init__()
        self.levels = levels

    def rounded(self, graph: Graph, name: str, weights: Q4Matrix) -> tuple[str, str]:
        plain = weights.float32().T
        scales = (np.abs(plain).max(axis=0) / self.levels).astype(np.float32)
        data = np.rint(plain / scales).astype(np.int8)
        return graph.weight(name, data), graph.weight(f"{name}.scales", scales)

    def linear(self, graph: Graph, x: str, name: str, weights: Q4Matrix) -> str:
        data, scales = self.rounded(graph, name, weights)
        zeros = graph.weight(f"{name}.zeros", np.zeros(len(weights.codes), np.int8))
        return graph.fused("DynamicQuantizeMatMul", x, data, scales, zeros)


class Rowwise8(Dynamic8):
    """As `Dynamic8`, with a scale for each token, so that a text's vector does not depend on its batch."""

    def linear(self, graph: Graph, x: str, name: str, weights: Q4Matrix) -> str:
        def number(part: str, value: float, kind: type[np.generic] = np.float32) -> str:
            return graph.weight(f"{name}.{part}", np.array(value, kind))

        def numbers(part: str, value: int) -> str:
            return graph.weight(f"{name}.{part}", np.array([value], np.int64))

        data, scales = self.rounded(graph, name, weights)
        flat = graph.weight(f"{name}.flat", np.array([-1, weights.codes.shape[1]]))
        rows = graph.node("Reshape", x, flat)
        peaks = graph.node("ReduceMax", graph.node("Abs", rows), axes=[1], keepdims=0)
        steps = graph.node("Mul", graph.node("Max", peaks, number("tiny", 1e-6)), number("step", 1 / 127))
        zeros = graph.node("Expand", number("middle", 128, np.uint8), graph.node("Shape", steps))
        codes = graph.node("QuantizeLinear", rows, steps, zeros, axis=0)
        y = graph.fused("MatMulIntegerToFloat", codes, data, number("one", 1), scales, f"{name}.middle")
        y = graph.node("Mul", y, graph.node("Unsqueeze", steps, numbers("axis", 1)))
        shape = graph.node("Concat", graph.node("Shape", "input_ids"), numbers("rest", -1), axis=0)
        return graph.node("Reshape", y, shape)


class Mixed(Blocks4):
    """`few` for the matrices whose name ends in one of `endings` ("l11.fo", ".fo", …), `most` for the others."""

    def __init__(self, most: Arithmetic, few: Arithmetic, endings: tuple[str, ...]) -> None:
        super().__init__()
        self.most, self.few, self.endings = most, few, endings

    def linear(self, graph: Graph, x: str, name: str, weights: Q4Matrix) -> str:
        chosen = self.few if name.endswith(self.endings) else self.most
        return chosen.linear(graph, x, name, weights)


class PlainTable(Blocks4):
    """The 4-bit blocks, with words looked up in a table of 32-bit numbers."""

    def lookup(self, graph: Graph, ids: str, name: str, table: Q4Matrix) -> str:
        return Float32().lookup(graph, ids, name, table)


ARITHMETICS: dict[str, Arithmetic | None] = {
    "fp32": Float32(),
    "shipped: static int8, smoothed, reduced range": None,
    "int8, reduced range": Dynamic8(63),
    "int8, full range": Dynamic8(127),
    "int8 per token, reduced range": Rowwise8(63),
    "int8, reduced range, but fo in 4-bit blocks": Mixed(Dynamic8(63), Blocks4(4), (".fo",)),
    "int8, reduced range, but fo in fp32": Mixed(Dynamic8(63), Float32(), (".fo",)),
    "4-bit blocks, exact (level 1)": Blocks4(1),
    "4-bit blocks, 8-bit activations (level 4)": Blocks4(4),
    "as above, fp32 word table": PlainTable(4),
    "8-bit blocks, 8-bit activations (level 4)": Blocks8(4),
}
"""None stands for what `prepare` builds."""


def arithmetic(name: str, model: Q4Model) -> Arithmetic:
    """The arithmetic of that name, for `model`."""
    texts = [PROMPT + text for text in (*TEXTS, long_text())]
    return ARITHMETICS[name] or Static8(observed_ranges(model, build_tokenizer(model), texts))
