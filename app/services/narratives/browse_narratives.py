"""Browsing narratives: lists, the tree, and one narrative with its timeline."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, get_args
from urllib.parse import urlencode

from app.domain.access.accounts import Account
from app.domain.access.keys import Organisation
from app.domain.core.dates import Period, instant
from app.domain.core.errors import NotFound
from app.domain.narratives.activity import NarrativeState, recent_months, state_of
from app.domain.narratives.changes import NarrativeChange
from app.domain.narratives.history import Appearance, in_order
from app.domain.narratives.summaries import (
    NarrativeActivity,
    NarrativeLine,
    NarrativeSort,
    NarrativeSummary,
    PeriodCount,
    TimelinePoint,
    TimelineRows,
)
from app.domain.narratives.timeline import Timeline
from app.domain.predictions.predictions import AsOf, prediction_status
from app.domain.statements.statements import NarrativeRef, Statement
from app.services.desk.ports import CounterExample
from app.services.narratives.narrative_cache import NarrativeCache
from app.services.narratives.ports import NarrativeFilter
from app.services.narratives.timeline import NarrativeTimeline
from app.services.ports import Clock, Store, Transaction

PLOTTED: Final = 400
"""Bound on appearances drawn as points; for a narrative with more, statements are counted by period."""

LISTED: Final = 50
"""Narratives on a page of the list."""

_TAGS: Final = 100
_CHANGES: Final = 20
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
class NarrativeOverview:
    """Page of the list of narratives. `states`: how many there are in each state, by the filter; `tags`: the most used
    ones of the organisation."""

    lines: Sequence[NarrativeLine]
    total: int
    states: Mapping[NarrativeState, int]
    tags: Sequence[str]


@dataclass(frozen=True, slots=True)
class NarrativeDetail:
    """Narrative with the timeline of its own statements and those of its descendants."""

    timeline: Timeline
    """With a page of its appearances, in order of time."""
    count: int
    """Number of all appearances."""
    children: Sequence[NarrativeSummary]
    points: Sequence[TimelinePoint]
    """The dated appearances in order of time or, where there are more than `PLOTTED`, numbers of statements by row and
    period."""
    counter_examples: Sequence[CounterExample]
    changes: Sequence[NarrativeChange]
    summary: NarrativeLine
    """Its state and its last 24 months, descendants included."""


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

    def overview(
        self, filters: NarrativeFilter, state: NarrativeState | None, page: int, account: Account
    ) -> NarrativeOverview:
        """Page of the narratives in a state (None: any), from 1 on, as `account` sees them."""
        now, viewer = self.clock(), account.organisation
        with self.store.reading() as tx:
            found = tx.narratives.overview(filters, now, viewer, account.id)
            states = {one.ref.key: state_of(one.activity, now.date()) for one in found}
            chosen = [one for one in found if state is None or states[one.ref.key] == state]
            chosen.sort(key=_SORTS[filters.sort])
            shown = chosen[(page - 1) * LISTED : page * LISTED]
            lines = self._lines(tx, shown, account)
            all_tags = tx.narrative_tags.all(viewer, _TAGS)
        counts = Counter(states.values())
        return NarrativeOverview(
            lines, len(chosen), {name: counts[name] for name in get_args(NarrativeState)}, all_tags
        )

    def _lines(self, tx: Transaction, shown: Sequence[NarrativeActivity], account: Account) -> list[NarrativeLine]:
        now, viewer = self.clock(), account.organisation
        keys = [one.ref.key for one in shown]
        months = recent_months(now.date())
        since = datetime.fromisoformat(f"{months[0]}-01").replace(tzinfo=UTC)
        counted = tx.narratives.months(keys, since, now, viewer)
        dates = tx.narratives.dates(one.last for one in shown if one.last is not None)
        news = tx.follows.news(account.id, viewer) if any(one.followed for one in shown) else {}
        tags = tx.narrative_tags.of(keys, viewer)
        return [
            NarrativeLine(
                one,
                state_of(one.activity, now.date()),
                dates.get(one.last),
                [counted.get(one.ref.key, {}).get(month, 0) for month in months],
                news.get(one.ref.key, 0),
                tags.get(one.ref.key, ()),
            )
            for one in shown
        ]

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

    def get(
        self, narrative_id: str, page: int, per_page: int, account: Account, rows: TimelineRows = "speaker"
    ) -> NarrativeDetail:
        """Narrative with a page of its appearances: the first page has the latest. Raises `NotFound`."""
        viewer = account.organisation
        with self.store.reading() as tx:
            known = tx.narratives.by_id(narrative_id, viewer)
            ref = tx.narratives.resolve(known.id, viewer) if known else None
            if known is None or ref is None:
                raise NotFound("there is no narrative with this id")
            below = tx.members.below(ref.key)
            by_narrative = self.narrative_cache(tx, below, viewer)
            appearances = in_order(by_narrative.values())
            dated = [appearance for appearance in appearances if appearance.said_at]
            end = max(0, len(appearances) - (page - 1) * per_page)
            start = max(0, end - per_page)
            timeline = self.narrative_timeline.page(tx, known, appearances, start, end - start)
            return NarrativeDetail(
                timeline=timeline,
                count=len(appearances),
                children=tx.narratives.page(NarrativeFilter(parents=(ref.key,)), 0, _CHILDREN, viewer),
                points=self._timeline_points(tx, dated, viewer)
                if len(dated) <= PLOTTED
                else _counted(tx.narratives.by_period(below, rows, viewer), ref.id, rows),
                counter_examples=tx.counter_examples.find(ref.key, None, _COUNTER_EXAMPLES),
                changes=tx.narrative_changes.of(ref.key, _CHANGES, viewer),
                summary=self._summary(tx, ref, account),
            )

    def _summary(self, tx: Transaction, ref: NarrativeRef, account: Account) -> NarrativeLine:
        now, viewer = self.clock(), account.organisation
        found = tx.narratives.overview(NarrativeFilter(keys=(ref.key,)), now, viewer, account.id)
        [line] = self._lines(tx, found, account)
        return line

    def _timeline_points(
        self, tx: Transaction, appearances: Sequence[Appearance], viewer: Organisation
    ) -> list[TimelinePoint]:
        known = tx.statements.by_keys([appearance.keys[0] for appearance in appearances])
        main_names = tx.speakers.main_names(viewer)
        now = AsOf(instant(self.clock()).begins, horizon=self.narrative_timeline.horizon)
        dated = ((appearance, appearance.said_at, known.get(appearance.keys[0])) for appearance in appearances)
        return [
            _timeline_point(
                appearance, said_at, statement, main_names.get(statement.speaker or "", statement.speaker), now
            )
            for appearance, said_at, statement in dated
            if said_at and statement
        ]


_SORTS: Final[dict[NarrativeSort, Callable[[NarrativeActivity], Any]]] = {
    "last": lambda one: (one.last is None, -(one.last or 0)),
    "count": lambda one: -one.statement_count,
    "recent": lambda one: (-one.activity.recent, one.last is None, -(one.last or 0)),
    "title": lambda _: 0,
}


def _timeline_point(
    appearance: Appearance, said_at: Period, statement: Statement, speaker: str | None, now: AsOf
) -> TimelinePoint:
    status = prediction_status(appearance.prediction, appearance.outcomes, now) if appearance.prediction else None
    text = statement.text
    return TimelinePoint(
        url=f"/statements/{statement.id}",
        said_at=said_at,
        text=text if len(text) <= _PLOTTED_TEXT else f"{text[: _PLOTTED_TEXT - 1]}…",
        language=statement.language,
        speaker=speaker,
        source=statement.source.name,
        outcome=status.label if status else None,
    )


def _counted(counts: Sequence[PeriodCount], narrative_id: str, rows: TimelineRows) -> list[TimelinePoint]:
    """Points of numbers of statements, each leading to their list."""
    parameter = "source" if rows == "outlet" else rows
    found = []
    for one in counts:
        asked = {"narrative": narrative_id, "said_from": one.said_at.text, "said_to": one.said_at.text}
        if one.name:
            asked[parameter] = one.name
        found.append(
            TimelinePoint(
                url=f"/archive?{urlencode(asked)}",
                said_at=one.said_at,
                text="",
                language=(one.name or "und") if rows == "language" else "und",
                speaker=one.name if rows == "speaker" else None,
                source=one.name if rows == "outlet" else None,
                count=one.count,
            )
        )
    return found
