"""Fits a policy to labelled rankings: what each signal is worth, how sure a ranking makes us, and where to cut off.

Evidence is fitted by how it orders the candidates of one query (conditional logit), so that neither the number nor the
level of a set's candidates matters. Probabilities are fitted afterwards by logistic regression, with the aspects of the
whole ranking beside the evidence. Cut-offs are read off rankings that the fit has not seen.
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
"""Signals that differ between the candidates of a query; all but `across` can only speak for a candidate."""

FLAG_PRECISION: Final = 0.85
"""The share of flags that is to be right, in every source."""
SAME_SCRIPT: Final = 0.5
"""More likely than not."""
SUGGEST: Final = 0.25
"""Target precision of suggestions: one in four is worth an analyst's glance."""
_FAINTEST: Final = 0.02
"""The share of right flags that are fainter than what may be called the same script."""
_FOLDS: Final = 5
_RIDGE: Final = 1e-3
_TOLD_APART: Final = 10
"""Candidates of a ranking that probabilities are fitted to; the first counts most."""


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
    groups = sorted({one.group for source in sources.values() for one in source})
    fold_of = {group: at % _FOLDS for at, group in enumerate(groups)}
    scored: dict[str, list[tuple[list[float], Ranking]]] = {name: [] for name in sources}
    for fold in range(_FOLDS):
        held = {group for group, of in fold_of.items() if of == fold}
        policy = _fit(blank, _rankings_of_groups(sources, set(groups) - held), signals)
        for name, source in _rankings_of_groups(sources, held).items():
            scored[name] += [(policy.scores(one.signals, one.narratives), one) for one in source if not one.made]
    return {**scored}


def _fit(blank: ScoringModel, sources: Mapping[str, Source], signals: Sequence[str]) -> ScoringModel:
    weights = fit_weights(list(sources.values()), signals)
    ranked = replace(blank, weights=weights)
    filed = [[one for one in source if any(one.narratives)] for source in sources.values()]
    unfiled = [[one.without_labels() for one in source] for source in sources.values()]
    without = fit_calibration(ranked, unfiled, [name for name in get_args(Aspect) if name != "label_agreement"])
    if not any(filed):
        return replace(ranked, labelled=without, unlabelled=without)
    return replace(ranked, labelled=fit_calibration(ranked, filed, list(get_args(Aspect))), unlabelled=without)


def fit_weights(sources: Sequence[Source], signals: Sequence[str]) -> dict[str, float]:
    """Weight of each feature, by maximum likelihood of a relevant candidate being the first of its ranking."""
    tables = [
        [_table(one.signals, signals) for one in source if any(one.right) and not all(one.right)] for source in sources
    ]
    rights = [
        [np.array(one.right, bool) for one in source if any(one.right) and not all(one.right)] for source in sources
    ]
    if not any(tables):
        raise ValueError("no query has a right candidate among the found ones: there is nothing to fit")
    spread = np.concatenate([table - table.mean(0) for some in tables for table in some]).std(0) + 1e-9

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for some, right_of in zip(tables, rights, strict=True):
            for table, right in zip(some, right_of, strict=True):
                odds = (table / spread) @ weights
                every, good = logsumexp(odds), logsumexp(odds[right])
                pull = np.exp(odds - every)
                pull[right] -= np.exp(odds[right] - good)
                total += (every - good) / len(some)
                slope = slope + (pull @ (table / spread)) / len(some)
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
        for one in source:
            if not one.signals:
                continue
            evidence = [policy.rank_score(signals) for signals in one.signals]
            _, whole = policy.ranking_features(evidence, one.narratives)
            for place, at in enumerate(sorted(range(len(evidence)), key=lambda at: -evidence[at])[:_TOLD_APART]):
                known: Mapping[Aspect, float] = {
                    **whole,
                    "rank_score": evidence[at],
                    "inverse_length": one.signals[at]["brevity"],
                }
                rows.append([known[name] for name in aspects])
                right.append(one.right[at])
                counts.append(1 / (1 + place) / len(source))
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
    """The lowest score at which flags are right as often as they are to be, in every source; 1 where there is none."""
    for cut in np.arange(SAME_SCRIPT, 1, 0.01):
        shares = [share for some in sources if (share := flag_precision(some, cut)) is not None]
        if shares and min(shares) >= FLAG_PRECISION:
            return round(float(cut), 2)
    return 1.0


def _min_rank_score(policy: ScoringModel, sources: Mapping[str, Source], flag_at: float) -> float | None:
    """Rank score that nearly all correctly flagged, labelled first candidates reach; None without any."""
    known: list[float] = []
    for one in (one for source in sources.values() for one in source if any(one.narratives)):
        scores = policy.scores(one.signals, one.narratives)
        best = max(range(len(scores)), key=scores.__getitem__)
        if one.right[best] and scores[best] >= flag_at:
            known.append(policy.rank_score(one.signals[best]))
    return round(float(np.quantile(known, _FAINTEST)), 1) if known else None


def flag_precision(scored: Scored, cut: float) -> float | None:
    """The share of flagged queries with a right candidate at or above the cut-off; None where none is flagged."""
    flags = [
        any(right for score, right in zip(scores, one.right, strict=True) if score >= cut)
        for scores, one in scored
        if any(score >= cut for score in scores)
    ]
    return sum(flags) / len(flags) if flags else None


def _table(candidates: Sequence[Signals], names: Sequence[str]) -> Array:
    return np.array([[signals[name] for name in names] for signals in candidates], np.float64)


def _rankings_of_groups(sources: Mapping[str, Source], groups: Collection[str]) -> dict[str, Source]:
    return {name: [one for one in source if one.group in groups] for name, source in sources.items()}
