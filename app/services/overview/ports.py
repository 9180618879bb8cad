"""Port of the overview: each method is one query, or a few, whose time does not grow with the archive's age."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.desk.flags import FlagState
from app.domain.overview.agreement import Judgement
from app.domain.overview.overview import DisputedFlag, WaitingFlag


class Overviews(Protocol):
    """Figures of the overview that are of an organisation's own flags."""

    def flags_by_day(self, organisation: Organisation, first: str) -> Mapping[tuple[str, FlagState], int]:
        """Number of flags by day and state, from a day on (YYYY-MM-DD in UTC)."""

    def oldest_open(self, organisation: Organisation) -> WaitingFlag | None:
        """The open flag that waits longest."""

    def judgements(self, organisation: Organisation, limit: int) -> Sequence[Judgement]:
        """The latest decisions that were not taken back, at most so many, the oldest first."""

    def flags_by_keys(self, organisation: Organisation, keys: Sequence[int]) -> Sequence[DisputedFlag]:
        """Flags in the order of the keys; those that are gone are left out."""
