"""The student as ONNX with weights of 8 bits, as `index.pairs.network.PairNetwork` reads it."""

import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from index.pairs.pair_states import WIDTH

from .student import Student

_INPUTS = ("statement", "candidates", "statement_rarities", "candidate_rarities")
_OPSET = 17


def export(student: Student, file: Path) -> float:
    """Writes the network to `file`. Returns by how much its log odds differ from the student's on the mean, over pairs
    drawn by lot."""
    student = student.cpu().eval()
    given = sample_inputs(np.random.default_rng(0), 3, 7, 9)
    axes = {name: {0: "pairs", 1: f"tokens_{name.split('_')[0].rstrip('s')}"} for name in _INPUTS}
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "network.onnx"
        torch.onnx.export(
            student,
            tuple(torch.from_numpy(array) for array in given),
            str(plain),
            input_names=list(_INPUTS),
            output_names=["logits"],
            dynamic_axes={**axes, "logits": {0: "pairs"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            plain, file, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"]
        )
    return _difference(student, file)


def sample_inputs(drawn: np.random.Generator, pairs: int, ours: int, theirs: int) -> tuple[np.ndarray, ...]:
    """States and rarities drawn by lot, in the order of the network's inputs."""
    states = [drawn.normal(size=(pairs, tokens, WIDTH)).astype(np.float32) for tokens in (ours, theirs)]
    states = [array / np.linalg.norm(array, axis=2, keepdims=True) for array in states]
    rarities = [drawn.uniform(1, 12, (pairs, tokens)).astype(np.float32) for tokens in (ours, theirs)]
    return (*states, *rarities)


@torch.no_grad()
def _difference(student: Student, file: Path) -> float:
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    given = sample_inputs(np.random.default_rng(1), 100, 20, 25)
    [quantised] = session.run(None, dict(zip(_INPUTS, given, strict=True)))
    exact = student(*(torch.from_numpy(array) for array in given))
    odds = [logits[:, -1] - torch.logsumexp(logits[:, :-1], 1) for logits in (exact, torch.from_numpy(quantised))]
    return float((odds[0] - odds[1]).abs().mean())
