"""Background jobs: files of many lines, processed in parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check

JOBS_AT_ONCE = 10
"""Unfinished jobs that an organisation may have."""
LONGEST_LINE = 1_000_000
"""Bytes of one line; a longer one is rejected, and the rest of the upload goes in."""


class JobKind(StrEnum):
    """Kind of job: the operation on each of its lines."""

    IMPORT = "import"
    BULK_CHECK = "bulk_check"


class JobState(StrEnum):
    """State of a job. The last three are final."""

    RECEIVING = "receiving"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        return self in (JobState.DONE, JobState.CANCELLED, JobState.FAILED)


@dataclass(frozen=True, slots=True)
class Job:
    """Job with its progress. `counts` is by outcome; `done` of `lines` lines are finished."""

    key: int
    id: str
    kind: JobKind
    organisation: Organisation
    state: JobState
    name: str | None
    created_at: datetime
    private: bool = False
    """Its statements are private to the organisation."""
    dry_run: bool = False
    """It is read and reported, and nothing of it is recorded."""
    lines: int = 0
    done: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    started_at: datetime | None = None
    finished_at: datetime | None = None
    expires_at: datetime | None = None
    error: str | None = None
    report: Mapping[str, Any] | None = None
    """Of an import: what was understood of its file, and what was left out."""

    @property
    def rejects_future(self) -> bool:
        """True for an import whose lines with a date in the future are rejected."""
        return bool(self.report and self.report.get("rejects_future"))


@dataclass(frozen=True, slots=True)
class RawLine:
    """Line as it was sent, counted from 1 in its file."""

    number: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a job: consecutive lines that are processed in one transaction."""

    number: int
    lines: tuple[RawLine, ...]


@dataclass(frozen=True, slots=True)
class LineResult:
    """Result of one line: the check that answers it, or its faults."""

    number: int
    answer: Check | None = None
    problem: str | None = None
