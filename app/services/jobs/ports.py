"""Ports of background work: jobs, signals to workers, and the workers of this process."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.checks import CheckRequest
from app.domain.jobs.jobs import Job, JobKind, JobState, LineResult, Part


@dataclass(frozen=True, slots=True)
class TaskSignal:
    """Tells a worker that there is something to do: a part of a job, a webhook's deliveries, a source to read, or a
    run over the archive. May come twice."""

    what: Literal["job", "webhook", "source", "run"]
    id: str
    part: int = 0
    after_s: float = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """Consecutive lines as they were sent, blank ones included, and the number of the first."""

    number: int
    first_line: int
    content: bytes


class Jobs(Protocol):
    """Background jobs; an organisation sees its own only."""

    def add(self, job: Job) -> Job: ...
    def put_parts(self, job: Job, uploads: Sequence[Upload]) -> None: ...
    def put_lines(self, job: Job, results: Iterable[LineResult]) -> None: ...
    def by_id(self, organisation: Organisation, kind: JobKind, job_id: str) -> Job | None: ...
    def find(self, organisation: Organisation, kind: JobKind, before: int | None, limit: int) -> list[Job]: ...
    def unfinished(self, organisation: Organisation) -> int: ...
    def lines(self, job: Job, after: int, limit: int, *, rejected: bool = False) -> list[LineResult]:
        """Lines by their number, those after `after`."""

    def claim(self, job_id: str, part: int, now: datetime, until: datetime) -> tuple[Job, Part] | None:
        """Holds a part until then, None where somebody else does or it is finished."""

    def release(self, job: Job, *, failed: bool) -> int:
        """Gives a part back; how often in a row it has failed."""

    def finish_part(self, job: Job, part: Part) -> bool:
        """False where it is finished already, or the job has been ended."""

    def change(
        self, job: Job, state: JobState, *, lines: int | None = None, done: int = 0,
        counts: Mapping[str, int] | None = None, finished_at: datetime | None = None,
        expires_at: datetime | None = None, error: str | None = None,
        report: Mapping[str, Any] | None = None,
    ) -> Job: ...  # fmt: skip
    def resume(self, job: Job) -> Job:
        """Has a job that failed wait for a worker again, with the parts that are left."""

    def remove(self, job: Job) -> None: ...
    def next_part(self, job: Job) -> int | None: ...
    def drop_parts(self, job: Job) -> None: ...
    def stalled(self, now: datetime) -> list[TaskSignal]:
        """Parts that nobody holds."""

    def purge(self, now: datetime, received_before: datetime) -> int:
        """Deletes jobs that have expired, and uploads that were broken off."""


class Background(Protocol):
    """Works on jobs and deliveries in threads of this process, from `start` to `stop`."""

    @property
    def failure(self) -> str | None:
        """Reason why jobs and deliveries wait, None where they do not."""

    def restart_threads(self) -> None:
        """Starts threads again that have ended."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


ReadCheck = Callable[[bytes], CheckRequest]
"""The request that a line asks for. Raises `InvalidInput`, or `NotJson`."""
