"""Watches a model at work on a few texts, to learn how large the numbers inside it get."""

from collections.abc import Sequence

import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from tokenizers import Tokenizer

from index.embedders.preparation.arithmetic import Blocks4, Range
from index.embedders.preparation.bert_graph import Graph, build_graph
from index.embedders.preparation.q4_weights import Q4Matrix, Q4Model


class _Watched(Blocks4):
    """Remembers what each matrix is multiplied with."""

    def __init__(self) -> None:
        super().__init__()
        self.inputs: dict[str, str] = {}

    def linear(self, graph: Graph, x: str, name: str, weights: Q4Matrix) -> str:
        self.inputs[name] = x
        return super().linear(graph, x, name, weights)


def observed_ranges(model: Q4Model, tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, Range]:
    """Activation ranges: for every matrix by name, the range of its inputs while the model read `texts`."""
    watched = _Watched()
    proto = build_graph(model, watched, states_layer=model.layers)
    names = list(dict.fromkeys(watched.inputs.values()))
    proto.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(proto.SerializeToString(), providers=["CPUExecutionProvider"])
    seen: dict[str, list[Range]] = {name: [] for name in names}
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids], np.int64)
        for name, states in zip(
            names, session.run(names, {"input_ids": ids, "attention_mask": np.ones_like(ids)}), strict=True
        ):
            seen[name].append(Range(states[0].min(axis=0), states[0].max(axis=0)))
    ranges = {
        name: Range(np.min([r.low for r in ranges], axis=0), np.max([r.high for r in ranges], axis=0))
        for name, ranges in seen.items()
    }
    return {matrix: ranges[name] for matrix, name in watched.inputs.items()}
