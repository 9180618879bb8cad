"""How often a script has come back: the dates of its instances, and the sentence that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from app.domain.dates import Period, days_between

_SAID = {"denial": "Denies what was said", "question": "Asks about what was said"}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The dated instances before a check, in order of time. `gaps_days` lies between neighbours: count - 1 of them."""

    count: int
    first_said_at: Period | None
    last_said_at: Period | None
    gaps_days: tuple[int, ...]
    days_since_last: int | None


def recurrence_of(periods: Iterable[Period], before: Period) -> Recurrence:
    """Recurrence of the instances that lie before the period of the check."""
    past = sorted((period for period in periods if period.begins < before.begins), key=lambda p: (p.begins, p.ends))
    if not past:
        return Recurrence(0, None, None, (), None)
    gaps = tuple(max(0, days_between(one, other)) for one, other in pairwise(past))
    return Recurrence(len(past), past[0], past[-1], gaps, max(0, days_between(past[-1], before)))


def summary_of(recurrence: Recurrence, close: int, stance: str) -> str:
    """One sentence for a reader in a hurry; `close` is how many precedents were close enough to suggest.

    What a denial or a question is about was said before by others: the sentence says so.
    """
    first, last, days = recurrence.first_said_at, recurrence.last_said_at, recurrence.days_since_last
    if first is None or last is None or days is None:
        others = "none is" if close == 0 else "1 statement is" if close == 1 else f"{close} statements are"
        return f"No earlier statement is known to follow the same script; {others} close to it."
    ago = "" if days == 0 else f", {days:,} day{'' if days == 1 else 's'} earlier"
    said = _SAID.get(stance, "Said")
    if recurrence.count == 1:
        return f"{said} at least once before: {last.in_words()}{ago}."
    return f"{said} at least {recurrence.count} times before: first {first.in_words()}, last {last.in_words()}{ago}."
