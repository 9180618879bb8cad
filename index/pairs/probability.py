"""Pair model: the probability that a careful reader says that two texts convey the same message.

A logistic regression over `index.pairs.features`, and where that finds any likeness, a small cross-encoder
(`index.pairs.network`); a second regression weighs both (stacking). It knows nothing of the archive that a text is in.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from index.contract import FloatArray
from index.pairs.features import FEATURES, PairText, pair_features
from index.pairs.network import PairNetwork

_SHIPPED: Final = Path(__file__).with_name("model.json")
_PROJECTION: Final = Path(__file__).with_name("projection.npz")
_NETWORK: Final = Path(__file__).with_name("network.onnx")


@dataclass(frozen=True, slots=True)
class Stacking:
    """Weights of the log odds of the regression and of the network in the log odds of the score."""

    bias: float
    regression: float
    network: float
    network_at: float
    """Probability by the regression from which on the network is asked; below, the regression's is the score."""
    network_most: int
    """Candidates that the network is asked about, those most probable by the regression: it takes a millisecond each.
    What has nothing to do with a statement never takes the place of what has."""


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """Weights of the features of pairs, the projection of token states, and the cut-offs that were chosen with them."""

    version: str
    embedder: str
    """The name of the embedder whose token states these weights are for."""
    suggest_at: float
    same_script_at: float
    flag_at: float
    bias: float
    means: FloatArray
    """Shape (len(FEATURES),), as `scales` and `weights`: a feature counts (value - mean) / scale * weight."""
    scales: FloatArray
    weights: FloatArray
    state_mean: FloatArray
    """Shape (width,), of last-layer token states of texts at large."""
    state_projection: FloatArray
    """Shape (width, 128)."""
    vector_mean: FloatArray
    """Shape (dimension,), of vectors of texts at large."""
    stacking: Stacking
    network: PairNetwork
    measured: Mapping[str, Any]
    """What it was fitted on, and what came out."""

    def probabilities(self, statement: PairText, candidates: Sequence[PairText]) -> FloatArray:
        """For each candidate the probability that it conveys the statement's message: shape (len(candidates),)."""
        if not candidates:
            return np.zeros(0, np.float32)
        regression = self.regression_log_odds(pair_features(statement, candidates, self.vector_mean))
        probabilities = _probability(regression)
        likely = np.argsort(-probabilities, kind="stable")[: self.stacking.network_most]
        alike = likely[probabilities[likely] >= self.stacking.network_at]
        if len(alike):
            network = self.network.log_odds(statement.states, [candidates[at].states for at in alike.tolist()])
            probabilities[alike] = _probability(self.stacked(regression[alike], network))
        return probabilities

    def regression_log_odds(self, features: FloatArray) -> FloatArray:
        """Log odds by the regression alone, of features of shape (n, len(FEATURES)): shape (n,)."""
        odds = ((features - self.means) / self.scales) @ self.weights + self.bias
        return odds.astype(np.float32)

    def stacked(self, regression: FloatArray, network: FloatArray) -> FloatArray:
        """Log odds of the score from those of both: shape (n,)."""
        log_odds: FloatArray = (
            self.stacking.bias + self.stacking.regression * regression + self.stacking.network * network
        ).astype(np.float32)
        return log_odds

    @classmethod
    def read(cls, stored: Mapping[str, Any], arrays: Mapping[str, Any], network: PairNetwork) -> Self:
        """A model from its files. Raises `ValueError` where its features are not these."""
        listed = stored["features"]
        if tuple(listed) != FEATURES:
            raise ValueError("the model of pairs was fitted to other features")
        means, scales, weights = np.array(list(listed.values()), np.float32).T
        named = {name: stored[name] for name in ("version", "embedder", "suggest_at", "same_script_at", "flag_at")}
        return cls(
            **named,
            bias=stored["bias"],
            means=means,
            scales=scales,
            weights=weights,
            state_mean=arrays["mean"].astype(np.float32),
            state_projection=arrays["projection"].astype(np.float32),
            vector_mean=arrays["vector_mean"].astype(np.float32),
            stacking=Stacking(**stored["stacking"]),
            network=network,
            measured=stored["measured"],
        )


def shipped_pair_model(embedder: str) -> PairModel | None:
    """The model of pairs that is shipped for an embedder of this name; None where there is none."""
    model = _shipped()
    return model if model.embedder == embedder else None


@cache
def _shipped() -> PairModel:
    with np.load(_PROJECTION) as arrays:
        return PairModel.read(json.loads(_SHIPPED.read_text(encoding="utf-8")), dict(arrays), PairNetwork(_NETWORK))


def _probability(log_odds: FloatArray) -> FloatArray:
    probability: FloatArray = (1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)
    return probability
