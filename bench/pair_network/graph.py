"""The student as an ONNX graph in ONNX Runtime's fused operators, computed in 8 bits with scales fixed beforehand.

Its inputs are those of `index.pairs.network.network_inputs`: late interaction is computed outside.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper

from index.embedders.preparation.bert_graph import Graph
from index.pairs.network import TOKEN_NUMBERS, session_options
from index.pairs.pair_states import WIDTH

Inputs = Mapping[str, npt.NDArray[np.generic]]
Weights = Mapping[str, npt.NDArray[np.float32]]

_OPSET, _IR_VERSION = 17, 10
_PAIR_NUMBERS = 12
_LEVELS = 127
_MARGIN = 1.1
"""Factor on the observed ranges up to which values are not clipped."""
_EPSILON, _EPSILON_OF_INPUT = 1e-12, 1e-5


class Range(NamedTuple):
    """Least and greatest number that is multiplied with a matrix."""

    low: float
    high: float


def observed_ranges(weights: Weights, heads: int, samples: Sequence[Inputs]) -> dict[str, Range]:
    """Ranges, by the name of the matrix, over the inputs of some pairs, in 32 bits."""
    plain = _Float32()
    model = build(weights, heads, plain)
    for name in plain.inputs.values():
        model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), session_options())
    found: dict[str, Range] = {}
    for sample in samples:
        values = dict(zip([one.name for one in session.get_outputs()], session.run(None, sample), strict=True))
        for matrix, name in plain.inputs.items():
            low, high = float(values[name].min()), float(values[name].max())
            before = found.get(matrix, Range(low, high))
            found[matrix] = Range(min(low, before.low), max(high, before.high))
    return found


def quantised(weights: Weights, heads: int, ranges: Mapping[str, Range]) -> onnx.ModelProto:
    """The network in 8 bits."""
    return build(weights, heads, _Static8(ranges))


def exact(weights: Weights, heads: int) -> onnx.ModelProto:
    """The network in 32 bits: the reference."""
    return build(weights, heads, _Float32())


class _Float32:
    def __init__(self) -> None:
        self.inputs: dict[str, str] = {}
        """What is multiplied with each matrix."""

    def linear(self, g: Graph, x: str, name: str, matrix: npt.NDArray[np.float32], bias: str = "") -> str:
        """`x @ matrix + bias`."""
        self.inputs[name] = x
        product = g.node("MatMul", x, g.weight(name, matrix))
        return g.node("Add", product, bias) if bias else product


class _Static8(_Float32):
    def __init__(self, ranges: Mapping[str, Range]) -> None:
        super().__init__()
        self._ranges = ranges

    def linear(self, g: Graph, x: str, name: str, matrix: npt.NDArray[np.float32], bias: str = "") -> str:
        seen = self._ranges[name]
        low, high = _MARGIN * min(seen.low, 0), _MARGIN * max(seen.high, 0)
        step = (high - low) / 255
        scales = (np.abs(matrix).max(axis=0) / _LEVELS).astype(np.float32)
        data = g.weight(name, np.rint(matrix / scales).astype(np.int8))
        each = g.weight(f"{name}.step", np.array(step, np.float32))
        zero = g.weight(f"{name}.zero", np.array(round(-low / step), np.uint8))
        codes = g.node("QuantizeLinear", x, each, zero)
        rest = ("", bias) if bias else ()
        return g.fused("MatMulIntegerToFloat", codes, data, each, g.weight(f"{name}.scales", scales), zero, *rest)


def build(weights: Weights, heads: int, arithmetic: _Float32) -> onnx.ModelProto:
    """The graph of a student's weights, named as in its `state_dict`."""
    g = Graph()
    width = len(weights["first"])
    bias, sides, positions = weights["input.bias"], weights["sides"], weights["positions"]
    table = np.concatenate([weights["first"][None], *(bias + side + positions for side in sides)])
    # In 32 bits: rounding to 8 would change the log odds by more here than in both layers, and saves next to nothing.
    read = g.node("MatMul", "tokens", g.weight("input", weights["input.weight"].T))
    x = g.node("Add", read, g.node("Gather", g.weight("places_table", table), "places"))
    x = _normalised(g, weights, "norm", x, _EPSILON_OF_INPUT)
    g.weight("thirds", np.full(3, width, np.int64))
    for layer in range(sum(name.endswith("projections.weight") for name in weights)):
        x = _layer(g, weights, heads, arithmetic, f"layers.{layer}", x)
    pooled = g.node("Reshape", g.node("MatMul", "weights", x), g.weight("flat", np.array([0, 3 * width], np.int64)))
    of_pair = _gemm(g, weights, "pair", "of_pair")
    hidden = _gemm(g, weights, "head.0", g.node("Concat", pooled, of_pair, axis=1))
    _gemm(g, weights, "head.3", g.fused("Gelu", hidden), output="logits")
    return _model(g)


def _layer(g: Graph, weights: Weights, heads: int, arithmetic: _Float32, name: str, x: str) -> str:
    def linear(part: str, of: str) -> str:
        bias = g.weight(f"{name}.{part}.bias", weights[f"{name}.{part}.bias"])
        return arithmetic.linear(g, of, f"{name}.{part}", weights[f"{name}.{part}.weight"].T, bias)

    parts = g.thirds(linear("projections", x), "thirds")
    attended = g.fused("MultiHeadAttention", *parts, "", "known", num_heads=heads)
    x = _normalised(g, weights, f"{name}.norm_attention", g.node("Add", linear("output", attended), x))
    wide = g.fused("Gelu", linear("widen", x))
    return _normalised(g, weights, f"{name}.norm_output", g.node("Add", linear("narrow", wide), x))


def _normalised(g: Graph, weights: Weights, name: str, x: str, epsilon: float = _EPSILON) -> str:
    scale = [g.weight(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]
    return g.node("LayerNormalization", x, *scale, axis=-1, epsilon=epsilon)


def _gemm(g: Graph, weights: Weights, name: str, x: str, output: str = "") -> str:
    both = [g.weight(f"{name}.weight", weights[f"{name}.weight"].T), g.weight(f"{name}.bias", weights[f"{name}.bias"])]
    return g.node("Gemm", x, *both, output=output)


def _model(g: Graph) -> onnx.ModelProto:
    kinds: dict[str, tuple[int, tuple[Any, ...]]] = {
        "tokens": (TensorProto.FLOAT, ("pairs", "tokens", WIDTH + TOKEN_NUMBERS)),
        "places": (TensorProto.INT64, ("pairs", "tokens")),
        "known": (TensorProto.INT32, ("pairs", "tokens")),
        "weights": (TensorProto.FLOAT, ("pairs", 3, "tokens")),
        "of_pair": (TensorProto.FLOAT, ("pairs", _PAIR_NUMBERS)),
    }
    inputs = [helper.make_tensor_value_info(name, *kind) for name, kind in kinds.items()]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ("pairs", 4))]
    graph = helper.make_graph(g.nodes, "pair network", inputs, outputs, g.weights)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="refrain")
