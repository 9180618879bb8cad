"""Report of an import: outcomes, rejected lines, fields that were left out, statements without a date, and what was
understood of each file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from app.domain.core.dates import is_ahead
from app.domain.statements.statements import NarrativeDraft, StatementDraft
from app.services.statements.merge_drafts import Outcome
from app.services.statements.record_statements import Recorded

MOST_REJECTED: Final = 10_000
"""Rejected lines that are kept with their reasons; more are counted."""
FUTURE_DATE: Final = "its date is in the future"
"""Reason for lines that are rejected where dates in the future are not wanted."""
_FIRST_PLACES: Final = 3
_MOST_KINDS: Final = 100


class LeftOutField(Protocol):
    """Field of a record that was left out, as the readers of `app/formats` name it."""

    @property
    def field(self) -> str: ...
    @property
    def reason(self) -> str: ...


class ReadLine(Protocol):
    """A line as the readers of `app/formats` yield it."""

    @property
    def number(self) -> int: ...
    @property
    def draft(self) -> StatementDraft | None: ...
    @property
    def narrative(self) -> NarrativeDraft | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def place(self) -> str | None: ...
    @property
    def left_out(self) -> Sequence[LeftOutField]: ...
    @property
    def skipped(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Rejected:
    """Rejected line."""

    file: str
    number: int
    reason: str
    place: str | None = None


@dataclass(slots=True)
class Counted:
    """Number of lines of one kind, and the places of the first."""

    count: int = 0
    places: list[str] = field(default_factory=list)

    def add(self, place: str) -> None:
        self.count += 1
        if len(self.places) < _FIRST_PLACES:
            self.places.append(place)


@dataclass(slots=True)
class LineCounts:
    """Counts of what was noticed in lines apart from their outcomes."""

    left_out: dict[tuple[str, str], Counted] = field(default_factory=dict)
    """Fields that were left out, by field and reason."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Records that are no statements, by kind."""
    statements: int = 0
    undated: int = 0
    """Statements without a date: they never count as earlier."""
    bounded: int = 0
    """Statements without a date of their own of which it is known by when they had been said."""

    future: Counted = field(default_factory=Counted)
    """Statements whose date has not begun anywhere."""

    def count(self, line: ReadLine, place: str, now: datetime | None = None) -> None:
        """Adds a line that was read; without `now` dates in the future are not looked for."""
        for left in line.left_out:
            kind = (left.field, left.reason)
            if kind not in self.left_out and len(self.left_out) >= _MOST_KINDS:
                kind = ("other fields", "cannot be read")
            self.left_out.setdefault(kind, Counted()).add(place)
        if line.draft:
            self.statements += 1
            if now and has_future_date(line.draft, now):
                self.future.add(place)
            if line.draft.said_at is None:
                self.bounded += line.draft.said_before is not None
                self.undated += line.draft.said_before is None
        elif line.skipped:
            self.skipped[line.skipped[:100]] += 1

    def as_json(self) -> dict[str, Any]:
        """The counts as they are stored and answered; dates in the future are named where there are any."""
        future = {"count": self.future.count, "places": list(self.future.places)}
        return {
            **({"future_dates": future} if self.future.count else {}),
            "statements": self.statements,
            "undated": self.undated,
            "bounded": self.bounded,
            "skipped": dict(self.skipped),
            "left_out": [
                {"field": name, "reason": reason, "count": counted.count, "places": list(counted.places)}
                for (name, reason), counted in self.left_out.items()
            ],
        }


def has_future_date(draft: StatementDraft, now: datetime) -> bool:
    """True if a statement is dated after now."""
    return draft.said_at is not None and is_ahead(draft.said_at, now)


def merged_counts(before: Mapping[str, Any] | None, more: Mapping[str, Any]) -> dict[str, Any]:
    """A stored report with the counts of more lines added to it."""
    report = dict(before or {})
    for name in ("statements", "undated", "bounded"):
        report[name] = report.get(name, 0) + more[name]
    if ahead := more.get("future_dates"):
        known = report.get("future_dates") or {"count": 0, "places": []}
        places = [*known["places"], *ahead["places"]][:_FIRST_PLACES]
        report["future_dates"] = {"count": known["count"] + ahead["count"], "places": places}
    report["skipped"] = dict(Counter(report.get("skipped", {})) + Counter(more["skipped"]))
    left = {(one["field"], one["reason"]): dict(one) for one in report.get("left_out", [])}
    for one in more["left_out"]:
        kind = (one["field"], one["reason"])
        if kind in left:
            places = [*left[kind]["places"], *one["places"]][:_FIRST_PLACES]
            left[kind] |= {"count": left[kind]["count"] + one["count"], "places": places}
        elif len(left) < _MOST_KINDS:
            left[kind] = dict(one)
    report["left_out"] = list(left.values())
    return report


@dataclass(slots=True)
class ImportReport:
    """Report of an import: counts of lines by outcome, the rejected lines, and what was noticed of the others."""

    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    narratives: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    rejected_count: int = 0
    lines: LineCounts = field(default_factory=LineCounts)
    id: str | None = None
    """Id of the import, by which it is undone; None for a dry run, and where none was recorded."""

    def reject(self, file: str, line: ReadLine, reason: str) -> None:
        """Adds a rejected line."""
        self.rejected_count += 1
        if len(self.rejected) < MOST_REJECTED:
            self.rejected.append(Rejected(file, line.number, reason, line.place))

    def count(self, writing: "Future[list[Recorded]] | None") -> None:
        """Adds the outcomes of lines that are being written, once they are. Raises what their writing raised."""
        for recorded in writing.result() if writing else ():
            self.outcomes[recorded.outcome] += 1

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of lines by outcome."""
        counts = {outcome.value: count for outcome, count in self.outcomes.items() if count}
        return {**counts, "rejected": self.rejected_count} if self.rejected_count else counts
