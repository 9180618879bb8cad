"""Stored checks: listing them and reading one."""

from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check
from app.domain.core.errors import NotFound
from app.domain.desk.flags import Flag
from app.services.ports import Store

_UNKNOWN = "your organisation has no check with this id"


@dataclass(frozen=True, slots=True)
class BrowseChecks:
    """An organisation's own checks, each as it was answered, with what was withdrawn or decided since marked."""

    store: Store

    def get(self, organisation: Organisation, check_id: str) -> Check:
        """Raises `NotFound`."""
        with self.store.reading() as tx:
            check = tx.checks.by_id(organisation, check_id)
        if check is None:
            raise NotFound(_UNKNOWN)
        return check

    def with_reviews(self, organisation: Organisation, check_id: str) -> Flag:
        """A check with its reviews, whether it is a flag or not. Raises `NotFound`."""
        with self.store.reading() as tx:
            flag = tx.flags.by_id(organisation, check_id)
        if flag is None:
            raise NotFound(_UNKNOWN)
        return flag

    def find(
        self, organisation: Organisation, flagged: bool | None, before: int | None, limit: int
    ) -> list[tuple[int, Check]]:
        """The newest first, each with the number to ask for those before it."""
        with self.store.reading() as tx:
            return tx.checks.find(organisation, flagged, before, limit)
