"""Predictions of statements, and their outcomes as recorded by findings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from app.domain.core.dates import Period
from app.domain.core.text_quotes import TextQuote
from app.domain.statements.statements import Finding

StatusLabel = Literal["happened", "did_not_happen", "unknown", "disputed", "expired", "open"]
"""The first three as a finding about the statement says; `disputed`: publishers contradict each other; `expired`: its
window passed or, where that is no date, the horizon, and no outcome is recorded; `open`: neither. Nothing did not
happen merely because time passed."""


_DAY_US: Final = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Horizon:
    """Days after which a prediction lapses whose words give no date, counted from the end of the day of the
    statement."""

    days: int = 90

    @property
    def microseconds(self) -> int:
        return self.days * _DAY_US


DEFAULT_HORIZON: Final = Horizon()


@dataclass(frozen=True, slots=True)
class PredictionStatus:
    """Outcome of a prediction as far as it is recorded, and the finding that is the evidence."""

    label: StatusLabel
    evidence: Finding | None = None
    """The latest finding with that outcome; None for `expired` and `open`."""


_EXPIRED, _OPEN = PredictionStatus("expired"), PredictionStatus("open")


@dataclass(frozen=True, slots=True)
class Prediction:
    """Prediction of an event by a text: the words that show it, and its time window.

    `until` is the period by whose end it is to have happened: None where the window cannot be resolved to a date.
    """

    cues: tuple[TextQuote, ...]
    window: TextQuote | None = None
    until: Period | None = None
    status: PredictionStatus | None = None
    """None for a checked text, whose prediction can have no recorded outcome."""
    made: Period | None = field(default=None, compare=False)
    """Date of the statement, where it is known."""

    def lapses(self, horizon: Horizon) -> int | None:
        """Moment at which it lapses, in microseconds since 1970 UTC; None where neither window nor statement has a
        date."""
        if self.until is not None:
            return self.until.ends
        return self.made.ends + horizon.microseconds if self.made else None


@dataclass(frozen=True, slots=True)
class Tally:
    """Tally of predictions by outcome; `since`: date of the first dated one."""

    count: int = 0
    since: Period | None = None
    happened: int = 0
    did_not_happen: int = 0
    unknown: int = 0
    disputed: int = 0
    expired: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class AsOf:
    """Point of view on predictions: windows are over by `moment`; outcomes count that were `learned_by` then."""

    moment: int
    """Microseconds since 1970 UTC."""
    learned_by: datetime | None = None
    """None: every recorded outcome."""
    horizon: Horizon = DEFAULT_HORIZON


def prediction_status(prediction: Prediction, findings: Iterable[Finding], as_of: AsOf) -> PredictionStatus:
    """Status of a prediction. `findings`: about its statement alone, as one about a narrative settles none.

    Of each publisher the last word counts. An outcome that is known goes before `unknown`; two that are known and
    differ are `disputed`.
    """
    counting = [finding for finding in findings if _has_known_outcome(finding, as_of)]
    if not counting:
        lapses = prediction.lapses(as_of.horizon)
        return _EXPIRED if lapses is not None and lapses <= as_of.moment else _OPEN
    last: dict[str | None, Finding] = {}
    for finding in sorted(counting, key=_learned_at):
        last[finding.publisher] = finding
    latest_by_publisher = sorted(last.values(), key=_learned_at)
    known = [finding for finding in latest_by_publisher if finding.outcome != "unknown"] or latest_by_publisher
    labels = {finding.outcome for finding in known}
    latest = known[-1]
    if len(labels) > 1 or latest.outcome is None:
        return PredictionStatus("disputed", latest)
    return PredictionStatus(latest.outcome, latest)


def tally_of(predictions: Iterable[tuple[Period | None, PredictionStatus]]) -> Tally:
    """Tally of predictions, given the date and status of each."""
    counts: dict[StatusLabel, int] = {}
    since: Period | None = None
    for said_at, status in predictions:
        counts[status.label] = counts.get(status.label, 0) + 1
        if said_at and (since is None or said_at.begins < since.begins):
            since = said_at
    return Tally(
        count=sum(counts.values()),
        since=since,
        happened=counts.get("happened", 0),
        did_not_happen=counts.get("did_not_happen", 0),
        unknown=counts.get("unknown", 0),
        disputed=counts.get("disputed", 0),
        expired=counts.get("expired", 0),
        open=counts.get("open", 0),
    )


def _has_known_outcome(finding: Finding, as_of: AsOf) -> bool:
    by = as_of.learned_by
    return finding.outcome is not None and (by is None or (finding.learned_at is not None and finding.learned_at <= by))


def _learned_at(finding: Finding) -> float:
    return finding.learned_at.timestamp() if finding.learned_at else 0.0
