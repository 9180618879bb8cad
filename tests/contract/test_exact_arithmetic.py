"""The graph that is written for ONNX Runtime computes what the original model does; a file of its own saves memory."""

from pathlib import Path

import numpy as np

from index.embedders.normalized import NormalizingEmbedder
from index.embedders.onnx_runtime import OnnxEmbedder
from index.embedders.preparation.arithmetic import Blocks4, Float32
from index.embedders.preparation.packed_weights import weights_file
from index.embedders.preparation.prepare import write_model
from index.embedders.preparation.q4_weights import read_q4_model
from index.embedders.preparation.tokenizer_file import build_tokenizer
from index.embedders.preparation.verification import TEXTS, long_text

SAME_WEIGHTS = 0.9999
"""Cosine that the ONNX graph in 32-bit arithmetic and sentence-transformers must reach on every text."""


class Exact(Float32):
    """Multiplies 32-bit numbers, and reads those of words from the 4-bit blocks that they are kept in.

    The same numbers: a quarter of a million words in 32 bits make a graph that takes 1.7 GB of memory to write.
    """

    lookup = Blocks4.lookup


def test_graph_in_exact_arithmetic_agrees_with_sentence_transformers(
    transformer: NormalizingEmbedder, tmp_path: Path
) -> None:
    model = read_q4_model(weights_file())
    write_model(model, build_tokenizer(model), Exact(), tmp_path, "fp32", "by this test")
    texts = [*TEXTS, long_text(), " ".join([long_text()] * 4), "六罐氯气被运到了镇上，发言人说。" * 60]
    exact = OnnxEmbedder(tmp_path)
    vectors = exact.embed(texts)
    exact.close()
    assert np.sum(vectors * transformer.inner.embed(texts), axis=1).min() > SAME_WEIGHTS
