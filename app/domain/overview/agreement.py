"""Agreement between analysts: matches that two or more judged, the share on which they agree, Krippendorff's alpha."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.checks.reviews import Decision

ENOUGH: Final = 20
"""Matches judged by two or more analysts from which on alpha is given: with fewer, one decision moves it by tenths."""

Unit = tuple[int, int | None]
"""What is judged: the key of the check, and that of the match; None: all matches of the check together."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Decision of an analyst on a match of a check; `match` is None for one on all of its matches."""

    check: int
    match: int | None
    by: str
    verdict: Decision


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement between analysts.

    `judged`: units with the decisions of two or more analysts; `agreed`: those on which all of them agree; `alpha`:
    Krippendorff's for nominal data, from 1 (perfect) over 0 (as by chance), None where too few were judged or all
    decisions are the same; `disputed`: keys of the checks with a unit on which they differ, the latest first.
    """

    judged: int = 0
    agreed: int = 0
    alpha: float | None = None
    disputed: tuple[int, ...] = ()

    @property
    def share(self) -> float | None:
        """Share of the units on which all agree, from 0 to 1."""
        return self.agreed / self.judged if self.judged else None

    @property
    def enough(self) -> bool:
        return self.judged >= ENOUGH


def agreement_of(judgements: Iterable[Judgement]) -> Agreement:
    """Agreement in judgements that were not taken back, the oldest first: the last word of each analyst counts."""
    units = [(unit, list(by.values())) for unit, by in _units(judgements).items() if len(by) > 1]
    differing = {check: None for (check, _), verdicts in reversed(units) if len(set(verdicts)) > 1}
    agreed = sum(len(set(verdicts)) == 1 for _, verdicts in units)
    alpha = krippendorff_alpha([verdicts for _, verdicts in units]) if len(units) >= ENOUGH else None
    return Agreement(len(units), agreed, alpha, tuple(differing))


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal data: 1 - observed / expected disagreement over pairs of values within units.

    `units`: the values that each unit was given; those with fewer than two count for nothing. None where all values are
    the same, as there is nothing to disagree on.
    """
    pairable = [Counter(values) for values in units if len(values) > 1]
    totals = sum(pairable, Counter[str]())
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    if not expected:
        return None
    observed = sum(
        (values.total() ** 2 - sum(count * count for count in values.values())) / (values.total() - 1)
        for values in pairable
    )
    return 1 - (n - 1) * observed / expected


def _units(judgements: Iterable[Judgement]) -> Mapping[Unit, Mapping[str, Decision]]:
    """Decision of each analyst on each unit. A word on all matches of a check is one on each that anybody judged by
    itself; where nobody did, the check is the unit."""
    of_check: dict[int, list[Judgement]] = {}
    for judgement in judgements:
        of_check.setdefault(judgement.check, []).append(judgement)
    units: dict[Unit, dict[str, Decision]] = {}
    for check, made in of_check.items():
        judged = dict.fromkeys(judgement.match for judgement in made if judgement.match is not None)
        matches: list[int | None] = [*judged] or [None]
        for judgement in made:
            for match in matches if judgement.match is None else (judgement.match,):
                units.setdefault((check, match), {})[judgement.by] = judgement.verdict
    return units
