"""The cut-offs: what a similarity is worth, how alike it makes two statements, and when that raises a flag."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Tier(StrEnum):
    """How alike two statements are, in words."""

    NEAR_VERBATIM = "near_verbatim"
    SAME_SCRIPT = "same_script"
    SAME_TOPIC = "same_topic"

    @property
    def rank(self) -> int:
        """0 for the most alike."""
        return _RANKS[self]


_RANKS = {tier: rank for rank, tier in enumerate(Tier)}


@dataclass(frozen=True, slots=True)
class Policy:
    """Cut-offs on the score in [0, 1], with the embedder that they were measured with."""

    version: str
    embedder: str
    """Name of the embedder that the figures belong to; `*` where nothing was measured."""
    suggest_at: float
    flag_at: float
    near_verbatim_at: float
    same_script_at: float
    same_topic_at: float
    measured: Mapping[str, Any] = field(default_factory=dict)
    """Where the cut-offs come from: set, command, figures."""

    def __post_init__(self) -> None:
        falling = (self.near_verbatim_at, self.same_script_at, self.same_topic_at)
        if not (1 >= falling[0] >= falling[1] >= falling[2] >= 0 and 0 <= self.suggest_at <= self.flag_at <= 1):
            raise ValueError(f"policy {self.version}: its cut-offs are not in order")

    def score(self, similarity: float) -> float:
        """The score of a candidate: today its cosine similarity, held to [0, 1]; not calibrated."""
        return min(1.0, max(0.0, similarity))

    def tier(self, score: float) -> Tier | None:
        """The closest tier that a score reaches, None below all of them."""
        if score >= self.near_verbatim_at:
            return Tier.NEAR_VERBATIM
        if score >= self.same_script_at:
            return Tier.SAME_SCRIPT
        return Tier.SAME_TOPIC if score >= self.same_topic_at else None
