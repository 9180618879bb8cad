"""Fitting of a scoring model to labelled rankings: weights, calibrations and cut-offs.

Evidence is fitted by how it orders the candidates of one query (conditional logit), so that neither the number nor the
level of a set's candidates matters. Probabilities are fitted afterwards by logistic regression, with the aspects of the
whole ranking beside the rank score. Cut-offs are read off rankings that the fit has not seen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from app.domain.checks.scoring import Aspect, Calibration, ScoringModel, Signals

Array = npt.NDArray[np.float64]

RANKED_BY: Final = ("dense", "themes", "lexical", "names", "numbers", "across")
"""Features that differ between the candidates of a query; all but `across` have weights of at least 0."""

FLAG_PRECISION: Final = 0.85
"""Required precision of flags, in every source."""
SAME_SCRIPT: Final = 0.5
"""Probability of the tier `same_script`."""
SUGGEST: Final = 0.25
"""Target precision of suggestions: one in four is worth an analyst's glance."""
_RANK_SCORE_QUANTILE: Final = 0.02
"""Quantile of the rank scores of correct flags that is the least rank score of `same_script`."""
_FOLDS: Final = 5
_RIDGE: Final = 1e-3
_FITTED_CANDIDATES: Final = 10
"""Number of candidates of a ranking that probabilities are fitted to; the first has the highest weight."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Training example: the candidates of a query with features, narratives and relevance. `group`: unit of
    cross-validation.

    `made`: derived from another query; it is learned from, and no figure is taken of it.
    """

    group: str
    signals: Sequence[Signals]
    narratives: Sequence[frozenset[int]]
    right: Sequence[bool]
    answerable: bool
    made: bool = False

    def without_labels(self) -> "Ranking":
        """Copy of the ranking as if the archive had no narratives."""
        return replace(self, narratives=[frozenset()] * len(self.narratives))


Scored = Sequence[tuple[list[float], Ranking]]
"""Rankings with the scores of their candidates."""

Source = Sequence[Ranking]
"""Rankings of one labelled folder. Sources weigh the same, however many rankings each has."""


def fit(blank: ScoringModel, sources: Mapping[str, Source], signals: Sequence[str] = RANKED_BY) -> ScoringModel:
    """`blank` with weights, calibrations and cut-offs fitted. Raises `ValueError` where no relevant candidate is
    ranked."""
    fitted = _fit(blank, sources, signals)
    flag_at = _flag_cut_off(list(held_out(blank, sources, signals).values()))
    least = _min_rank_score(fitted, sources, flag_at)
    return replace(fitted, suggest_at=SUGGEST, same_script_at=SAME_SCRIPT, flag_at=flag_at, min_rank_score=least)


def held_out(
    blank: ScoringModel, sources: Mapping[str, Source], signals: Sequence[str] = RANKED_BY
) -> dict[str, Scored]:
    """Out-of-fold scores of every ranking that is not synthetic, from a model fitted without its group."""
    groups = sorted({ranking.group for source in sources.values() for ranking in source})
    fold_of = {group: number % _FOLDS for number, group in enumerate(groups)}
    scored: dict[str, list[tuple[list[float], Ranking]]] = {name: [] for name in sources}
    for fold in range(_FOLDS):
        held = {group for group, of in fold_of.items() if of == fold}
        policy = _fit(blank, _rankings_of_groups(sources, set(groups) - held), signals)
        for name, source in _rankings_of_groups(sources, held).items():
            scored[name] += [
                (policy.scores(ranking.signals, ranking.narratives), ranking) for ranking in source if not ranking.made
            ]
    return {**scored}


def _fit(blank: ScoringModel, sources: Mapping[str, Source], signals: Sequence[str]) -> ScoringModel:
    weights = fit_weights(list(sources.values()), signals)
    ranked = replace(blank, weights=weights)
    labelled = [[ranking for ranking in source if any(ranking.narratives)] for source in sources.values()]
    unlabelled = [[ranking.without_labels() for ranking in source] for source in sources.values()]
    without = fit_calibration(ranked, unlabelled, [name for name in get_args(Aspect) if name != "label_agreement"])
    if not any(labelled):
        return replace(ranked, labelled=without, unlabelled=without)
    return replace(ranked, labelled=fit_calibration(ranked, labelled, list(get_args(Aspect))), unlabelled=without)


