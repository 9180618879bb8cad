"""Evaluation on judged pairs: are scores and flags about the message of the two statements.

Precedents are in one archive, with other statements beside them where wanted; each statement is checked there as a user
checks it. A precedent that is not among the first candidates counts with the score 0. A pair is flagged when its check
is and its match reaches the flag cut-off.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from app.domain.checks.checks import Check, CheckRequest
from app.services.checks.check_statements import CheckStatements
from app.services.evaluation.evaluate import flags_with
from app.services.evaluation.mix import FlagShares
from app.services.evaluation.statistics import area_under_curve, calibration_error, wilson_interval

SAME: Final = 2
OPPOSITE: Final = -1
_AT_ONCE: Final = 50
_DEPTH: Final = 50
_RESAMPLES: Final = 1_000


class Pair(Protocol):
    """A statement, a precedent, and what readers say of them; `label` None: they do not agree."""

    @property
    def statement(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def precedent(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A judged pair as it was scored. `found`: among the first candidates; `flagged`: by `flag_at` and stance."""

    pair: Pair
    score: float
    flagged: bool
    found: bool

    @property
    def same(self) -> bool:
        return self.pair.label == SAME


def score_pairs(
    check_statements: CheckStatements,
    pairs: Sequence[Pair],
    canonical: Callable[[str], str | None],
    progress: Callable[[int], None] = lambda _: None,
) -> list[ScoredPair]:
    """Scores of pairs whose readers agree, in order; their precedents are in the archive. `canonical`: of languages."""
    wanted: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.label is not None:
            wanted[pair.statement, pair.language].append(pair)
    statements = list(wanted)
    scored: dict[int, ScoredPair] = {}
    for start in range(0, len(statements), _AT_ONCE):
        batch = statements[start : start + _AT_ONCE]
        checks = check_statements(
            [
                CheckRequest(
                    text,
                    language=canonical(language),
                    earlier_only=False,
                    limit=_DEPTH,
                    minimum_tier="any",
                    record=False,
                )
                for text, language in batch
            ]
        )
        for statement, check in zip(batch, checks, strict=True):
            for pair in wanted[statement]:
                scored[id(pair)] = _scored(pair, check)
                progress(1)
    return [scored[id(pair)] for pair in pairs if pair.label is not None]


def _scored(pair: Pair, check: Check) -> ScoredPair:
    match = next((one for one in check.matches if one.precedent.text == pair.precedent), None)
    if match is None:
        return ScoredPair(pair, 0.0, flagged=False, found=False)
    return ScoredPair(pair, match.score, flagged=check.flagged and flags_with(check, match), found=True)


def report(scored: Sequence[ScoredPair]) -> dict[str, object]:
    """The figures over all pairs and by kind."""
    kinds = sorted({one.pair.kind for one in scored})
    return {
        **_figures(scored),
        "by_kind": {kind: _figures([one for one in scored if one.pair.kind == kind]) for kind in kinds},
    }


def flag_shares(scored: Sequence[ScoredPair], at: float | None = None) -> list[FlagShares]:
    """Of each statement with a precedent of the same message: is it flagged rightly, or wrongly alone.

    `at`: with this cut-off instead of the one in force.
    """
    of_statement: dict[str, list[ScoredPair]] = defaultdict(list)
    for one in scored:
        of_statement[one.pair.statement].append(one)
    shares = []
    for pairs in of_statement.values():
        if any(one.same for one in pairs):
            flags = [one for one in pairs if (one.flagged if at is None else one.score >= at)]
            right = any(one.same for one in flags)
            shares.append(FlagShares(float(right), float(bool(flags) and not right)))
    return shares


def related(scored: Sequence[ScoredPair], at: float | None = None) -> tuple[int, int]:
    """Number of statements none of whose precedents has the same message, and how many of them are flagged."""
    of_statement: dict[str, list[ScoredPair]] = defaultdict(list)
    for one in scored:
        of_statement[one.pair.statement].append(one)
    without = [pairs for pairs in of_statement.values() if not any(one.same for one in pairs)]
    flagged = [any(one.flagged if at is None else one.score >= at for one in pairs) for pairs in without]
    return len(without), sum(flagged)


def _figures(scored: Sequence[ScoredPair]) -> dict[str, object]:
    same = np.array([one.same for one in scored], bool)
    scores = np.array([one.score for one in scored], float)
    flagged = np.array([one.flagged for one in scored], bool)
    found = np.array([one.found for one in scored], bool)
    opposite = np.array([one.pair.label == OPPOSITE for one in scored], bool)
    right, flags, repeats = int((flagged & same).sum()), int(flagged.sum()), int(same.sum())
    return {
        "pairs": len(scored),
        "same_message": repeats,
        "not_found": int((~found).sum()),
        "same_message_not_found": int((same & ~found).sum()),
        "auc": area_under_curve(same, scores),
        "auc_ci": _auc_interval(scored),
        "auc_of_found": area_under_curve(same[found], scores[found]),
        "calibration_error": calibration_error(same, scores),
        "flagged": flags,
        "flag_precision": right / flags if flags else None,
        "flag_precision_ci": wilson_interval(right, flags),
        "flag_recall": right / repeats if repeats else None,
        "flag_recall_ci": wilson_interval(right, repeats),
        "opposites": int(opposite.sum()),
        "opposites_flagged": int((opposite & flagged).sum()),
    }


def _auc_interval(scored: Sequence[ScoredPair]) -> list[float] | None:
    """Confidence interval of the AUC, by resampling statements, whose pairs are not independent."""
    of_statement: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(scored):
        of_statement[one.pair.statement].append(at)
    groups = [np.array(rows) for rows in of_statement.values()]
    if len(groups) < 2:
        return None
    same = np.array([one.same for one in scored], bool)
    scores = np.array([one.score for one in scored], float)
    generator = np.random.default_rng(7)
    areas = []
    for _ in range(_RESAMPLES):
        rows = np.concatenate([groups[at] for at in generator.integers(len(groups), size=len(groups))])
        area = area_under_curve(same[rows], scores[rows])
        if area is not None:
            areas.append(area)
    return [float(bound) for bound in np.percentile(areas, [2.5, 97.5])] if areas else None
