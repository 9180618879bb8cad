"""Cross-encoder over the stored token states of two texts: a small transformer that reads both at once.

It was distilled from a cross-encoder of twelve layers (`bench/README.md` says how, and on what). It sees word order and
context, which sums of late interaction (`index.pairs.features`) do not.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnxruntime

from index.contract import FloatArray
from index.pairs.late_interaction import LateInteraction, padded
from index.pairs.pair_states import LEAST_RARITY, MOST_RARITY, MOST_TOKENS, WIDTH, PairStates

COVERED: Final = (0.45, 0.65)
"""Cosines from which on a token counts as covered."""
TOKEN_NUMBERS: Final = 4
"""Numbers of a token beside its state: rarity, cosine of its best match, whether that is mutual, and the side."""

_TOKENS_APART: Final = 16
"""Candidates are padded to a multiple of this, and those of one length computed together."""


class PairNetwork:
    """The network in an ONNX file. Safe to call from several threads; computes on the caller's thread alone."""

    def __init__(self, file: Path) -> None:
        """Opening takes some milliseconds. Raises an exception of ONNX Runtime for a file that is no such network."""
        self._session = onnxruntime.InferenceSession(
            str(file),
            session_options(),
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator takes three times as long
        )

    def log_odds(self, statement: PairStates, candidates: Sequence[PairStates]) -> FloatArray:
        """For each candidate the log odds that it conveys the statement's message: shape (len(candidates),).

        -inf where one of the texts has no token. A pair gets the same log odds whatever candidates are beside it: its
        padding is a matter of its own length, and the 8 bits of its activations have scales fixed beforehand.
        """
        found = np.full(len(candidates), -np.inf, np.float32)
        if not len(statement.codes):
            return found
        of_length: dict[int, list[int]] = {}
        for at, candidate in enumerate(candidates):
            if len(candidate.codes):
                of_length.setdefault(-(-len(candidate.codes) // _TOKENS_APART) * _TOKENS_APART, []).append(at)
        for tokens, places in of_length.items():
            inputs = network_inputs(statement, [candidates[at] for at in places], tokens)
            [logits] = self._session.run(["logits"], inputs)
            found[places] = log_odds_of(logits)
        return found


def session_options() -> Any:
    """One thread, which is the caller's."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options


def network_inputs(
    statement: PairStates, candidates: Sequence[PairStates], tokens: int
) -> Mapping[str, npt.NDArray[np.generic]]:
    """Inputs of the network for a statement of a tokens and n candidates, padded to `tokens`; all have a token.

    A pair is a row of t tokens: a first one, which stands for the pair, then those of the statement and the candidate.
    `tokens`: shape (n, t, WIDTH + TOKEN_NUMBERS). `places`, (n, t): where each is in its text. `known`, (n, t): 0 for
    padding. `weights`, (n, 3, t): of the means over the first token, the statement and the candidate.
    `of_pair`: (n, 12).
    """
    both = LateInteraction.of(statement, candidates, tokens)
    n, a = len(candidates), len(both.own)
    ours = np.broadcast_to(np.maximum(statement.rarities, LEAST_RARITY), (n, a)).astype(np.float32)
    stored = padded([candidate.rarities for candidate in candidates], both.valid)
    theirs = (np.maximum(stored, LEAST_RARITY) * both.valid).astype(np.float32)
    sides = ((both.statement, ours, np.ones((n, a), np.float32)), (both.candidates, theirs, both.valid.astype("f4")))
    spans = (slice(1, 1 + a), slice(1 + a, 1 + a + tokens))

    rows = np.zeros((n, 1 + a + tokens, WIDTH + TOKEN_NUMBERS), np.float32)
    weights = np.zeros((n, 3, 1 + a + tokens), np.float32)
    known = np.ones((n, 1 + a + tokens), np.int32)
    places = np.zeros((n, 1 + a + tokens), np.int64)
    weights[:, 0, 0] = 1
    for side, (span, states, (matches, rarities, valid)) in enumerate(
        zip(spans, (both.own, both.theirs), sides, strict=True)
    ):
        rows[:, span, :WIDTH] = states * WIDTH**0.5
        rows[:, span, WIDTH] = rarities / MOST_RARITY
        rows[:, span, WIDTH + 1] = matches.cosines
        rows[:, span, WIDTH + 2] = matches.mutual
        rows[:, span, WIDTH + 3] = side
        weights[:, 1 + side, span] = rarities / rarities.sum(axis=1, keepdims=True)
        known[:, span] = valid
        places[:, span] = 1 + side * MOST_TOKENS + np.arange(span.stop - span.start)
    of_pair = [
        *(_mean(matches.cosines, rarities) for matches, rarities, _ in sides),
        *(_mean(matches.cosines, valid) for matches, _, valid in sides),
        *(_mean(matches.cosines > least, rarities) for least in COVERED for matches, rarities, _ in sides),
        *(_mean(matches.mutual, rarities) for matches, rarities, _ in sides),
        *(np.log(valid.sum(axis=1) + 1) / 5 for *_, valid in sides),
    ]
    return {
        "tokens": rows,
        "places": places,
        "known": known,
        "weights": weights,
        "of_pair": np.stack(of_pair, axis=1).astype(np.float32),
    }


def log_odds_of(logits: FloatArray) -> FloatArray:
    """Log odds of the same message against the other classes (opposite, unrelated, same storyline); shape (n, 4)."""
    others = logits[:, :-1]
    highest = others.max(axis=1)
    odds: FloatArray = logits[:, -1] - highest - np.log(np.exp(others - highest[:, None]).sum(axis=1))
    return odds


def _mean(numbers: npt.NDArray[Any], weights: FloatArray) -> FloatArray:
    mean: FloatArray = (numbers * weights).sum(axis=1) / weights.sum(axis=1)
    return mean
