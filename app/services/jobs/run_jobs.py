"""Job processing, part by part: the results of a part and its completion are committed together.

A worker that is killed leaves a part as it was, and another takes it up when the time it was held for is over. So
every part is done exactly once in effect, however often it is begun.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from app.domain.access.keys import Organisation
from app.domain.audit.entries import ActorKind
from app.domain.core.errors import Conflict, EncoderUnavailable, NotFound, NotReady, StoreUnavailable
from app.domain.core.logged_errors import exc_info_of
from app.domain.jobs.jobs import JOBS_AT_ONCE, Job, JobKind, JobState, LineResult, Part
from app.domain.webhooks.webhooks import EventType
from app.services.audit.origin import Origin, acting
from app.services.jobs.ports import TaskSignal
from app.services.observability.log_fields import log_fields
from app.services.observability.observers import observers
from app.services.ports import Clock, Store, Transaction
from app.services.statements.import_report import merged_counts

HELD_FOR = timedelta(seconds=30)
"""Lease of a part. One that takes longer may be started twice, and still counts once."""

_KEPT_FOR_S = 7 * 86_400
_MOST_FAILURES = 5
_AGAIN_AFTER_S = 5.0
_STORE_ASKED_EVERY_S = 0.5

logger = logging.getLogger("refrain.jobs")


@dataclass(frozen=True, slots=True)
class CompletedPart:
    """Result of a part: counts of lines by outcome, and the lines with something to report."""

    counts: Mapping[str, int]
    results: Sequence[LineResult]
    noticed: Mapping[str, Any] | None = None
    """Counts of an import's report, as `LineCounts` gives them."""


class PartProcessor(Protocol):
    """Processing of one part. `prepare` is slow and changes nothing; `commit` is in the transaction that completes the
    part."""

    def prepare(self, job: Job, part: Part) -> Any: ...
    def commit(self, tx: Transaction, job: Job, prepared: Any) -> CompletedPart: ...
    def after_commit(self) -> None:
        """Called after that transaction."""


class JobCannotBeRetried(Conflict):
    """The job cannot be tried again; `why` is `state`, `lines`, `undone` or `many`."""

    def __init__(self, why: str, detail: str):
        super().__init__(detail)
        self.why = why


class _LeaseLost(Exception):
    """The part was finished by another worker, or the job ended, while we worked on it."""


