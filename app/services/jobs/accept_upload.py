"""Uploads: lines are stored in parts as they arrive, and processed once the upload is complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.core.errors import Conflict, InvalidInput, TooLarge
from app.domain.jobs.jobs import JOBS_AT_ONCE, LONGEST_LINE, Job, JobKind, JobState, LineResult
from app.domain.statements.imports import Import
from app.services.jobs.ports import Upload
from app.services.jobs.run_jobs import log_end, schedule_next
from app.services.ports import Clock, Store

"""Unfinished jobs that an organisation may have."""

_LINES_A_PART = {JobKind.IMPORT: 128, JobKind.BULK_CHECK: 32}
_BYTES_A_PART = 96 * 1024
"""A part is one batch of the model and one transaction: small, so that a check in between does not wait for long."""
_PARTS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class AcceptUpload:
    """Stores an upload as a job that a worker then takes up."""

    store: Store
    clock: Clock
    most_lines: int

    def begin(
        self,
        kind: JobKind,
        organisation: Organisation,
        name: str | None = None,
        *,
        private: bool = False,
        dry_run: bool = False,
        reject_future: bool = False,
    ) -> "UploadInProgress":
        """A job that waits for its lines. `reject_future`: lines dated after now are rejected.

        Raises `Conflict` where the organisation has too many unfinished ones.
        """
        with self.store.writing() as tx:
            if tx.jobs.unfinished(organisation) >= JOBS_AT_ONCE:
                raise Conflict(f"your organisation has {JOBS_AT_ONCE} unfinished jobs: wait for one, or cancel one")
            job = Job(
                0, str(uuid4()), kind, organisation, JobState.RECEIVING, name, self.clock(),
                private=private, dry_run=dry_run,
            )  # fmt: skip
            return UploadInProgress(self.store, self.clock, tx.jobs.add(job), self.most_lines, reject_future)


@dataclass(slots=True)
class UploadInProgress:
    """Upload in progress: splits bytes into lines and stores them, part by part. An unfinished one is deleted."""

    store: Store
    clock: Clock
    job: Job
    most_lines: int
    reject_future: bool = False
    _rest: bytes = b""
    _too_long: bool = False
    _lines: list[bytes] = field(default_factory=list)
    _bytes: int = 0
    _first: int = 1
    _line: int = 0
    _written: int = 0
    _parts: list[Upload] = field(default_factory=list)
    _number: int = 0
    _rejected: list[LineResult] = field(default_factory=list)
    _refused: int = 0

    def put(self, content: bytes) -> None:
        """Takes in the next bytes. Raises `TooLarge` over the limit of lines."""
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            self._add_line(line)
        if len(self._rest) > LONGEST_LINE:
            self._rest, self._too_long = b"", True
        if len(self._parts) >= _PARTS_AT_ONCE:
            self._store()

    def put_record(self, number: int, record: bytes) -> None:
        """Takes in a record of a file that was read already, as a line of that number. Raises `TooLarge`."""
        self._pass_lines(number)
        self._add_line(record)
        if len(self._parts) >= _PARTS_AT_ONCE:
            self._store()

    def reject(self, number: int, reason: str) -> None:
        """Notes a record that could not be read. Raises `TooLarge`."""
        self._pass_lines(number)
        self._rejected.append(LineResult(self._line + 1, problem=reason))
        self._refused += 1
        self._written += 1
        self._add_line(b"")

    def finish(self, report: Mapping[str, Any] | None = None) -> Job:
        """The job, for a worker to take up; `report`: what was noticed when its file was read.

        Raises `InvalidInput` where there was no line at all.
        """
        if self._rest or self._too_long:
            self._add_line(self._rest)
        self._finish_part()
        if not self._written:
            raise InvalidInput.at("", "the file has no lines: send one JSON object a line")
        self._store()
        refused = {"rejected": self._refused} if self._refused else {}
        if self.reject_future:
            report = {**(report or {}), "rejects_future": True}
        with self.store.writing() as tx:
            job = tx.jobs.change(
                self.job, JobState.QUEUED, lines=self._written, done=self._refused, counts=refused, report=report
            )
            if job.kind is JobKind.IMPORT and not job.dry_run:
                tx.imports.add(Import(0, job.id, job.name, job.created_at, job.organisation))
            tx.audit.add("job.created", "job", job.id)
            job = schedule_next(tx, job, self.clock())
        log_end(job)  # where no line of it is left to work on
        return job

    def abort(self) -> None:
        """Deletes the upload."""
        with self.store.writing() as tx:
            tx.jobs.remove(self.job)

    def _pass_lines(self, number: int) -> None:
        """Adds blank lines, so that the next line has this number where that is not too late."""
        while self._line < number - 1:
            self._add_line(b"")

    def _add_line(self, line: bytes) -> None:
        self._line += 1
        if self._too_long or len(line) > LONGEST_LINE:
            self._too_long = False
            self._rejected.append(LineResult(self._line, problem=f"is over {LONGEST_LINE:,} bytes"))
            self._refused += 1
            line = b""
            self._written += 1
        elif line.strip():
            self._written += 1
        if self._written > self.most_lines:
            raise TooLarge(f"the file has over {self.most_lines:,} lines: send it in several")
        self._lines.append(line)
        self._bytes += len(line)
        if len(self._lines) >= _LINES_A_PART[self.job.kind] or self._bytes >= _BYTES_A_PART:
            self._finish_part()

    def _finish_part(self) -> None:
        if any(line.strip() for line in self._lines):
            self._parts.append(Upload(self._number, self._first, b"\n".join(self._lines)))
            self._number += 1
        self._first = self._line + 1
        self._lines, self._bytes = [], 0

    def _store(self) -> None:
        with self.store.writing() as tx:
            tx.jobs.put_parts(self.job, self._parts)
            tx.jobs.put_lines(self.job, self._rejected)
        self._parts, self._rejected = [], []
