"""Port of the overview: each method is one query, or a few, whose time does not grow with the archive's age."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.desk.flags import FlagState
from app.domain.overview.agreement import Judgement
from app.domain.overview.overview import DisputedFlag, NarrativeActivity, WaitingFlag


class Overviews(Protocol):
    """Figures of the overview; of an organisation's own flags, and of the statements that it sees."""

    def flags_by_day(self, organisation: Organisation, first: str) -> Mapping[tuple[str, FlagState], int]:
        """Number of flags by day and state, from a day on (YYYY-MM-DD in UTC)."""

    def oldest_open(self, organisation: Organisation) -> WaitingFlag | None:
        """The open flag that waits longest."""

    def active_narratives(
        self, viewer: Organisation, since: datetime, now: datetime, limit: int
    ) -> Sequence[NarrativeActivity]:
        """Narratives with statements said from `since` until `now`, at most so many, the most active first. `before`
        counts those of a stretch of the same length before; the pause is left out."""

    def with_pauses(self, viewer: Organisation, ids: Sequence[str], since: datetime) -> Mapping[str, int]:
        """Days between the last statement before `since` and the first from then on, by the id of the narrative; those
        that were not there before are left out."""

    def judgements(self, organisation: Organisation, limit: int) -> Sequence[Judgement]:
        """The latest decisions that were not taken back, at most so many, the oldest first."""

    def flags_by_keys(self, organisation: Organisation, keys: Sequence[int]) -> Sequence[DisputedFlag]:
        """Flags in the order of the keys; those that are gone are left out."""
