"""Scoring model: weights that rank candidates, calibration to a probability, tiers, and the cut-off for flags. Every
figure comes out of `refrain calibrate`."""

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

_TOP_CANDIDATES = 5
"""Number of candidates whose mean score and labels describe a ranking."""

Aspect = Literal["rank_score", "top_mean", "label_agreement", "inverse_length"]
"""Feature of the calibration. `rank_score` is the candidate's own; the others are those of the whole ranking:
`top_mean`, the mean rank score of the best five; `label_agreement`, the share of them under a narrative of the
best; `inverse_length`, the feature of that name."""

Signals = Mapping[str, float]


class Tier(StrEnum):
    """Tier of similarity between two statements."""

    NEAR_VERBATIM = "near_verbatim"
    SAME_SCRIPT = "same_script"
    SAME_TOPIC = "same_topic"

    @property
    def rank(self) -> int:
        """Rank of a tier, 0 for the closest."""
        return _RANKS[self]


_RANKS = {tier: rank for rank, tier in enumerate(Tier)}


def tier_of_aligned(tier: Tier | None, *, conflicting: bool) -> Tier | None:
    """Tier of two texts once they are aligned: those in conflict, in a number at least, are not near verbatim."""
    return Tier.SAME_SCRIPT if tier is Tier.NEAR_VERBATIM and conflicting else tier


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibration of a rank score to a probability: the log odds are `bias` and the weighted aspects."""

    bias: float
    weights: Mapping[Aspect, float]

    def __post_init__(self) -> None:
        if self.weights.get("rank_score", 0) <= 0:
            raise ValueError("a higher rank score has to make a candidate more probable")

    def probability(self, aspects: Mapping[Aspect, float]) -> float:
        """Calibrated probability, between 0 and 1."""
        odds = self.bias + sum(weight * aspects[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@dataclass(frozen=True, slots=True)
class ScoringModel:
    """Scoring model: weights, calibration and cut-offs, with the name of the embedder that it was fitted with."""

    version: str
    embedder: str
    """Name of the embedder that the figures belong to; `*` where nothing was measured."""
    weights: Mapping[str, float]
    """Weight of each feature: the weighted sum ranks the candidates."""
    labelled: Calibration
    """For rankings whose best candidate has a narrative."""
    unlabelled: Calibration
    """For the others."""
    suggest_at: float
    flag_at: float
    same_script_at: float
    verbatim_wording: float
    """Texts of one language whose letters are at least so alike are near verbatim."""
    verbatim_dense: float
    """Cosine from which texts of any two languages are near verbatim."""
    min_rank_score: float | None = None
    """Least rank score of the tier `same_script`: in a small archive of few scripts the neighbours of anything at all
    are often of one script, and agree. None: the probability is enough."""
    measured: Mapping[str, Any] = field(default_factory=dict)
    """Provenance of the figures: command, data sets, results."""

    def __post_init__(self) -> None:
        if not 0 <= self.suggest_at <= self.same_script_at <= self.flag_at <= 1:
            raise ValueError(f"policy {self.version}: its cut-offs are not in order")

    @property
    def uses_terms(self) -> bool:
        """True if term features have a weight, so that candidates' terms must be loaded."""
        return any(name in self.weights for name in ("lexical", "names", "numbers"))

    def scores(self, candidates: Sequence[Signals], narratives: Sequence[AbstractSet[int]]) -> list[float]:
        """Probabilities, one for each candidate, that an analyst would file it and the statement under the same
        script.

        `narratives`: keys of each candidate's narratives. Candidates keep the order of their rank scores.
        """
        if not candidates:
            return []
        rank_scores = [self.rank_score(signals) for signals in candidates]
        is_labelled, ranking_aspects = self.ranking_features(rank_scores, narratives)
        calibration = self.labelled if is_labelled else self.unlabelled
        return [
            calibration.probability(
                {**ranking_aspects, "rank_score": own, "inverse_length": signals.get("brevity", 0.0)}
            )
            for own, signals in zip(rank_scores, candidates, strict=True)
        ]

    def rank_score(self, signals: Signals) -> float:
        """The weighed sum of a candidate's signals."""
        return sum(weight * signals[name] for name, weight in self.weights.items())

    @staticmethod
    def ranking_features(
        rank_scores: Sequence[float], narratives: Sequence[AbstractSet[int]]
    ) -> tuple[bool, dict[Aspect, float]]:
        """Features of a ranking: whether its best candidate is labelled with a narrative, and the aspects that all its
        candidates share."""
        order = sorted(range(len(rank_scores)), key=lambda index: -rank_scores[index])
        best, top = order[0], order[:_TOP_CANDIDATES]
        return bool(narratives[best]), {
            "top_mean": sum(rank_scores[index] for index in top) / len(top),
            "label_agreement": sum(bool(narratives[index] & narratives[best]) for index in top) / len(top),
        }

    def tier(self, score: float, signals: Signals) -> Tier | None:
        """Tier of a candidate; None below the suggest cut-off.

        `near_verbatim`: the same but for edits, by letters within a language or by meaning in any. `same_script`: at
        least as probable as `same_script_at`, and at least `min_rank_score`. `same_topic`: worth suggesting, and
        no more.
        """
        if score < self.suggest_at:
            return None
        if signals.get("wording", 0.0) >= self.verbatim_wording or signals["dense"] >= self.verbatim_dense:
            return Tier.NEAR_VERBATIM
        below_least = self.min_rank_score is not None and self.rank_score(signals) < self.min_rank_score
        return Tier.SAME_SCRIPT if score >= self.same_script_at and not below_least else Tier.SAME_TOPIC
