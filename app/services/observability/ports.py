"""Ports of observability: figures of the database, and the text that Prometheus reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """Figures of the database: of all organisations together."""

    sequence: int = 0
    """The archive's: it rises with every change that a search must see."""
    statements: int = 0
    """Without withdrawn ones."""
    narratives: int = 0
    open_flags: int = 0
    jobs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Jobs by kind and state; finished ones are kept for a week."""
    job_lines_left: int = 0
    """Lines of unfinished jobs that are not done yet."""
    oldest_job: datetime | None = None
    """When the oldest unfinished job was created."""
    deliveries: Mapping[str, int] = field(default_factory=dict)
    """Webhook deliveries by state, without those that arrived."""
    oldest_delivery: datetime | None = None
    """When the oldest delivery that still waits was created."""
    webhooks_disabled: int = 0


class Figures(Protocol):
    """Figures of the database, counted in a few queries."""

    def read(self) -> ArchiveFigures: ...


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """State of the service at a moment: what is read for each scrape, and not counted as it happens."""

    archive: ArchiveFigures
    """As it was when the database last answered."""
    database_up: bool
    index_size: int
    index_checkpoint: int
    index_lag_s: float
    """Seconds since the index was first seen behind the database; 0 where it is in step."""
    disk_free: int
    """Bytes that are free on the disk of the data folder."""
    disk_size: int
    """Bytes of that disk."""
    now: datetime
    versions: Mapping[str, str]
    """Version, embedder and policy."""
    processes: Mapping[int, int]
    """Ids of the processes that serve together, by number; of this one alone, under 0, where it does."""


class Metrics(Protocol):
    """Metrics of a service, and of the processes that it runs in."""

    content_type: str

    def render(self, figures: ServiceFigures, *, ready: bool) -> bytes:
        """All of them in the text format of Prometheus."""