def fit_weights(sources: Sequence[Source], signals: Sequence[str]) -> dict[str, float]:
    """Weight of each feature, by maximum likelihood of a relevant candidate being the first of its ranking."""
    tables = [
        [_table(ranking.signals, signals) for ranking in source if any(ranking.right) and not all(ranking.right)]
        for source in sources
    ]
    rights = [
        [np.array(ranking.right, bool) for ranking in source if any(ranking.right) and not all(ranking.right)]
        for source in sources
    ]
    if not any(tables):
        raise ValueError("no query has a right candidate among the found ones: there is nothing to fit")
    spread = (
        np.concatenate([table - table.mean(0) for source_tables in tables for table in source_tables]).std(0) + 1e-9
    )

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for source_tables, right_of in zip(tables, rights, strict=True):
            for table, right in zip(source_tables, right_of, strict=True):
                odds = (table / spread) @ weights
                every, good = logsumexp(odds), logsumexp(odds[right])
                pull = np.exp(odds - every)
                pull[right] -= np.exp(odds[right] - good)
                total += (every - good) / len(source_tables)
                slope = slope + (pull @ (table / spread)) / len(source_tables)
        return total, slope

    bounds = [(None, None) if name == "across" else (0, None) for name in signals]
    found = minimize(loss, np.ones(len(signals)), jac=True, method="L-BFGS-B", bounds=bounds)
    return {name: float(weight) for name, weight in zip(signals, found.x / spread, strict=True) if weight}


def fit_calibration(policy: ScoringModel, sources: Sequence[Source], aspects: Sequence[Aspect]) -> Calibration:
    """Logistic regression of relevance on a candidate's rank score and its ranking's aspects."""
    rows: list[list[float]] = []
    right: list[bool] = []
    counts: list[float] = []
    for source in sources:
        for ranking in source:
            if not ranking.signals:
                continue
            rank_scores = [policy.rank_score(signals) for signals in ranking.signals]
            _, ranking_aspects = policy.ranking_features(rank_scores, ranking.narratives)
            for rank, index in enumerate(
                sorted(range(len(rank_scores)), key=lambda index: -rank_scores[index])[:_FITTED_CANDIDATES]
            ):
                known: Mapping[Aspect, float] = {
                    **ranking_aspects,
                    "rank_score": rank_scores[index],
                    "inverse_length": ranking.signals[index]["brevity"],
                }
                rows.append([known[name] for name in aspects])
                right.append(ranking.right[index])
                counts.append(1 / (1 + rank) / len(source))
    table, labels, weights = np.array(rows), np.array(right, float), np.array(counts)
    middle, spread = table.mean(0), table.std(0) + 1e-9
    table = (table - middle) / spread
    weights *= len(labels) / weights.sum()

    def loss(parameters: Array) -> tuple[float, Array]:
        odds = parameters[0] + table @ parameters[1:]
        wrong = weights * (expit(odds) - labels)
        cost = float(weights @ (np.logaddexp(0, odds) - labels * odds)) + float(parameters[1:] @ parameters[1:])
        return cost, np.concatenate([[wrong.sum()], wrong @ table + 2 * parameters[1:]])

    bounds = [(None, None), *((1e-3, None) if name == "rank_score" else (None, None) for name in aspects)]
    found = minimize(loss, np.full(len(aspects) + 1, 0.1), jac=True, method="L-BFGS-B", bounds=bounds).x
    slopes = found[1:] / spread
    return Calibration(float(found[0] - slopes @ middle), dict(zip(aspects, map(float, slopes), strict=True)))


def _flag_cut_off(sources: Sequence[Scored]) -> float:
    """Lowest score at which flags reach the required precision in every source; 1 where there is none."""
    for cut in np.arange(SAME_SCRIPT, 1, 0.01):
        shares = [share for scored in sources if (share := flag_precision(scored, cut)) is not None]
        if shares and min(shares) >= FLAG_PRECISION:
            return round(float(cut), 2)
    return 1.0


def _min_rank_score(policy: ScoringModel, sources: Mapping[str, Source], flag_at: float) -> float | None:
    """Rank score that nearly all correctly flagged, labelled first candidates reach; None without any."""
    known: list[float] = []
    for ranking in (ranking for source in sources.values() for ranking in source if any(ranking.narratives)):
        scores = policy.scores(ranking.signals, ranking.narratives)
        best = max(range(len(scores)), key=scores.__getitem__)
        if ranking.right[best] and scores[best] >= flag_at:
            known.append(policy.rank_score(ranking.signals[best]))
    return round(float(np.quantile(known, _RANK_SCORE_QUANTILE)), 1) if known else None


def flag_precision(scored: Scored, cut: float) -> float | None:
    """The share of flagged queries with a right candidate at or above the cut-off; None where none is flagged."""
    flags = [
        any(right for score, right in zip(scores, ranking.right, strict=True) if score >= cut)
        for scores, ranking in scored
        if any(score >= cut for score in scores)
    ]
    return sum(flags) / len(flags) if flags else None


def _table(candidates: Sequence[Signals], names: Sequence[str]) -> Array:
    return np.array([[signals[name] for name in names] for signals in candidates], np.float64)


def _rankings_of_groups(sources: Mapping[str, Source], groups: Collection[str]) -> dict[str, Source]:
    return {name: [ranking for ranking in source if ranking.group in groups] for name, source in sources.items()}
