"""Cross-encoder over the stored token states of two texts: a small transformer that reads both at once.

It was distilled from a cross-encoder of twelve layers (`bench/README.md` says how, and on what). It sees word order and
context, which sums of late interaction (`index.pairs.features`) do not.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime

from index.contract import FloatArray
from index.pairs.pair_states import PairStates, restored

_LEAST_RARITY: Final = 0.5
"""Of a token; 0 is padding."""


class PairNetwork:
    """The network in an ONNX file. Safe to call from several threads; computes on the caller's thread alone."""

    def __init__(self, file: Path) -> None:
        """Opening takes some milliseconds. Raises an exception of ONNX Runtime for a file that is no such network."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def log_odds(self, statement: PairStates, candidates: Sequence[PairStates]) -> FloatArray:
        """For each candidate the log odds that it conveys the statement's message: shape (len(candidates),).

        -inf where one of the texts has no token. Each pair is computed alone: in 8 bits the activations of a batch
        share one scale, so that log odds would differ by up to .07 with the other candidates. On pairs of unlike
        lengths it is also faster than a padded batch.
        """
        found = np.full(len(candidates), -np.inf, np.float32)
        if not len(statement.codes):
            return found
        own, own_rarities = restored(statement.codes)[None], _rarities(statement)[None]
        for at, candidate in enumerate(candidates):
            if len(candidate.codes):
                [logits] = self._session.run(
                    None,
                    {
                        "statement": own,
                        "candidates": restored(candidate.codes)[None],
                        "statement_rarities": own_rarities,
                        "candidate_rarities": _rarities(candidate)[None],
                    },
                )
                [found[at]] = _log_odds(logits)
        return found


def _rarities(states: PairStates) -> FloatArray:
    rarities: FloatArray = np.maximum(states.rarities, _LEAST_RARITY).astype(np.float32)
    return rarities


def _log_odds(logits: FloatArray) -> FloatArray:
    """Log odds of the same message against the other classes (opposite, unrelated, same storyline); shape (n, 4)."""
    others = logits[:, :-1]
    highest = others.max(axis=1)
    odds: FloatArray = logits[:, -1] - highest - np.log(np.exp(others - highest[:, None]).sum(axis=1))
    return odds
