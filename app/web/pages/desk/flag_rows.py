"""View model of a flag in a list: the facts for the decision to open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.checks.checks import Check, Match
from app.domain.checks.scoring import Tier
from app.domain.desk.flag_groups import Article, FlagGroup
from app.domain.desk.flags import Flag, best_score, closest_tier, repeated_matches, shown_narratives
from app.domain.explanations.role_spans import Role
from app.domain.statements.statements import NarrativeRef
from app.web.pages.checks.recurrence_plot import RecurrencePlot, recurrence_plot

_SHOWN: Final = 320
_MOST_CHANGES: Final = 3
_LONGEST_CHANGE: Final = 40
_SPARK: Final = 64
_INFORMATIVE_ROLES: Final[Sequence[Role]] = ("quantity", "place", "means", "time", "target", "victims")
"""Roles whose replacement is informative without its sentence, the most informative first."""


@dataclass(frozen=True, slots=True)
class FlagRow:
    """Row of the list of flags."""

    flag: Flag
    text: str
    """The beginning of the statement."""
    tier: Tier | None
    score: float
    best: Match | None
    changes: Sequence[tuple[str, str]]
    """Pairs of replaced and new words, of spans that are informative by themselves."""
    plot: RecurrencePlot | None
    narratives: Sequence[NarrativeRef]
    chosen: str
    """What the form of the list sends for the row: ids and versions of its flags."""
    number: int
    """Number of the row's flags."""
    article: Article | None

    @property
    def check(self) -> Check:
        return self.flag.check

    @classmethod
    def of(cls, flag: Flag, group: FlagGroup) -> "FlagRow":
        check = flag.check
        best = next(iter(repeated_matches(check)), None)
        return cls(
            flag=flag,
            text=shortened(check.text, _SHOWN),
            tier=closest_tier(check),
            score=best_score(check),
            best=best,
            changes=_informative_replacements(best) if best else (),
            plot=recurrence_plot(check, _SPARK),
            narratives=shown_narratives(check),
            chosen=",".join(f"{member.id}:{member.version}" for member in group.members),
            number=len(group.members),
            article=group.article,
        )


def shortened(text: str, most: int) -> str:
    """A text, cut at a blank where it has more than so many characters."""
    if len(text) <= most:
        return text
    head = text[:most]
    return (head.rsplit(maxsplit=1)[0] if " " in head else head) + " …"


def _informative_replacements(match: Match) -> list[tuple[str, str]]:
    informative = sorted(
        (span for span in match.changed if span.role in _INFORMATIVE_ROLES),
        key=lambda span: _INFORMATIVE_ROLES.index(span.role),
    )
    return [
        (shortened(span.precedent.exact, _LONGEST_CHANGE), shortened(span.statement.exact, _LONGEST_CHANGE))
        for span in informative[:_MOST_CHANGES]
    ]
