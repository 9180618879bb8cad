"""Timelines of narratives: appearances with their role spans, recurrence, and outcomes of predictions."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.checks.checks import StanceLabel
from app.domain.checks.recurrence import Recurrence
from app.domain.core.dates import Earlier, Period, instant, last_moment_of
from app.domain.core.errors import NotFound
from app.domain.explanations.role_spans import RoleSpan
from app.domain.narratives.history import Appearance, NarrativeHistory, in_order, recurrence_and_tally, with_status
from app.domain.narratives.timeline import Timeline, TimelineEntry, variable_role_spans
from app.domain.predictions.predictions import DEFAULT_HORIZON, AsOf, Horizon, Tally
from app.domain.statements.statements import Narrative, NarrativeRef, Statement
from app.language.predictions.detection import detect_prediction
from app.services.explanations.extract_role_spans import ExtractRoleSpans
from app.services.narratives.narrative_cache import NarrativeCache
from app.services.ports import Clock, Store, Transaction
from app.services.stance.statement_stances import StatementStances


@dataclass(frozen=True, slots=True)
class NarrativeTimeline:
    """Timeline of one narrative, or the summaries of several."""

    store: Store
    extract_role_spans: ExtractRoleSpans
    narrative_cache: NarrativeCache
    stances: StatementStances
    clock: Clock
    horizon: Horizon = DEFAULT_HORIZON

    def __call__(
        self,
        narrative_id: str,
        start: int,
        limit: int,
        viewer: Organisation | None = None,
        known_at: Period | None = None,
        *,
        include_children: bool = False,
    ) -> Timeline:
        """The appearances from `start` on, `limit` of them, oldest first. Raises `NotFound`.

        With `known_at` as it was known then; with `include_children` the narratives below this one count too.
        """
        with self.store.reading() as tx:
            return self.read(tx, narrative_id, start, limit, viewer, known_at, include_children=include_children)

    def read(
        self,
        tx: Transaction,
        narrative_id: str,
        start: int,
        limit: int,
        viewer: Organisation | None = None,
        known_at: Period | None = None,
        *,
        include_children: bool = False,
    ) -> Timeline:
        """Timeline, read in the caller's transaction. Raises `NotFound`."""
        narrative = tx.narratives.by_id(narrative_id, viewer)
        ref = tx.narratives.resolve(narrative_id, viewer)
        if narrative is None or ref is None:
            raise NotFound("there is no narrative with this id")
        below = tx.members.below(ref.key) if include_children else [ref.key]
        by_narrative = self.narrative_cache(tx, below, viewer, last_moment_of(known_at))
        appearances = by_narrative[ref.key] if len(below) == 1 else in_order(by_narrative.values())
        return self.page(tx, narrative, appearances, start, limit, known_at)

    def page(
        self,
        tx: Transaction,
        narrative: Narrative,
        appearances: Sequence[Appearance],
        start: int,
        limit: int,
        known_at: Period | None = None,
    ) -> Timeline:
        """Timeline of appearances that the caller has read."""
        moment = last_moment_of(known_at)
        page = appearances[start : start + limit]
        known = tx.statements.by_keys([appearance.keys[0] for appearance in page], known_at=moment)
        shown = [(appearance, known[appearance.keys[0]]) for appearance in page if appearance.keys[0] in known]
        statements = [statement for _, statement in shown]
        stances = self.stances(tx, statements, moment)
        roles, role_spans = variable_role_spans(self.extract_role_spans(tx, statements))

        as_of = self._as_of(known_at)
        recurrence, tally = self._recurrence_and_tally(appearances, known_at)
        entries = tuple(
            _entry(statement, appearance, stances[statement.key].label, as_of, role_spans.get(statement.key, ()))
            for appearance, statement in shown
        )
        following = start + limit if start + limit < len(appearances) else None
        return Timeline(narrative, recurrence, tally, roles, entries, following)

    def tally(self, narrative: Narrative, viewer: Organisation | None = None) -> Tally:
        """Tally of a narrative's predictions, as of now."""
        with self.store.reading() as tx:
            ref = tx.narratives.resolve(narrative.id, viewer)
            if ref is None:
                return Tally()
            appearances = self.narrative_cache(tx, [ref.key], viewer)[ref.key]
            return self._recurrence_and_tally(appearances, None)[1]

    def histories(
        self,
        tx: Transaction,
        narratives: Sequence[NarrativeRef],
        said_at: Period | None,
        known_at: Period | None,
        viewer: Organisation | None = None,
    ) -> tuple[NarrativeHistory, ...]:
        """Histories of narratives as of a check: bounded by its own date (None: now) and by what was known then."""
        now = instant(self.clock())
        before = said_at or now
        earlier = Earlier(ends_by=said_at.begins) if said_at else Earlier(begins_by=now.begins)
        as_of = AsOf((known_at or before).begins, last_moment_of(known_at), self.horizon)
        by_narrative = self.narrative_cache(tx, [ref.key for ref in narratives], viewer, last_moment_of(known_at))
        return tuple(
            NarrativeHistory(ref.id, ref.title, *recurrence_and_tally(by_narrative[ref.key], before, earlier, as_of))
            for ref in narratives
        )

    def _recurrence_and_tally(
        self, appearances: Sequence[Appearance], known_at: Period | None
    ) -> tuple[Recurrence, Tally]:
        """Recurrence and tally of all appearances, whatever their date."""
        before = known_at or instant(self.clock())
        return recurrence_and_tally(appearances, before, Earlier(), self._as_of(known_at))

    def _as_of(self, known_at: Period | None) -> AsOf:
        return AsOf((known_at or instant(self.clock())).begins, last_moment_of(known_at), self.horizon)


def _entry(
    statement: Statement,
    appearance: Appearance,
    stance: StanceLabel | None,
    as_of: AsOf,
    role_spans: tuple[RoleSpan, ...],
) -> TimelineEntry:
    prediction = detect_prediction(statement.text, statement.language, statement.said_at)
    return TimelineEntry(
        id=statement.id,
        said_at=statement.said_at,
        speaker=statement.speaker,
        source=statement.source,
        title=statement.title,
        text=statement.text,
        language=statement.language,
        stance=stance,
        findings=tuple(finding for finding in statement.findings if finding.narrative is None),
        prediction=with_status(prediction, appearance.outcomes, as_of),
        slots=role_spans,
        sightings=len(appearance.keys),
        withdrawn=statement.withdrawn,
    )
