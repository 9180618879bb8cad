"""Choice of the flag cut-off of the pair model: on judged pairs, and on texts that repeat nothing, for a stated mix.

The cut-off is the lowest one at which, and above which, two precisions are reached: of the flagged judged pairs, which
are drawn from what search finds and so are hard; and of flags in the mix (`app.services.evaluation.mix`). Stance is
left out: it only takes flags away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.services.evaluation.judged_pairs import OPPOSITE, ScoredPair, flag_shares, related
from app.services.evaluation.mix import Mix
from app.services.evaluation.statistics import wilson_interval

_STEPS: Final = tuple(round(float(cut), 2) for cut in np.arange(0.0, 1.0, 0.01))
_LEAST_FLAGS: Final = 20
"""Flagged pairs that a cut-off needs: a precision of fewer says nothing."""
_FOLDS: Final = 5


class NoCutOff(Exception):
    """No cut-off reaches the wanted precision on enough pairs."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Data to choose a cut-off on: judged pairs with scores, and the best score of each text that repeats nothing."""

    pairs: Sequence[ScoredPair]
    new_texts: Sequence[float]
    repeat_share: float

    def figures(self, at: float) -> dict[str, object]:
        """Counts, precision and recall of the flags at this cut-off."""
        flagged = [one for one in self.pairs if one.score >= at]
        right = sum(one.same for one in flagged)
        repeats = sum(one.same for one in self.pairs)
        return {
            "pairs": len(self.pairs),
            "flagged": len(flagged),
            "flag_precision": right / len(flagged) if flagged else None,
            "flag_precision_ci": wilson_interval(right, len(flagged)),
            "flag_recall": right / repeats if repeats else None,
            "opposites_flagged": sum(one.pair.label == OPPOSITE for one in flagged),
            **self._mix(at).report(),
        }

    def reaches(self, at: float, precision: float) -> bool:
        """True if both precisions are reached at this cut-off."""
        flagged = [one.same for one in self.pairs if one.score >= at]
        in_mix = self._mix(at).precision()
        return sum(flagged) >= precision * len(flagged) and in_mix is not None and in_mix >= precision

    def flags(self, at: float) -> int:
        """Number of judged pairs at or above a cut-off."""
        return sum(one.score >= at for one in self.pairs)

    def _mix(self, at: float) -> Mix:
        false = sum(score >= at for score in self.new_texts)
        return Mix(self.repeat_share, flag_shares(self.pairs, at), len(self.new_texts), false, *related(self.pairs, at))


def choose_flag_cut_off(evidence: Evidence, precision: float, least: float) -> float:
    """The cut-off, at least `least`. Raises `NoCutOff`."""
    chosen = None
    for cut in reversed([step for step in _STEPS if step >= least]):
        if evidence.flags(cut) < _LEAST_FLAGS:
            continue
        if not evidence.reaches(cut, precision):
            break
        chosen = cut
    if chosen is None:
        raise NoCutOff(f"no cut-off reaches a precision of {precision:g} on {_LEAST_FLAGS} flagged pairs or more")
    return chosen


def held_out_figures(evidence: Evidence, precision: float, least: float, fresh: Sequence[float]) -> dict[str, object]:
    """Figures of the choice on held-out data: pairs by fold of their statements, and new texts `fresh`.

    Pairs count as flagged by the cut-off that was chosen without their fold; a fold without one flags nothing.
    """
    statements = sorted({one.pair.statement for one in evidence.pairs})
    fold_of = {statement: number % _FOLDS for number, statement in enumerate(statements)}
    shifted: list[ScoredPair] = []
    cuts = []
    for fold in range(_FOLDS):
        kept = [one for one in evidence.pairs if fold_of[one.pair.statement] != fold]
        try:
            cut = choose_flag_cut_off(Evidence(kept, evidence.new_texts, evidence.repeat_share), precision, least)
        except NoCutOff:
            cut = 1.01
        cuts.append(cut)
        shifted += [
            ScoredPair(one.pair, float(one.score >= cut), flagged=False, found=one.found)
            for one in evidence.pairs
            if fold_of[one.pair.statement] == fold
        ]
    highest = max(cuts)
    false = [float(score >= min(cuts)) for score in fresh]
    measured = Evidence(shifted, false, evidence.repeat_share).figures(1.0)
    return {**measured, "cut_offs": [min(cuts), highest]}
