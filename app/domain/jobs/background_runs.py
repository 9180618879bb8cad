"""Runs in the background over the whole archive: suggestions of narratives, and the map."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

EVERY: Final = timedelta(hours=1)
"""Least time between the end of a run and the next one that nobody asked for; none without a change of the archive."""


class RunKind(StrEnum):
    """Kind of run: what it makes."""

    SUGGESTIONS = "suggestions"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class BackgroundRun:
    """State of the runs of one kind: the one in hand, or else the last. `done` of `total` statements are finished."""

    kind: RunKind
    requested_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    held_until: datetime | None = None
    done: int = 0
    total: int = 0
    sequence: int = 0
    """Sequence of the archive when the run began."""
    version: str = ""
    error: str | None = None

    @property
    def going_on(self) -> bool:
        """True from the moment a run is asked for or begun until it has finished."""
        return self.requested_at is not None or (self.started_at is not None and self.finished_at is None)
