"""Narratives as a reader goes through them: lists, the tree of them, and one with all of its past."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.core.dates import Period, instant
from app.domain.core.errors import NotFound
from app.domain.narratives.history import Appearance, in_order
from app.domain.narratives.summaries import NarrativeCounts, NarrativeSummary
from app.domain.narratives.timeline import Timeline
from app.domain.predictions.predictions import AsOf, prediction_status
from app.domain.statements.statements import Statement
from app.services.desk.ports import CounterExample
from app.services.narratives.narrative_cache import NarrativeCache
from app.services.narratives.ports import NarrativeFilter
from app.services.narratives.timeline import NarrativeTimeline
from app.services.ports import Clock, Store, Transaction

PLOTTED: Final = 300
"""Appearances that are told one by one; of a narrative with more, only their dates."""

_CHILDREN: Final = 300
_COUNTER_EXAMPLES: Final = 50
_TOLD: Final = 200
"""Characters of a statement that a plot tells of it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A narrative with those right below it."""

    line: NarrativeSummary
    children: Sequence[NarrativeSummary]


@dataclass(frozen=True, slots=True)
class NarrativeDetail:
    """A narrative with all that happened under it and under those below it."""

    timeline: Timeline
    """With a page of its appearances, in order of time."""
    count: int
    """Of all appearances."""
    children: Sequence[NarrativeSummary]
    told: Sequence[NarrativeCounts]
    """The dated appearances in order of time; none where there are more than `PLOTTED`."""
    periods: Sequence[Period]
    """When all of the dated ones were said, in order of time."""
    counter_examples: Sequence[CounterExample]


@dataclass(frozen=True, slots=True)
class BrowseNarratives:
    """Reads narratives, and changes nothing."""

    store: Store
    recall: NarrativeCache
    tell_timeline: NarrativeTimeline
    clock: Clock

    def find(
        self, wanted: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[NarrativeSummary]:
        """A page of those that the filter lets through."""
        with self.store.reading() as tx:
            return tx.narratives.page(wanted, skipped, limit, viewer)

    def tree(
        self, wanted: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[Branch]:
        """The same, each with its children: at most 300 of them in all."""
        with self.store.reading() as tx:
            lines = tx.narratives.page(wanted, skipped, limit, viewer)
            below = NarrativeFilter(parents=tuple(line.key for line in lines), sort=wanted.sort)
            children = tx.narratives.page(below, 0, _CHILDREN, viewer)
        return [
            Branch(line, [child for child in children if child.parent and child.parent.key == line.key])
            for line in lines
        ]

    def get(self, narrative_id: str, page: int, per_page: int, viewer: Organisation | None = None) -> NarrativeDetail:
        """A narrative with a page of its appearances: the first page has the last ones. Raises `NotFound`."""
        with self.store.reading() as tx:
            ref = tx.narratives.resolve(narrative_id, viewer)
            if ref is None or ref.id != narrative_id:
                raise NotFound("there is no narrative with this id")
            told = self.recall(tx, tx.members.below(ref.key), viewer)
            appearances = in_order(told.values())
            dated = [one for one in appearances if one.said_at]
            end = max(0, len(appearances) - (page - 1) * per_page)
            start = max(0, end - per_page)
            timeline = self.tell_timeline.read(tx, narrative_id, start, end - start, viewer, include_children=True)
            return NarrativeDetail(
                timeline=timeline,
                count=len(appearances),
                children=tx.narratives.page(NarrativeFilter(parents=(ref.key,)), 0, _CHILDREN, viewer),
                told=self._told(tx, dated) if len(dated) <= PLOTTED else (),
                periods=[one.said_at for one in dated if one.said_at],
                counter_examples=tx.counter_examples.find(ref.key, None, _COUNTER_EXAMPLES),
            )

    def _told(self, tx: Transaction, appearances: Sequence[Appearance]) -> list[NarrativeCounts]:
        known = tx.statements.by_keys([one.keys[0] for one in appearances])
        now = AsOf(instant(self.clock()).begins)
        told = ((one, one.said_at, known.get(one.keys[0])) for one in appearances)
        return [_one(one, said_at, statement, now) for one, said_at, statement in told if said_at and statement]


def _one(appearance: Appearance, said_at: Period, statement: Statement, now: AsOf) -> NarrativeCounts:
    status = prediction_status(appearance.prediction, appearance.outcomes, now) if appearance.prediction else None
    text = statement.text
    return NarrativeCounts(
        id=statement.id,
        said_at=said_at,
        text=text if len(text) <= _TOLD else f"{text[: _TOLD - 1]}…",
        language=statement.language,
        speaker=statement.speaker,
        outcome=status.label if status else None,
    )
