"""Runs in the background: rows to domain objects and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.jobs.background_runs import EVERY, BackgroundRun, RunKind
from app.services.jobs.ports import TaskSignal
from app.store import leases
from app.store.suggestions.suggestion_tables import background_runs
from app.store.tables import archive


class BackgroundRunRows:
    """SQL implementation of `app.services.suggestions.ports.BackgroundRuns`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def get(self, kind: RunKind) -> BackgroundRun:
        row = self._connection.execute(select(background_runs).where(background_runs.c.kind == kind)).first()
        return BackgroundRun(**{**row._mapping, "kind": kind}) if row else BackgroundRun(kind)

    def request(self, kind: RunKind, now: datetime) -> None:
        self._ensure(kind)
        self._set(kind, requested_at=now)

    def claim(self, kind: RunKind, now: datetime, until: datetime, version: str) -> BackgroundRun | None:
        if not self.due(kind, now, version):
            return None
        self._ensure(kind)
        free = (background_runs.c.kind == kind, leases.ended(background_runs.c.held_until, now))
        if not self._connection.execute(update(background_runs).where(*free).values(held_until=until)).rowcount:
            return None
        run = self.get(kind)
        if run.started_at is None or run.finished_at is not None:
            begun = {"started_at": now, "finished_at": None, "done": 0, "total": 0, "error": None}
            self._set(kind, **begun, sequence=self._sequence(), version=version)
        return self.get(kind)

    def progress(self, kind: RunKind, done: int, total: int, until: datetime) -> None:
        self._set(kind, done=done, total=total, held_until=until)

    def release(self, kind: RunKind) -> None:
        self._set(kind, held_until=None)

    def finish(self, kind: RunKind, now: datetime, error: str | None = None) -> None:
        self._set(kind, requested_at=None, finished_at=now, held_until=None, error=error)

    def due(self, kind: RunKind, now: datetime, version: str) -> list[TaskSignal]:
        run = self.get(kind)
        if run.held_until and now < run.held_until <= now + leases.LONGEST:
            return []
        latest = self._sequence()
        changed = latest > 0 and (run.sequence != latest or run.version != version)
        rested = run.finished_at is None or not now - EVERY < run.finished_at <= now
        return [TaskSignal("run", kind)] if run.going_on or (changed and rested) else []

    def _ensure(self, kind: RunKind) -> None:
        known = self._connection.scalar(select(background_runs.c.kind).where(background_runs.c.kind == kind))
        if known is None:
            values = {"kind": kind, "done": 0, "total": 0, "sequence": 0, "version": ""}
            try:
                with self._connection.begin_nested():
                    self._connection.execute(insert(background_runs), values)
            except IntegrityError:  # another process was quicker
                return

    def _set(self, kind: RunKind, **values: Any) -> None:
        self._connection.execute(update(background_runs).where(background_runs.c.kind == kind).values(**values))

    def _sequence(self) -> int:
        return int(self._connection.scalar(select(archive.c.sequence)) or 0)
