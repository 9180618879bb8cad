"""Early warnings about narratives: each rule a function of dated sightings, which returns the evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from app.domain.checks.reviews import Actor
from app.domain.narratives.activity import PAUSE
from app.domain.statements.statements import NarrativeRef

WarningRule = Literal["back", "faster", "language", "outlet"]
WarningState = Literal["open", "acknowledged", "dismissed"]

RECENT: Final = timedelta(days=30)
"""Only what was said within this time before now warns, whenever it was recorded."""

YEAR: Final = timedelta(days=360)
"""Time before the recent days whose average of thirty days is compared with them."""

LEAST_FASTER: Final = 5
"""Least number of recent statements of a narrative that speeds up."""

FASTER: Final = 3
"""Least ratio of the recent statements to the average of thirty days in the year before."""

LEAST_EARLIER: Final = 3
"""Least number of earlier statements of a narrative that spreads."""

LEAST_OUTLETS: Final = 2
"""Least number of new outlets of a narrative that spreads to them."""

QUIET: Final = timedelta(days=30)
"""Time in which a rule does not warn of the same narrative again, but of another language."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Statements of a narrative of one day, in one language and outlet."""

    day: date
    language: str
    outlet: str | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for a rule: JSON values by name. A narrative has one warning of a rule and `subject` at most."""

    rule: WarningRule
    subject: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NarrativeWarning:
    """Early warning that was raised, with what the reader's organisation decided about it."""

    key: int
    id: str
    narrative: NarrativeRef
    evidence: Evidence
    raised_at: datetime
    state: WarningState = "open"
    decided_at: datetime | None = None
    decided_by: Actor | None = None


def warnings_of(sightings: Sequence[Sighting], today: date) -> list[Evidence]:
    """Evidence of every rule that the sightings of a narrative meet. Those after today are left out."""
    past = [one for one in sightings if one.day <= today]
    recent = [one for one in past if one.day > today - RECENT]
    earlier = [one for one in past if one.day <= today - RECENT]
    if not recent or not earlier:
        return []
    found = [back(recent, earlier), faster(recent, earlier, today), *new_languages(recent, earlier)]
    return [one for one in (*found, new_outlets(recent, earlier)) if one]


def back(recent: Sequence[Sighting], earlier: Sequence[Sighting]) -> Evidence | None:
    """Back after a pause: said in the last 30 days, after at least 180 days without a statement."""
    last, first = max(one.day for one in earlier), min(one.day for one in recent)
    if first - last < PAUSE:
        return None
    values = {"last": last.isoformat(), "first": first.isoformat(), "days": (first - last).days}
    return Evidence("back", last.isoformat(), {**values, "count": _number(recent)})


def faster(recent: Sequence[Sighting], earlier: Sequence[Sighting], today: date) -> Evidence | None:
    """Speeding up: at least 5 statements in the last 30 days, and at least 3 times as many as in 30 days of the 360
    days before, on average, in which there was at least one."""
    count = _number(recent)
    before = _number([one for one in earlier if one.day > today - RECENT - YEAR])
    usual = before * RECENT / YEAR
    if count < LEAST_FASTER or not before or count < FASTER * usual:
        return None
    return Evidence("faster", f"{today:%Y-%m}", {"count": count, "before": before, "usual": round(usual, 1)})


def new_languages(recent: Sequence[Sighting], earlier: Sequence[Sighting]) -> list[Evidence]:
    """Spreading to a new language: said in the last 30 days in a language in which none of at least 3 earlier
    statements was."""
    known = sorted({one.language for one in earlier} - {"und"})
    if _number(earlier) < LEAST_EARLIER or not known:
        return []
    found = []
    for language in sorted({one.language for one in recent} - {*known, "und"}):
        own = [one for one in recent if one.language == language]
        first = min(one.day for one in own).isoformat()
        values = {"language": language, "first": first, "count": _number(own), "known": known}
        found.append(Evidence("language", language, values))
    return found


def new_outlets(recent: Sequence[Sighting], earlier: Sequence[Sighting]) -> Evidence | None:
    """Spreading to new outlets: carried in the last 30 days by at least 2 outlets that carried none of at least 3
    earlier statements."""
    known = {one.outlet for one in earlier if one.outlet}
    new = sorted({one.outlet for one in recent if one.outlet} - known)
    if _number(earlier) < LEAST_EARLIER or not known or len(new) < LEAST_OUTLETS:
        return None
    own = [one for one in recent if one.outlet in new]
    first = min(one.day for one in own).isoformat()
    values = {"outlets": new[:20], "first": first, "count": _number(own), "new": len(new), "known": len(known)}
    return Evidence("outlet", "\n".join(new), values)


def _number(sightings: Sequence[Sighting]) -> int:
    return sum(one.count for one in sightings)
