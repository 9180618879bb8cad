"""Writes a BERT encoder as an ONNX graph: come here to change how the model is computed, or in which arithmetic.

The graph is written node by node, in ONNX Runtime's fused operators, instead of being traced from a running model: so
preparation needs neither torch nor a graph optimiser. The arithmetics are in `arithmetic`.

Inputs `input_ids` and `attention_mask`, int64 of shape (texts, tokens). Outputs `sentence_embedding`, float32 of shape
(texts, width), the mean over a text's tokens scaled to length 1; `token_states`, float32 of shape
(texts, tokens, width), the states after layer `states_layer`, for aligning words; and `last_states`, of the same shape,
those after the last layer, for comparing two texts.
"""

from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.contract import FloatArray
from index.embedders.preparation.q4_weights import Q4Matrix, Q4Model

_OPSET: Final = 17
_IR_VERSION: Final = 10
_CONTRIB: Final = "com.microsoft"


class Arithmetic(Protocol):
    """Arithmetic of the graph's embedding lookups and matrix products: the only place where precision is traded for
    speed."""

    def lookup(self, graph: "Graph", ids: str, name: str, table: Q4Matrix) -> str:
        """Rows of `table`."""

    def linear(self, graph: "Graph", x: str, name: str, weights: Q4Matrix) -> str:
        """`x @ weights.float32().T`."""


class Graph:
    """Collects nodes and weights, and hands out the names that connect them."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, array: npt.NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def tensor(self, name: str, kind: int, shape: tuple[int, ...], raw: bytes) -> str:
        """A weight of a type that numpy does not have."""
        self.weights.append(helper.make_tensor(name, kind, shape, raw, raw=True))
        return name

    def node(self, operator: str, *inputs: str, output: str = "", domain: str = "", **attributes: Any) -> str:
        name = output or f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def fused(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """An operator that only ONNX Runtime knows."""
        return self.node(operator, *inputs, domain=_CONTRIB, **attributes)

    def thirds(self, x: str, sizes: str) -> list[str]:
        """`x` cut into three along its last axis."""
        names = [f"{x}_{part}" for part in range(3)]
        self.nodes.append(helper.make_node("Split", [x, sizes], names, name=f"{x}_split", axis=-1))
        return names


def build_graph(model: Q4Model, arithmetic: Arithmetic, states_layer: int) -> onnx.ModelProto:
    """The whole encoder, pooling included. `states_layer` counts from 1."""
    g = Graph()
    x = _embeddings(g, model, arithmetic)
    mask = g.node("Cast", "attention_mask", to=TensorProto.INT32)
    g.weight("thirds", np.full(3, model.width, np.int64))
    for layer in range(1, model.layers + 1):
        x = _layer(g, model, arithmetic, f"l{layer - 1}", x, mask)
        if layer == states_layer:
            g.node("Identity", x, output="token_states")
    g.node("Identity", x, output="last_states")
    weights = g.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    row = g.node("Unsqueeze", weights, g.weight("axis_1", np.array([1], np.int64)))
    total = g.node("Squeeze", g.node("MatMul", row, x), "axis_1")
    g.node("LpNormalization", total, axis=-1, p=2, output="sentence_embedding")
    return _model(g, model.width)


def _embeddings(g: Graph, model: Q4Model, arithmetic: Arithmetic) -> str:
    words = arithmetic.lookup(g, "input_ids", "words", model.matrices["emb.word"])
    places = g.weight("places", model.vectors["emb.pos"] + model.vectors["emb.type"][0])
    length = g.node("Slice", g.node("Shape", "input_ids"), *(g.weight(f"n{n}", np.array([n])) for n in (1, 2)))
    x = g.node("Add", words, g.node("Slice", places, g.weight("n0", np.array([0])), length))
    scale = [g.weight(f"emb.ln.{part}", model.vectors[f"emb.ln.{part}"]) for part in "wb"]
    return g.node("LayerNormalization", x, *scale, axis=-1, epsilon=model.epsilon)


def _layer(g: Graph, model: Q4Model, arithmetic: Arithmetic, name: str, x: str, mask: str) -> str:
    m, v = model.matrices, model.vectors

    def add_and_norm(x: str, skip: str, norm: str, bias: FloatArray) -> str:
        scale = [g.weight(f"{name}.{norm}.{part}", v[f"{name}.{norm}.{part}"]) for part in "wb"]
        # Three operators: the fused `SkipLayerNormalization` takes three times as long on a processor.
        added = g.node("Add", g.node("Add", x, g.weight(f"{name}.{norm}.bias", bias)), skip)
        return g.node("LayerNormalization", added, *scale, axis=-1, epsilon=model.epsilon)

    joined = Q4Matrix.stacked([m[f"{name}.{part}.w"] for part in "qkv"])
    qkv = arithmetic.linear(g, x, f"{name}.qkv", joined)
    bias = g.weight(f"{name}.qkv.bias", np.concatenate([v[f"{name}.{part}.b"] for part in "qkv"]))
    seen = g.fused("MultiHeadAttention", *g.thirds(qkv, "thirds"), bias, mask, num_heads=model.heads)
    out = arithmetic.linear(g, seen, f"{name}.ao", m[f"{name}.ao.w"])
    x = add_and_norm(out, x, "aln", v[f"{name}.ao.b"])
    inner = arithmetic.linear(g, x, f"{name}.fi", m[f"{name}.fi.w"])
    inner = g.fused("BiasGelu", inner, g.weight(f"{name}.fi.bias", v[f"{name}.fi.b"]))
    out = arithmetic.linear(g, inner, f"{name}.fo", m[f"{name}.fo.w"])
    return add_and_norm(out, x, "oln", v[f"{name}.fo.b"])


def _model(g: Graph, width: int) -> onnx.ModelProto:
    tokens = ("texts", "tokens")
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, tokens) for n in ("input_ids", "attention_mask")]
    outputs = [
        helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ("texts", width)),
        helper.make_tensor_value_info("token_states", TensorProto.FLOAT, (*tokens, width)),
        helper.make_tensor_value_info("last_states", TensorProto.FLOAT, (*tokens, width)),
    ]
    graph = helper.make_graph(g.nodes, "encoder", inputs, outputs, g.weights)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="refrain")
