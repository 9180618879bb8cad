"""A flag as a list shows it, in the few words that tell whether to open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.flags import Flag, best_score, closest_tier
from app.domain.matches import Check, Match
from app.domain.policy import Tier
from app.web.pages.recurrence_plot import RecurrencePlot, recurrence_plot

_SHOWN: Final = 320
_MOST_CHANGES: Final = 2
_LONGEST_CHANGE: Final = 40
_SPARK: Final = 88
_TELLING: Final = ("place", "quantity", "time", "means", "actor", "accused", "target", "victims", "act", "motive")
"""Roles by how much a change of them tells."""


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One line of the list."""

    flag: Flag
    text: str
    """The beginning of the statement."""
    tier: Tier | None
    score: float
    best: Match | None
    changes: Sequence[tuple[str, str]]
    """What was said then, and what is said now."""
    plot: RecurrencePlot | None

    @property
    def check(self) -> Check:
        return self.flag.check

    @classmethod
    def of(cls, flag: Flag) -> "FlagRow":
        check = flag.check
        best = check.matches[0] if check.matches else None
        return cls(
            flag=flag,
            text=shortened(check.text, _SHOWN),
            tier=closest_tier(check),
            score=best_score(check),
            best=best,
            changes=_changes(best) if best else (),
            plot=recurrence_plot(check, _SPARK),
        )


def shortened(text: str, most: int) -> str:
    """A text, cut at a blank where it has more than so many characters."""
    if len(text) <= most:
        return text
    head = text[:most]
    return (head.rsplit(maxsplit=1)[0] if " " in head else head) + " …"


def _changes(match: Match) -> list[tuple[str, str]]:
    by_role = sorted(match.changed, key=lambda one: _TELLING.index(one.role) if one.role in _TELLING else len(_TELLING))
    told = [(one.precedent.exact, one.statement.exact) for one in by_role]
    short = [pair for pair in told if all(len(words) <= _LONGEST_CHANGE for words in pair)]
    return (short or [(shortened(then, _LONGEST_CHANGE), shortened(now, _LONGEST_CHANGE)) for then, now in told])[
        :_MOST_CHANGES
    ]
