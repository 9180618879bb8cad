"""Browsing narratives: lists, the tree, and one narrative with its timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.core.dates import Period, instant
from app.domain.core.errors import NotFound
from app.domain.narratives.history import Appearance, in_order
from app.domain.narratives.summaries import NarrativeSummary, TimelinePoint
from app.domain.narratives.timeline import Timeline
from app.domain.predictions.predictions import AsOf, prediction_status
from app.domain.statements.statements import Statement
from app.services.desk.ports import CounterExample
from app.services.narratives.narrative_cache import NarrativeCache
from app.services.narratives.ports import NarrativeFilter
from app.services.narratives.timeline import NarrativeTimeline
from app.services.ports import Clock, Store, Transaction

PLOTTED: Final = 300
"""Bound on appearances drawn as points; for a narrative with more, their dates alone are counted."""

_CHILDREN: Final = 300
_COUNTER_EXAMPLES: Final = 50
_PLOTTED_TEXT: Final = 200
"""Characters of a statement shown in a plot."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Narrative with its children."""

    line: NarrativeSummary
    children: Sequence[NarrativeSummary]


@dataclass(frozen=True, slots=True)
class NarrativeDetail:
    """Narrative with the timeline of its own statements and those of its descendants."""

    timeline: Timeline
    """With a page of its appearances, in order of time."""
    count: int
    """Number of all appearances."""
    children: Sequence[NarrativeSummary]
    points: Sequence[TimelinePoint]
    """The dated appearances in order of time; none where there are more than `PLOTTED`."""
    periods: Sequence[Period]
    """Periods of all dated appearances, in order of time."""
    counter_examples: Sequence[CounterExample]


@dataclass(frozen=True, slots=True)
class BrowseNarratives:
    """Read access to narratives."""

    store: Store
    narrative_cache: NarrativeCache
    narrative_timeline: NarrativeTimeline
    clock: Clock

    def find(
        self, filters: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[NarrativeSummary]:
        """Page of the narratives that pass the filter."""
        with self.store.reading() as tx:
            return tx.narratives.page(filters, skipped, limit, viewer)

    def tree(
        self, filters: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[Branch]:
        """Page of narratives, each with its children: at most 300 of these in all."""
        with self.store.reading() as tx:
            lines = tx.narratives.page(filters, skipped, limit, viewer)
            below = NarrativeFilter(parents=tuple(line.key for line in lines), sort=filters.sort)
            children = tx.narratives.page(below, 0, _CHILDREN, viewer)
        return [
            Branch(line, [child for child in children if child.parent and child.parent.key == line.key])
            for line in lines
        ]

    def get(self, narrative_id: str, page: int, per_page: int, viewer: Organisation | None = None) -> NarrativeDetail:
        """Narrative with a page of its appearances: the first page has the latest. Raises `NotFound`."""
        with self.store.reading() as tx:
            ref = tx.narratives.resolve(narrative_id, viewer)
            if ref is None or ref.id != narrative_id:
                raise NotFound("there is no narrative with this id")
            by_narrative = self.narrative_cache(tx, tx.members.below(ref.key), viewer)
            appearances = in_order(by_narrative.values())
            dated = [appearance for appearance in appearances if appearance.said_at]
            end = max(0, len(appearances) - (page - 1) * per_page)
            start = max(0, end - per_page)
            timeline = self.narrative_timeline.read(tx, narrative_id, start, end - start, viewer, include_children=True)
            return NarrativeDetail(
                timeline=timeline,
                count=len(appearances),
                children=tx.narratives.page(NarrativeFilter(parents=(ref.key,)), 0, _CHILDREN, viewer),
                points=self._timeline_points(tx, dated) if len(dated) <= PLOTTED else (),
                periods=[appearance.said_at for appearance in dated if appearance.said_at],
                counter_examples=tx.counter_examples.find(ref.key, None, _COUNTER_EXAMPLES),
            )

    def _timeline_points(self, tx: Transaction, appearances: Sequence[Appearance]) -> list[TimelinePoint]:
        known = tx.statements.by_keys([appearance.keys[0] for appearance in appearances])
        now = AsOf(instant(self.clock()).begins, horizon=self.narrative_timeline.horizon)
        dated = ((appearance, appearance.said_at, known.get(appearance.keys[0])) for appearance in appearances)
        return [
            _timeline_point(appearance, said_at, statement, now)
            for appearance, said_at, statement in dated
            if said_at and statement
        ]


def _timeline_point(appearance: Appearance, said_at: Period, statement: Statement, now: AsOf) -> TimelinePoint:
    status = prediction_status(appearance.prediction, appearance.outcomes, now) if appearance.prediction else None
    text = statement.text
    return TimelinePoint(
        id=statement.id,
        said_at=said_at,
        text=text if len(text) <= _PLOTTED_TEXT else f"{text[: _PLOTTED_TEXT - 1]}…",
        language=statement.language,
        speaker=statement.speaker,
        outcome=status.label if status else None,
    )
