"""What waits for an analyst, and what was judged: listing flags and reading one."""

from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import NotFound
from app.domain.desk.annotations import Activity, AdjacentFlags, Facets, FlagView
from app.domain.desk.flags import Flag, FlagSort, FlagState
from app.services.desk.ports import FlagCursor, FlagFilter
from app.services.ports import Store


@dataclass(frozen=True, slots=True)
class FlagQueue:
    """A part of a list of flags as a desk shows it: with its counts, what it can be filtered by, and the saved views.

    `earlier`, `later`: whether the list goes on before the first and after the last entry.
    """

    entries: list[tuple[FlagCursor, Flag]]
    earlier: bool
    later: bool
    counts: dict[FlagState, int]
    facets: Facets
    views: list[FlagView]


@dataclass(frozen=True, slots=True)
class OpenedFlag:
    """A flag as a desk shows it: with what was remarked about it, and its neighbours in the list it was opened from."""

    flag: Flag
    remarks: Activity
    neighbours: AdjacentFlags


@dataclass(frozen=True, slots=True)
class BrowseFlags:
    """An organisation's own flags."""

    store: Store

    def find(
        self, organisation: Organisation, wanted: FlagFilter, sort: FlagSort, after: FlagCursor | None, limit: int
    ) -> tuple[list[tuple[FlagCursor, Flag]], dict[FlagState, int]]:
        """A page of flags, each with its place in the list, and how many the organisation has in each state."""
        with self.store.reading() as tx:
            return tx.flags.find(organisation, wanted, sort, after, limit), tx.flags.counts(organisation)

    def queue(
        self,
        organisation: Organisation,
        viewer: Actor,
        wanted: FlagFilter,
        sort: FlagSort,
        limit: int,
        after: FlagCursor | None = None,
        before: FlagCursor | None = None,
    ) -> FlagQueue:
        """The part of a list after a place, or the one before it; without either, where the list begins."""
        with self.store.reading() as tx:
            place, backwards = (before, True) if before else (after, False)
            found = tx.flags.find(organisation, wanted, sort, place, limit + 1, backwards=backwards)
            more = len(found) > limit
            return FlagQueue(
                entries=found[-limit:] if backwards else found[:limit],
                earlier=more if backwards else after is not None,
                later=True if backwards else more,
                counts=tx.flags.counts(organisation),
                facets=tx.flags.facets(organisation, wanted.state),
                views=tx.flag_views.of(organisation, viewer),
            )

    def get(self, organisation: Organisation, flag_id: str) -> Flag:
        """A check that was flagged or reviewed. Raises `NotFound`."""
        with self.store.reading() as tx:
            flag = tx.flags.by_id(organisation, flag_id)
        return known(flag)

    def open(self, organisation: Organisation, flag_id: str, wanted: FlagFilter, sort: FlagSort) -> OpenedFlag:
        """It with its notes, and its neighbours in a list; any check, for each can be judged. Raises `NotFound`."""
        with self.store.reading() as tx:
            flag = tx.flags.by_id(organisation, flag_id)
            if flag is None:
                raise NotFound("your organisation has no flag and no check with this id")
            neighbours = tx.flags.neighbours(organisation, wanted, sort, flag)
            return OpenedFlag(flag, tx.flags.remarks(flag), neighbours)


def known(flag: Flag | None) -> Flag:
    """The flag. Raises `NotFound` where there is none, or where it is a check that nobody flagged or reviewed."""
    if flag is None or flag.version == 0:
        raise NotFound("your organisation has no flag with this id")
    return flag
