"""The network of the pair model as it is exported: the same log odds as those of the student."""

import sys
from pathlib import Path

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).parents[3] / "bench"))
from pair_network.export import export
from pair_network.student import Student

from index.pairs.network import PairNetwork
from index.pairs.pair_states import LEAST_RARITY, WIDTH, PairStates, restored


def states(tokens, seed):
    """Of a text of so many tokens, drawn by lot."""
    drawn = np.random.default_rng(seed)
    codes = drawn.integers(1, 16, (tokens, WIDTH // 2)) | drawn.integers(1, 16, (tokens, WIDTH // 2)) << 4
    rarities = drawn.uniform(0.2, 14, tokens).astype(np.float32)
    return PairStates(codes.astype(np.uint8), rarities, np.zeros(tokens, np.uint8), tokens, 9.0, 0)


PAIRS = [(states(3 + seed % 20, seed), states(1 + seed % 33, 1_000 + seed)) for seed in range(60)]


@pytest.fixture(scope="module")
def student():
    torch.manual_seed(0)
    return Student().eval()


@torch.no_grad()
def log_odds(student, one, other):
    given = [restored(one.codes), restored(other.codes)]
    given += [np.maximum(side.rarities, LEAST_RARITY) for side in (one, other)]
    logits = student(*(torch.from_numpy(array)[None] for array in given))
    return float(logits[0, -1] - torch.logsumexp(logits[0, :-1], 0))


def test_what_is_exported_computes_what_the_student_does(student, tmp_path):
    by_rounding = export(student, tmp_path / "network.onnx", PAIRS)
    network = PairNetwork(tmp_path / "network.onnx")
    found = np.array([network.log_odds(one, [other])[0] for one, other in PAIRS])
    expected = np.array([log_odds(student, one, other) for one, other in PAIRS])
    assert np.ptp(expected) > 20 * by_rounding
    np.testing.assert_allclose(found, expected, atol=10 * by_rounding)
    assert np.abs(found - expected).mean() == pytest.approx(by_rounding, rel=0.05)
