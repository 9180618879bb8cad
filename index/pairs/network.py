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
from index.pairs.pair_states import WIDTH, PairStates, restored

_PAIRS_AT_ONCE: Final = 16
"""Pairs of like length that are computed together, padded to the longest."""
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

        -inf where one of the texts has no token.
        """
        found = np.full(len(candidates), -np.inf, np.float32)
        if not len(statement.codes):
            return found
        lengths = np.array([len(candidate.codes) for candidate in candidates], np.int64)
        order = np.argsort(lengths, kind="stable")
        order = order[lengths[order] > 0]
        own, own_rarities = restored(statement.codes)[None], _rarities(statement)[None]
        for begin in range(0, len(order), _PAIRS_AT_ONCE):
            batch = order[begin : begin + _PAIRS_AT_ONCE]
            states = np.zeros((len(batch), int(lengths[batch[-1]]), WIDTH), np.float32)
            rarities = np.zeros(states.shape[:2], np.float32)
            for row, at in enumerate(batch.tolist()):
                states[row, : lengths[at]] = restored(candidates[at].codes)
                rarities[row, : lengths[at]] = _rarities(candidates[at])
            [logits] = self._session.run(
                None,
                {
                    "statement": np.repeat(own, len(batch), axis=0),
                    "candidates": states,
                    "statement_rarities": np.repeat(own_rarities, len(batch), axis=0),
                    "candidate_rarities": rarities,
                },
            )
            found[batch] = _log_odds(logits)
        return found


def _rarities(states: PairStates) -> FloatArray:
    rarities: FloatArray = np.maximum(states.rarities, _LEAST_RARITY).astype(np.float32)
    return rarities


def _log_odds(logits: FloatArray) -> FloatArray:
    """Of the last class (the same message) against the others: opposite, unrelated, same storyline; shape (n, 4)."""
    others = logits[:, :-1]
    highest = others.max(axis=1)
    odds: FloatArray = logits[:, -1] - highest - np.log(np.exp(others - highest[:, None]).sum(axis=1))
    return odds
