"""Lists of flags, pending and reviewed, and single flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import NotFound
from app.domain.desk.annotations import Activity, AdjacentFlags, Facets, FlagView
from app.domain.desk.flag_groups import FlagGroup, ListCount, ReviewTally
from app.domain.desk.flags import Flag, FlagSort, FlagStanding, FlagState
from app.services.desk.ports import FlagCursor, FlagFilter
from app.services.ports import Store

MOST_NEW: Final = 100
"""New flags that are counted; more are not told apart from so many."""


@dataclass(frozen=True, slots=True)
class FlagQueue:
    """Page of a list of flags for the desk: with counts, facets and saved views.

    `earlier`, `later`: whether the list goes on before the first and after the last entry.
    """

    entries: list[tuple[FlagCursor, Flag]]
    groups: list[FlagGroup]
    """Of each entry, which is the first of its group."""
    earlier: bool
    later: bool
    counts: dict[FlagState, int]
    facets: Facets
    views: list[FlagView]
    count: ListCount
    newest: int
    """Key of the organisation's newest flag: what comes later is new to the reader."""


@dataclass(frozen=True, slots=True)
class OpenedFlag:
    """Flag for its page at the desk: with its activity, and its neighbours in the list."""

    flag: Flag
    activity: Activity
    neighbours: AdjacentFlags


@dataclass(frozen=True, slots=True)
class BrowseFlags:
    """An organisation's own flags."""

    store: Store

    def find(
        self, organisation: Organisation, filters: FlagFilter, sort: FlagSort, after: FlagCursor | None, limit: int
    ) -> tuple[list[tuple[FlagCursor, Flag]], dict[FlagState, int]]:
        """Page of flags with their cursors, and the number of flags in each state."""
        with self.store.reading() as tx:
            return tx.flags.find(organisation, filters, sort, after, limit), tx.flags.counts(organisation)

    def queue(
        self,
        organisation: Organisation,
        viewer: Actor,
        filters: FlagFilter,
        sort: FlagSort,
        limit: int,
        after: FlagCursor | None = None,
        before: FlagCursor | None = None,
    ) -> FlagQueue:
        """Page of the list after a cursor, or before one; without either, the first. A row is a group of flags."""
        with self.store.reading() as tx:
            cursor, backwards = (before, True) if before else (after, False)
            page = tx.flags.grouped(organisation, filters, sort, cursor, limit + 1, backwards=backwards)
            found = page.rows
            more = len(found) > limit
            rows = found[-limit:] if backwards else found[:limit]
            return FlagQueue(
                entries=[(place, group.first) for place, group in rows],
                groups=[group for _, group in rows],
                earlier=more if backwards else after is not None,
                later=True if backwards else more,
                counts=tx.flags.counts(organisation),
                facets=tx.flags.facets(organisation, filters.state),
                views=tx.flag_views.of(organisation, viewer),
                count=page.count,
                newest=page.newest,
            )

    def newer(self, organisation: Organisation, filters: FlagFilter, key: int) -> int:
        """Number of flags of a list that came after the one with this key, `MOST_NEW` at most."""
        with self.store.reading() as tx:
            return tx.flags.newer(organisation, filters, key, MOST_NEW)

    def tally(self, organisation: Organisation, by: Actor, since: datetime) -> ReviewTally:
        """The number of decisions of a reviewer since a moment, by decision."""
        with self.store.reading() as tx:
            return tx.reviews.tally(organisation, by, since)

    def get(self, organisation: Organisation, flag_id: str) -> Flag:
        """A check that was flagged or reviewed. Raises `NotFound`."""
        with self.store.reading() as tx:
            flag = tx.flags.by_id(organisation, flag_id)
        return require_flag(flag)

    def standings(self, organisation: Organisation, check_ids: Sequence[str]) -> dict[str, FlagStanding]:
        """State and version of each of these checks, by its id; those of others are left out."""
        with self.store.reading() as tx:
            return tx.flags.standings(organisation, check_ids)

    def open(self, organisation: Organisation, flag_id: str, filters: FlagFilter, sort: FlagSort) -> OpenedFlag:
        """Any check, with its notes and its neighbours in a list. Raises `NotFound`."""
        with self.store.reading() as tx:
            flag = tx.flags.by_id(organisation, flag_id)
            if flag is None:
                raise NotFound("your organisation has no flag and no check with this id")
            neighbours = tx.flags.neighbours(organisation, filters, sort, flag)
            return OpenedFlag(flag, tx.flags.activity(flag), neighbours)


def require_flag(flag: Flag | None) -> Flag:
    """Flag by id. Raises `NotFound` where there is none, or for a check that was neither flagged nor reviewed."""
    if flag is None or flag.version == 0:
        raise NotFound("your organisation has no flag with this id")
    return flag