@dataclass(frozen=True, slots=True)
class RunJobs:
    """Jobs: processing by workers, and creation, status and cancellation by their owners."""

    store: Store
    clock: Clock
    work: Mapping[JobKind, PartProcessor]

    def __call__(self, job_id: str, number: int) -> None:
        """Processes one part, unless another worker holds or has finished it, and signals the next."""
        now = self.clock()
        with self.store.writing() as tx:
            claimed = tx.jobs.claim(job_id, number, now, now + HELD_FOR)
        if claimed is None:
            return
        job, part = claimed
        with log_fields(lambda: {"job_id": job.id, "organisation_id": job.organisation.id}):
            self._work_on(job, part)

    def _work_on(self, job: Job, part: Part) -> None:
        if part.number == 0:
            logger.info("job began", extra={"kind": job.kind, "lines": job.lines})
        work = self.work[job.kind]
        try:
            with acting(Origin(ActorKind.JOB, job.id, job.organisation.id)):
                prepared = work.prepare(job, part)
            with self.store.writing() as tx:
                if not tx.jobs.finish_part(job, part):
                    raise _LeaseLost
                with acting(Origin(ActorKind.JOB, job.id, job.organisation.id)):
                    done = work.commit(tx, job, prepared)
                tx.jobs.put_lines(job, done.results)
                report = merged_counts(job.report, done.noticed) if done.noticed else None
                after = tx.jobs.change(job, JobState.RUNNING, done=len(part.lines), counts=done.counts, report=report)
                after = schedule_next(tx, after, self.clock())
            work.after_commit()
            observers.job_part_done(job.kind, len(part.lines))
            log_end(after)
        except _LeaseLost:
            pass
        except StoreUnavailable:
            self._wait_for_store(job, part)
        except EncoderUnavailable:  # logged where it began
            self._failed(job, part)
        except NotReady as error:
            self._retry_later(job, part, error.retry_after_s)
        except Exception as error:
            observers.job_part_failed(job.kind)
            logger.error("part %s of job %s failed", part.number, job.id, exc_info=exc_info_of(error))  # noqa: TRY400
            self._failed(job, part)

    def get(self, organisation: Organisation, kind: JobKind, job_id: str) -> Job:
        """Raises `NotFound`."""
        with self.store.reading() as tx:
            job = tx.jobs.by_id(organisation, kind, job_id)
        if job is None or job.state is JobState.RECEIVING:
            raise NotFound("your organisation has no such job; finished ones are deleted after a week")
        return job

    def find(self, organisation: Organisation, kind: JobKind, before: int | None, limit: int) -> list[Job]:
        """The newest first."""
        with self.store.reading() as tx:
            return tx.jobs.find(organisation, kind, before, limit)

    def lines(self, job: Job, after: int, limit: int, *, rejected: bool = False) -> list[LineResult]:
        """Results of the lines after line `after`; of an import only rejected lines are kept."""
        with self.store.reading() as tx:
            return tx.jobs.lines(job, after, limit, rejected=rejected)

    def cancel(self, organisation: Organisation, kind: JobKind, job_id: str) -> Job:
        """Cancels a job; completed parts stay. Raises `NotFound`, `Conflict` for one that has ended."""
        job = self.get(organisation, kind, job_id)
        with self.store.writing() as tx:
            job = tx.jobs.by_id(organisation, kind, job_id) or job
            if job.state.final:
                raise Conflict(f"the job is {job.state} already")
            tx.jobs.drop_parts(job)
            tx.audit.add("job.cancelled", "job", job.id)
            job = end(tx, job, JobState.CANCELLED, self.clock())
        log_end(job)
        return job

    def retry(self, organisation: Organisation, kind: JobKind, job_id: str) -> Job:
        """Tries a job again that failed, from the part that failed on; what was done stays done.

        Raises `NotFound`, and `JobCannotBeRetried` for one that did not fail, whose lines are gone, or beyond the
        unfinished ones that an organisation may have.
        """
        job = self.get(organisation, kind, job_id)
        with self.store.writing() as tx:
            job = tx.jobs.by_id(organisation, kind, job_id) or job
            if job.state is not JobState.FAILED:
                raise JobCannotBeRetried("state", f"the job is {job.state}: one that failed can be tried again")
            if tx.jobs.next_part(job) is None:
                raise JobCannotBeRetried("lines", "the lines that are left are not kept any more: send the file again")
            brought = tx.imports.by_id(job.id) if kind is JobKind.IMPORT else None
            if brought and brought.undone_at:
                raise JobCannotBeRetried("undone", "the import was undone: send the file again")
            if tx.jobs.unfinished(organisation) >= JOBS_AT_ONCE:
                raise JobCannotBeRetried(
                    "many", f"your organisation has {JOBS_AT_ONCE} unfinished jobs: wait for one, or cancel one"
                )
            tx.audit.add("job.retried", "job", job.id)
            return schedule_next(tx, tx.jobs.resume(job), self.clock())

    @staticmethod
    def _ended(tx: Transaction, job: Job) -> bool:
        """True if another worker ended the job meanwhile."""
        stored = tx.jobs.by_id(job.organisation, job.kind, job.id)
        return stored is None or stored.state.final

    def _wait_for_store(self, job: Job, part: Part) -> None:
        """Gives a part back as soon as the database is there again; after that its lease is over anyway.

        Nothing of the part was committed, or all of it: then nobody gets it a second time.
        """
        ends = time.monotonic() + HELD_FOR.total_seconds()
        while time.monotonic() < ends:
            time.sleep(_STORE_ASKED_EVERY_S)
            try:
                self._retry_later(job, part, 0)
            except StoreUnavailable:
                continue
            return

    def _retry_later(self, job: Job, part: Part, after_s: float) -> None:
        with self.store.writing() as tx:
            tx.jobs.release(job, failed=False)
            tx.signal(TaskSignal("job", job.id, part.number, after_s))

    def _failed(self, job: Job, part: Part) -> None:
        with self.store.writing() as tx:
            if tx.jobs.release(job, failed=True) < _MOST_FAILURES:
                tx.signal(TaskSignal("job", job.id, part.number, _AGAIN_AFTER_S))
            elif not self._ended(tx, job):  # its parts are kept, so that it can be tried again
                lines = f"lines {part.lines[0].number} to {part.lines[-1].number}"
                job = end(tx, job, JobState.FAILED, self.clock(),
                    f"something went wrong here with {lines}, {_MOST_FAILURES} times; it has been logged")  # fmt: skip
        log_end(job)


def schedule_next(tx: Transaction, job: Job, now: datetime) -> Job:
    """Signals the next part, or ends the job where there is none."""
    following = tx.jobs.next_part(job)
    if following is None:
        return end(tx, job, JobState.DONE, now)
    tx.signal(TaskSignal("job", job.id, following))
    return job


def log_end(job: Job) -> None:
    """Logs a job that has ended, once that is committed."""
    if job.state.final:
        began = job.started_at or job.created_at
        seconds = round((job.finished_at - began).total_seconds(), 1) if job.finished_at else None
        about = {"job_id": job.id, "kind": job.kind, "state": job.state, "lines": job.lines, "counts": dict(job.counts)}
        logger.info("job ended", extra={**about, "seconds": seconds})


def end(tx: Transaction, job: Job, state: JobState, now: datetime, error: str | None = None) -> Job:
    """Ends a job and emits an event."""
    expires_at = now + timedelta(seconds=_KEPT_FOR_S)
    ended = tx.jobs.change(job, state, finished_at=now, expires_at=expires_at, error=error)
    if ended.kind is JobKind.IMPORT and not ended.dry_run:
        tx.imports.finish(ended.id, now, ended.counts)
    about = {
        "job_id": ended.id,
        "kind": ended.kind,
        "state": ended.state,
        "lines": ended.lines,
        "done": ended.done,
        "counts": dict(ended.counts),
    }
    tx.events.add(ended.organisation, EventType.JOB_FINISHED, ended.id, about)
    return ended
