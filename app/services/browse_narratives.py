"""Narratives as a reader goes through them: lists, the tree of them, and one with all of its past."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.access import Organisation
from app.domain.dates import Period, instant
from app.domain.errors import NotFound
from app.domain.narrative_lines import Appearance, NarrativeLine
from app.domain.recurrence import Recurrence, recurrence_of
from app.domain.statements import Narrative, NarrativeRef, Statement
from app.services.ports import Clock, CounterExample, NarrativeFilter, StatementFilter, Store

PLOTTED: Final = 300
"""Appearances that are told one by one; of a narrative with more, only their dates."""

_CHILDREN: Final = 300
_COUNTER_EXAMPLES: Final = 50


@dataclass(frozen=True, slots=True)
class Branch:
    """A narrative with those right below it."""

    line: NarrativeLine
    children: Sequence[NarrativeLine]


@dataclass(frozen=True, slots=True)
class NarrativePast:
    """A narrative with all that happened under it and under those below it."""

    narrative: Narrative
    children: Sequence[NarrativeLine]
    statements: Sequence[Statement]
    """A page of them, the last said first."""
    statement_count: int
    appearances: Sequence[Appearance]
    """The dated ones in order of time; none where there are more than `PLOTTED`."""
    periods: Sequence[Period]
    """When all of the dated ones were said, in order of time."""
    recurrence: Recurrence
    counter_examples: Sequence[CounterExample]


@dataclass(frozen=True, slots=True)
class BrowseNarratives:
    """Reads narratives, and changes nothing."""

    store: Store
    clock: Clock

    def find(
        self, wanted: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[NarrativeLine]:
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

    def titles(self, viewer: Organisation | None = None) -> list[NarrativeLine]:
        """All of them by title, to choose from: at most a thousand."""
        with self.store.reading() as tx:
            return tx.narratives.page(NarrativeFilter(sort="title"), 0, 1_000, viewer)

    def get(self, narrative_id: str, skipped: int, limit: int, viewer: Organisation | None = None) -> NarrativePast:
        """A narrative with a page of its statements. Raises `NotFound`."""
        with self.store.reading() as tx:
            narrative = tx.narratives.by_id(narrative_id, viewer)
            ref: NarrativeRef | None = tx.narratives.resolve(narrative_id, viewer) if narrative else None
            if narrative is None or ref is None:
                raise NotFound("there is no narrative with this id")
            children = tx.narratives.page(NarrativeFilter(parents=(ref.key,)), 0, _CHILDREN, viewer)
            statements = tx.statements.latest(StatementFilter(below=ref.key), skipped, limit, viewer)
            dated, appearances = tx.narratives.appearances(ref.key, PLOTTED, viewer)
            periods = tx.narratives.periods(ref.key, viewer)
            counter_examples = tx.counter_examples.find(ref.key, None, _COUNTER_EXAMPLES)
            count = len(tx.statements.among(StatementFilter(below=ref.key), None, viewer))
        return NarrativePast(
            narrative=narrative,
            children=children,
            statements=statements,
            statement_count=count,
            appearances=appearances if dated <= PLOTTED else (),
            periods=periods,
            recurrence=recurrence_of(periods, instant(self.clock())),
            counter_examples=counter_examples,
        )
