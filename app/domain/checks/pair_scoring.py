"""Scoring of candidates one by one: each by the probability that it conveys the message of the statement in hand."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from app.domain.checks.scoring import ScoringModel, Signals, Tier

PAIR: Final = "pair"
"""The signal that holds the probability of the model of pairs."""


class Scoring(Protocol):
    """Scoring of candidates and its cut-offs: by the whole ranking (`ScoringModel`), or by pairs (`PairScoring`)."""

    @property
    def version(self) -> str: ...
    @property
    def suggest_at(self) -> float: ...
    @property
    def same_script_at(self) -> float: ...
    @property
    def flag_at(self) -> float: ...
    @property
    def verbatim_wording(self) -> float: ...
    @property
    def verbatim_dense(self) -> float: ...
    @property
    def measured(self) -> Mapping[str, Any]: ...

    def scores(self, candidates: Sequence[Signals], narratives: Sequence[AbstractSet[int]]) -> list[float]:
        """The score of each candidate, 0 to 1; `narratives`: the keys of those that each is filed under."""

    def tier(self, score: float, signals: Signals) -> Tier | None:
        """Tier of a candidate, its similarity in words; None below the suggest cut-off."""


@dataclass(frozen=True, slots=True)
class PairScoring:
    """Cut-offs on the signal `pair`, which depends on the two statements alone and not on what else is found."""

    version: str
    suggest_at: float
    same_script_at: float
    flag_at: float
    verbatim_wording: float
    """Texts of one language whose letters are at least so alike are near verbatim."""
    verbatim_dense: float
    """So are texts of any language at least so close in meaning."""
    measured: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.suggest_at <= self.same_script_at <= self.flag_at <= 1:
            raise ValueError(f"pair scoring {self.version}: its cut-offs are not in order")

    def scores(self, candidates: Sequence[Signals], narratives: Sequence[AbstractSet[int]]) -> list[float]:  # noqa: ARG002
        """The probability of each candidate; narratives do not count."""
        return [signals[PAIR] for signals in candidates]

    def tier(self, score: float, signals: Signals) -> Tier | None:
        """Tier of a candidate, its similarity in words; None below the suggest cut-off."""
        if score < self.suggest_at:
            return None
        if signals.get("wording", 0.0) >= self.verbatim_wording or signals["dense"] >= self.verbatim_dense:
            return Tier.NEAR_VERBATIM
        return Tier.SAME_SCRIPT if score >= self.same_script_at else Tier.SAME_TOPIC


def pair_scoring(
    version: str,
    cut_offs: tuple[float, float, float],
    retrieval: ScoringModel,
    measured: Mapping[str, Any],
) -> PairScoring:
    """Scoring with these cut-offs (suggest, same script, flag), and with `retrieval`'s idea of what is verbatim."""
    return PairScoring(version, *cut_offs, retrieval.verbatim_wording, retrieval.verbatim_dense, measured)
