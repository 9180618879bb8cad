"""Background jobs: rows to domain objects and back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from app.domain.access.keys import Organisation
from app.domain.jobs.jobs import Job, JobKind, JobState, LineResult, Part, RawLine
from app.services.jobs.ports import TaskSignal, Upload
from app.store import leases
from app.store.access.open_organisations import is_open
from app.store.checks.stored_check import check_as_json, check_from_json
from app.store.jobs.background_tables import job_lines, job_parts, jobs
from app.store.organisation_rows import page_of, with_organisation

_FINAL = [state for state in JobState if state.final]
_WORKED_ON = [JobState.QUEUED, JobState.RUNNING]
_PURGED_AT_ONCE = 20


class JobRows:
    """SQL implementation of `app.services.jobs.ports.Jobs`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, job: Job) -> Job:
        values = {
            "id": job.id,
            "organisation_key": job.organisation.key,
            "kind": job.kind,
            "state": job.state,
            "name": job.name,
            "private": job.private,
            "dry_run": job.dry_run,
            "lines": 0,
            "done": 0,
            "counts": dict(job.counts),
            "failures": 0,
            "created_at": job.created_at,
        }
        key = self._connection.scalar(insert(jobs).returning(jobs.c.key), values)
        return self._one(jobs.c.key == key)

    def put_parts(self, job: Job, uploads: Sequence[Upload]) -> None:
        rows = [
            {"job_key": job.key, "number": upload.number, "first_line": upload.first_line, "content": upload.content}
            for upload in uploads
        ]
        if rows:
            self._connection.execute(insert(job_parts), rows)

    def put_lines(self, job: Job, results: Iterable[LineResult]) -> None:
        rows = [
            {
                "job_key": job.key,
                "line": result.number,
                "answer": check_as_json(result.answer) if result.answer else None,
                "problem": result.problem,
            }
            for result in results
        ]
        if rows:
            self._connection.execute(insert(job_lines), rows)

    def by_id(self, organisation: Organisation, kind: JobKind, job_id: str) -> Job | None:
        own = (jobs.c.organisation_key == organisation.key, jobs.c.kind == kind, jobs.c.id == job_id)
        row = self._connection.execute(with_organisation(jobs).where(*own)).first()
        return _job_of(row) if row else None

    def find(self, organisation: Organisation, kind: JobKind, before: int | None, limit: int) -> list[Job]:
        of_kind = with_organisation(jobs).where(jobs.c.kind == kind)
        found = page_of(of_kind, jobs, organisation, before, limit)
        return [_job_of(row) for row in self._connection.execute(found)]

    def unfinished(self, organisation: Organisation) -> int:
        own = (jobs.c.organisation_key == organisation.key, jobs.c.state.not_in(_FINAL))
        return int(self._connection.scalar(select(func.count()).select_from(jobs).where(*own)) or 0)

    def lines(self, job: Job, after: int, limit: int, *, rejected: bool = False) -> list[LineResult]:
        conditions = [job_lines.c.job_key == job.key, job_lines.c.line > after]
        if rejected:
            conditions.append(job_lines.c.problem.is_not(None))
        rows = self._connection.execute(select(job_lines).where(*conditions).order_by(job_lines.c.line).limit(limit))
        return [LineResult(row.line, check_from_json(row.answer) if row.answer else None, row.problem) for row in rows]

    def claim(self, job_id: str, part: int, now: datetime, until: datetime) -> tuple[Job, Part] | None:
        free = leases.ended(jobs.c.held_until, now)
        key = self._connection.scalar(
            update(jobs)
            .where(jobs.c.id == job_id, jobs.c.state.in_(_WORKED_ON), free, is_open(jobs.c.organisation_key))
            .where(select(job_parts.c.number).where(job_parts.c.job_key == jobs.c.key,
                                                    job_parts.c.number == part).exists())
            .values(held_until=until, state=JobState.RUNNING, started_at=func.coalesce(jobs.c.started_at, now))
            .returning(jobs.c.key)
        )  # fmt: skip
        if key is None:
            return None
        this_part = (job_parts.c.job_key == key, job_parts.c.number == part)
        row = self._connection.execute(select(job_parts).where(*this_part)).one()
        numbered = enumerate(row.content.split(b"\n"), start=row.first_line)
        lines = tuple(RawLine(number, raw.strip()) for number, raw in numbered if raw.strip())
        return self._one(jobs.c.key == key), Part(part, lines)

    def release(self, job: Job, *, failed: bool) -> int:
        failures = jobs.c.failures + 1 if failed else jobs.c.failures
        given_back = update(jobs).where(jobs.c.key == job.key).values(held_until=None, failures=failures)
        return int(self._connection.scalar(given_back.returning(jobs.c.failures)) or 0)

    def finish_part(self, job: Job, part: Part) -> bool:
        worked_on = select(jobs.c.key).where(jobs.c.key == job.key, jobs.c.state.in_(_WORKED_ON))
        this_part = (job_parts.c.job_key.in_(worked_on), job_parts.c.number == part.number)
        return self._connection.scalar(delete(job_parts).where(*this_part).returning(job_parts.c.number)) is not None

    def change(
        self, job: Job, state: JobState, *, lines: int | None = None, done: int = 0,
        counts: Mapping[str, int] | None = None, finished_at: datetime | None = None,
        expires_at: datetime | None = None, error: str | None = None,
        report: Mapping[str, Any] | None = None,
    ) -> Job:  # fmt: skip
        stored = self._one(jobs.c.key == job.key)
        total = {**stored.counts}
        for name, count in (counts or {}).items():
            total[name] = total.get(name, 0) + count
        values = {
            "state": state,
            "lines": stored.lines if lines is None else lines,
            "done": stored.done + done,
            "counts": total,
            "finished_at": finished_at or stored.finished_at,
            "expires_at": expires_at or stored.expires_at,
            "error": error or stored.error,
            "report": report or stored.report,
            "failures": 0,
            "held_until": None,
        }
        self._connection.execute(update(jobs).where(jobs.c.key == job.key).values(**values))
        return self._one(jobs.c.key == job.key)

    def resume(self, job: Job) -> Job:
        values = {
            "state": JobState.QUEUED, "failures": 0, "held_until": None, "finished_at": None, "expires_at": None,
            "error": None,
        }  # fmt: skip
        self._connection.execute(update(jobs).where(jobs.c.key == job.key).values(**values))
        return self._one(jobs.c.key == job.key)

    def next_part(self, job: Job) -> int | None:
        first: int | None = self._connection.scalar(
            select(func.min(job_parts.c.number)).where(job_parts.c.job_key == job.key)
        )
        return first

    def remove(self, job: Job) -> None:
        self._remove([job.key])

    def drop_parts(self, job: Job) -> None:
        self._connection.execute(delete(job_parts).where(job_parts.c.job_key == job.key))

    def stalled(self, now: datetime) -> list[TaskSignal]:
        free = leases.ended(jobs.c.held_until, now)
        rows = self._connection.execute(
            select(jobs.c.id, func.min(job_parts.c.number).label("part"))
            .join(job_parts, job_parts.c.job_key == jobs.c.key)
            .where(jobs.c.state.in_(_WORKED_ON), free, is_open(jobs.c.organisation_key))
            .group_by(jobs.c.id)
        )
        return [TaskSignal("job", row.id, row.part) for row in rows]

    def purge(self, now: datetime, received_before: datetime) -> int:
        broken_off = (jobs.c.state == JobState.RECEIVING) & (jobs.c.created_at < received_before)
        old = select(jobs.c.key).where(or_(jobs.c.expires_at < now, broken_off)).limit(_PURGED_AT_ONCE)
        keys = list(self._connection.scalars(old))
        self._remove(keys)
        return len(keys)

    def _remove(self, keys: Sequence[int]) -> None:
        for table in (job_parts, job_lines):
            self._connection.execute(delete(table).where(table.c.job_key.in_(keys)))
        self._connection.execute(delete(jobs).where(jobs.c.key.in_(keys)))

    def _one(self, condition: Any) -> Job:
        return _job_of(self._connection.execute(with_organisation(jobs).where(condition)).one())


def _job_of(row: Row[Any]) -> Job:
    return Job(
        key=row.key,
        id=row.id,
        kind=JobKind(row.kind),
        organisation=Organisation(row.organisation_key, row.organisation_id, row.organisation_name),
        state=JobState(row.state),
        name=row.name,
        private=row.private,
        created_at=row.created_at,
        lines=row.lines,
        done=row.done,
        counts=row.counts,
        started_at=row.started_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
        error=row.error,
        dry_run=row.dry_run,
        report=row.report,
    )
