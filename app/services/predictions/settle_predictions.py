"""Predictions to work off: those that have lapsed without a recorded outcome, and recording what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import Conflict, NotFound
from app.domain.predictions.predictions import DEFAULT_HORIZON, Horizon, Prediction
from app.domain.statements.statements import Finding, Statement
from app.language.predictions.detection import detect_prediction
from app.services.narratives.edit_narrative import EditFinding
from app.services.ports import Clock, Store, Transaction
from app.services.predictions.ports import LapsingStatement, lapsed_by, lapsing_within

Listed = Literal["lapsed", "soon"]
COUNTED: Final = 1_000
"""Predictions are counted up to this number."""
_NAMES: Final = 100
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PredictionEntry:
    """Statement that predicts something, without a recorded outcome."""

    statement: Statement
    prediction: Prediction
    lapses_at: datetime
    """Moment by which it was to have happened: the end of its window, or of the horizon."""

    @property
    def last_day(self) -> date:
        """Last day in UTC on which it may happen."""
        return (self.lapses_at - timedelta(microseconds=1)).date()

    @property
    def dated(self) -> bool:
        """True if its words give the date; otherwise the horizon does."""
        return self.prediction.until is not None


@dataclass(frozen=True, slots=True)
class PredictionPage:
    """Page of predictions; `left` is counted up to one more than `COUNTED`."""

    entries: Sequence[PredictionEntry]
    later: bool
    left: int
    other: int
    """Number in the other of the two lists, counted as `left` is."""
    speakers: Sequence[str]
    narratives: Sequence[str]


@dataclass(frozen=True, slots=True)
class SettlePredictions:
    """Lists predictions without a recorded outcome, and records outcomes as findings."""

    store: Store
    clock: Clock
    edit_finding: EditFinding
    horizon: Horizon = DEFAULT_HORIZON

    def page(
        self,
        viewer: Organisation,
        listed: Listed,
        skipped: int,
        limit: int,
        *,
        speaker: str | None = None,
        narrative: str | None = None,
    ) -> PredictionPage:
        """Page of the lapsed ones, the latest first, or of those that lapse within a week, the next first."""
        now = self.clock()
        both = {"lapsed": lapsed_by(now, self.horizon), "soon": lapsing_within(now, self.horizon)}
        unnamed = both[listed]
        named = {name: replace(one, speaker=speaker, narrative=narrative) for name, one in both.items()}
        other: Listed = "soon" if listed == "lapsed" else "lapsed"
        with self.store.reading() as tx:
            found = tx.predictions.find(viewer, named[listed], skipped, limit + 1, latest_first=listed == "lapsed")
            known = tx.statements.by_keys([one.key for one in found[:limit]])
            return PredictionPage(
                [entry for one in found[:limit] if one.key in known and (entry := _entry(known[one.key], one))],
                len(found) > limit,
                tx.predictions.count(viewer, named[listed], COUNTED + 1),
                tx.predictions.count(viewer, named[other], COUNTED + 1),
                _main_names(tx, viewer, tx.predictions.speakers(viewer, unnamed, _NAMES)),
                tx.predictions.narratives(viewer, unnamed, _NAMES),
            )

    def settle(self, statement_id: str, finding: Finding, viewer: Organisation, by: Actor) -> str:
        """Records the outcome that a finding gives; the id of the finding.

        Raises `NotFound` where there is no such statement or it predicts nothing, and `Conflict` where an outcome was
        recorded meanwhile.
        """
        with self.store.reading() as tx:
            statement = tx.statements.by_id(statement_id, viewer)
            if statement is None or not detect_prediction(statement.text, statement.language, statement.said_at):
                raise NotFound("there is no prediction with this id")
            if any(known.outcome and known.narrative is None for known in statement.findings):
                raise Conflict("an outcome of this prediction is recorded already")
        recorded, _ = self.edit_finding.record(replace(finding, statement=statement_id), viewer, by)
        return recorded.id or ""


def _main_names(tx: Transaction, viewer: Organisation, names: Sequence[str]) -> list[str]:
    """Names of speakers, each once by the name that its aliases lead to."""
    main = tx.speakers.main_names(viewer)
    return list(dict.fromkeys(main.get(name, name) for name in names))


def _entry(statement: Statement, lapsing: LapsingStatement) -> PredictionEntry | None:
    prediction = detect_prediction(statement.text, statement.language, statement.said_at)
    if prediction is None:
        return None
    return PredictionEntry(statement, prediction, _EPOCH + timedelta(microseconds=lapsing.lapses))
