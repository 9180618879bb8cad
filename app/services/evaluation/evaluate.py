"""Evaluation: ranks every query of a labelled folder against its corpus, and computes quality metrics.

Definitions. A precedent is *right* when the folder's qrels give it the highest grade that occurs in them. A query is
*answerable* when it has a right precedent. Ranking figures are means over answerable queries; `flag_precision` is over
all flagged queries, first appearances included, and a flag is right when any match at or above the flag cut-off is;
`flag_recall` is the share of answerable queries with a right flag; `false_flag_rate` the share of the others that are
flagged; `expected_calibration_error` compares each query's top score with whether that match is right, in ten bins of
equal count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.checks.checks import Check, CheckRequest, Match
from app.domain.checks.scoring import Tier
from app.services.checks.check_statements import CheckStatements
from app.services.evaluation.mix import FlagShares
from app.services.evaluation.statistics import calibration_error

_AT_ONCE = 128
_DEPTH = 50
_RESAMPLES = 1_000

METRICS = (
    "map_at_5",
    "mrr_at_10",
    "success_at_5",
    "precision_at_1",
    "flag_precision",
    "flag_recall",
    "false_flag_rate",
    "expected_calibration_error",
)


@dataclass(frozen=True, slots=True)
class Query:
    """A labelled query: grades by external id of the corpus, and the case that it is one wording of."""

    request: CheckRequest
    language: str
    case: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class QueryScore:
    """Scores of one query's answer against its labels. None: not applicable to this query."""

    language: str
    case: str
    map_at_5: float | None
    mrr_at_10: float | None
    success_at_5: float | None
    precision_at_1: float | None
    flagged: bool
    flag_right: bool
    answerable: bool
    top_score: float | None
    top_right: bool


def score_queries(
    check_statements: CheckStatements,
    queries: Sequence[Query],
    progress: Callable[[int], None] = lambda _: None,
) -> list[QueryScore]:
    """The scores of the queries' answers, in order."""
    right_grade = max((grade for query in queries for grade in query.grades.values()), default=1)
    scores: list[QueryScore] = []
    for start in range(0, len(queries), _AT_ONCE):
        batch = queries[start : start + _AT_ONCE]
        checks = check_statements([query.request for query in batch])
        scores += [_score_query(query, check, right_grade) for query, check in zip(batch, checks, strict=True)]
        progress(len(batch))
    return scores


def report(scores: Sequence[QueryScore]) -> dict[str, object]:
    """The figures over all queries and by language, each with a 95 % interval from resampling cases."""
    by_language: dict[str, list[QueryScore]] = defaultdict(list)
    for answer in scores:
        by_language[answer.language].append(answer)
    return {
        "all": _report(scores),
        "by_language": {language: _report(answers) for language, answers in sorted(by_language.items())},
    }


def flag_shares(scores: Sequence[QueryScore]) -> list[FlagShares]:
    """Of each case with answerable queries, the shares of them that are flagged rightly and wrongly."""
    by_case: dict[str, list[QueryScore]] = defaultdict(list)
    for answer in scores:
        if answer.answerable:
            by_case[answer.case].append(answer)
    return [
        FlagShares(
            sum(answer.flag_right for answer in answers) / len(answers),
            sum(answer.flagged and not answer.flag_right for answer in answers) / len(answers),
        )
        for answers in by_case.values()
    ]


def related(scores: Sequence[QueryScore]) -> tuple[int, int]:
    """Number of queries without a right precedent, and how many of them are flagged."""
    without = [answer for answer in scores if not answer.answerable]
    return len(without), sum(answer.flagged for answer in without)


def flags_with(check: Check, match: Match) -> bool:
    """True if the match is at or above the flag cut-off, close enough in tier, and not contradicted."""
    close = match.tier is not None and match.tier.rank <= Tier.SAME_SCRIPT.rank
    return match.score >= check.model.flag_at and close and match.relation == "repeats"


def request_of(text: str, **fields: object) -> CheckRequest:
    """A request that ranks every candidate and stores nothing."""
    return CheckRequest(text=text, limit=_DEPTH, minimum_tier="any", record=False, **fields)  # type: ignore[arg-type]


def _score_query(query: Query, check: Check, right_grade: int) -> QueryScore:
    right_ids = {name for name, grade in query.grades.items() if grade >= right_grade}
    hits = [match.precedent.external_id in right_ids for match in check.matches]
    flagging = [hit for hit, match in zip(hits, check.matches, strict=True) if flags_with(check, match)]
    answerable = bool(right_ids)
    precisions = [sum(hits[: rank + 1]) / (rank + 1) for rank in range(min(5, len(hits))) if hits[rank]]
    first = next((rank for rank, hit in enumerate(hits[:10], start=1) if hit), None)
    return QueryScore(
        language=query.language,
        case=query.case,
        map_at_5=sum(precisions) / min(5, len(right_ids)) if answerable else None,
        mrr_at_10=(1 / first if first else 0.0) if answerable else None,
        success_at_5=float(any(hits[:5])) if answerable else None,
        precision_at_1=float(any(hits[:1])) if answerable else None,
        flagged=check.flagged,
        flag_right=check.flagged and any(flagging),
        answerable=answerable,
        top_score=check.matches[0].score if check.matches else None,
        top_right=any(hits[:1]),
    )


def _report(scores: Sequence[QueryScore]) -> dict[str, object]:
    figures = _figures(scores)
    by_case: dict[str, list[QueryScore]] = defaultdict(list)
    for answer in scores:
        by_case[answer.case].append(answer)
    cases = list(by_case.values())
    generator = np.random.default_rng(7)
    samples: dict[str, list[float]] = {name: [] for name in METRICS}
    for _ in range(_RESAMPLES if len(cases) > 1 else 0):
        drawn = [answer for number in generator.integers(len(cases), size=len(cases)) for answer in cases[number]]
        for name, value in _figures(drawn).items():
            if value is not None:
                samples[name].append(value)
    intervals = {
        name: [float(bound) for bound in np.percentile(values, [2.5, 97.5])] if values else None
        for name, values in samples.items()
    }
    return {
        "queries": len(scores),
        "answerable": sum(answer.answerable for answer in scores),
        **figures,
        "ci": intervals,
    }


def _figures(scores: Sequence[QueryScore]) -> dict[str, float | None]:
    answerable = [answer for answer in scores if answer.answerable]
    flagged = [answer for answer in scores if answer.flagged]
    return {
        "map_at_5": _mean(answer.map_at_5 or 0.0 for answer in answerable),
        "mrr_at_10": _mean(answer.mrr_at_10 or 0.0 for answer in answerable),
        "success_at_5": _mean(answer.success_at_5 or 0.0 for answer in answerable),
        "precision_at_1": _mean(answer.precision_at_1 or 0.0 for answer in answerable),
        "flag_precision": _mean(float(answer.flag_right) for answer in flagged),
        "flag_recall": _mean(float(answer.flag_right) for answer in answerable),
        "false_flag_rate": _mean(float(answer.flagged) for answer in scores if not answer.answerable),
        "expected_calibration_error": _calibration_error(scores),
    }


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return sum(known) / len(known) if known else None


def _calibration_error(scores: Sequence[QueryScore]) -> float | None:
    known = [(answer.top_score, answer.top_right) for answer in scores if answer.top_score is not None]
    return calibration_error([right for _, right in known], [score for score, _ in known])
