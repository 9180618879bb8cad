"""Precision of flags for a stated mix: of the statements that arrive, a share repeats something, the rest nothing.

A labelled set holds mostly statements that do repeat something, so that the precision measured on it is not the one of
use. With a share s of repeats, of which r are flagged rightly and w wrongly, and f of the others flagged:
precision = s r / (s (r + w) + (1 - s) f).

Statements about the archive's own subjects that repeat nothing either are flagged more often than others. How many of
them arrive depends on the archive, so they are no part of the mix: their precision is given as a lower bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from app.services.evaluation.statistics import wilson_interval

REPEAT_SHARE: Final = 0.1
"""Share of the statements that arrive that repeat something, where nobody says otherwise: one in ten."""
_DRAWS: Final = 10_000


class FlagShares(NamedTuple):
    """Of one case, the shares of its statements that are flagged rightly, and flagged wrongly."""

    right: float
    wrong: float


@dataclass(frozen=True, slots=True)
class Mix:
    """Measurements of both parts: a case of repeats each, and the texts that repeat nothing."""

    repeat_share: float
    repeats: Sequence[FlagShares]
    new_texts: int
    new_texts_flagged: int
    related: int = 0
    """Statements of the labelled set that repeat nothing: about the archive's own subjects."""
    related_flagged: int = 0

    def precision(self) -> float | None:
        """Precision of flags in the mix; None where nothing is flagged or nothing was measured."""
        if not self.repeats or not self.new_texts:
            return None
        right, wrong = np.mean(self.repeats, axis=0).tolist()
        return _precision(self.repeat_share, right, wrong, self.new_texts_flagged / self.new_texts)

    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of `precision`: draws from the posteriors of both parts (Jeffreys), a case one observation.

        So it stays wide where no false flag was seen among few texts. It reaches to `precision` itself.
        """
        measured = self.precision()
        if measured is None:
            return None
        generator = np.random.default_rng(7)
        right, wrong = np.sum(self.repeats, axis=0).tolist()
        rest = max(len(self.repeats) - right - wrong, 0.0)
        drawn = generator.dirichlet([right + 0.5, wrong + 0.5, rest + 0.5], _DRAWS)
        false = generator.beta(self.new_texts_flagged + 0.5, self.new_texts - self.new_texts_flagged + 0.5, size=_DRAWS)
        good = self.repeat_share * drawn[:, 0]
        bad = self.repeat_share * drawn[:, 1] + (1 - self.repeat_share) * false
        low, high = np.percentile(good / (good + bad), [2.5, 97.5]).tolist()
        return min(low, measured), max(high, measured)

    def report(self) -> dict[str, object]:
        """The figures, shares between 0 and 1."""
        right, wrong = np.mean(self.repeats, axis=0).tolist() if self.repeats else (None, None)
        return {
            "repeat_share": self.repeat_share,
            "cases": len(self.repeats),
            "flag_recall": right,
            "wrong_flags_of_repeats": wrong,
            "false_flag_rate": self.new_texts_flagged / self.new_texts if self.new_texts else None,
            "false_flag_rate_ci": wilson_interval(self.new_texts_flagged, self.new_texts),
            "precision": self.precision(),
            "precision_ci": self.interval(),
            "related": self._related(),
        }

    def _related(self) -> dict[str, object] | None:
        """The rate of statements about the archive's subjects, and the precision if all that is new were like them."""
        if not self.related:
            return None
        return {
            "statements": self.related,
            "flagged": self.related_flagged,
            "false_flag_rate": self.related_flagged / self.related,
            "precision_if_all_are": replace(
                self, new_texts=self.related, new_texts_flagged=self.related_flagged
            ).precision(),
        }


def _precision(share: float, right: float, wrong: float, false: float) -> float | None:
    flags = share * (right + wrong) + (1 - share) * false
    return share * right / flags if flags else None
