"""The student as ONNX in 8 bits, as `index.pairs.network.PairNetwork` reads it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from index.pairs.network import log_odds_of, network_inputs, session_options
from index.pairs.pair_states import PairStates

from .graph import exact, observed_ranges, quantised
from .student import Student


def export(student: Student, file: Path, pairs: Sequence[tuple[PairStates, PairStates]]) -> float:
    """Writes the network to `file`, with the ranges of its activations over these pairs; some hundred do.

    Returns by how much 8 bits change the log odds of the pairs, on the mean.
    """
    weights = {name: value.detach().cpu().float().numpy() for name, value in student.state_dict().items()}
    heads = student.heads
    samples = [network_inputs(one, [other], len(other.codes)) for one, other in pairs]
    model = quantised(weights, heads, observed_ranges(weights, heads, samples))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(model.SerializeToString())
    odds = []
    for one in (model, exact(weights, heads)):
        session = onnxruntime.InferenceSession(one.SerializeToString(), session_options())
        odds.append(np.concatenate([log_odds_of(session.run(["logits"], sample)[0]) for sample in samples]))
    return float(np.abs(odds[0] - odds[1]).mean())
