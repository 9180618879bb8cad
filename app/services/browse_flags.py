"""What waits for an analyst, and what was judged: listing flags and reading one."""

from dataclasses import dataclass

from app.domain.access import Organisation
from app.domain.errors import NotFound
from app.domain.flags import Flag, FlagSort, FlagState
from app.services.ports import FlagFilter, FlagPlace, Store


@dataclass(frozen=True, slots=True)
class BrowseFlags:
    """An organisation's own flags."""

    store: Store

    def find(
        self, organisation: Organisation, wanted: FlagFilter, sort: FlagSort, after: FlagPlace | None, limit: int
    ) -> tuple[list[tuple[FlagPlace, Flag]], dict[FlagState, int]]:
        """A page of flags, each with its place in the list, and how many the organisation has in each state."""
        with self.store.reading() as tx:
            return tx.flags.find(organisation, wanted, sort, after, limit), tx.flags.counts(organisation)

    def get(self, organisation: Organisation, flag_id: str) -> Flag:
        """A check that was flagged or reviewed. Raises `NotFound`."""
        with self.store.reading() as tx:
            flag = tx.flags.by_id(organisation, flag_id)
        if flag is None or flag.version == 0:
            raise NotFound("your organisation has no flag with this id")
        return flag
