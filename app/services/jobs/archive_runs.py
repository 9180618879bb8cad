"""Runs over the archive in the background: begun when they are due, done in slices, and taken up where they stopped.

A slice takes some seconds of processor time, so that a worker can be stopped; after each the run is signalled again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from app.domain.core.errors import EncoderUnavailable, NotReady, StoreUnavailable
from app.domain.core.logged_errors import exc_info_of
from app.domain.jobs.background_runs import BackgroundRun, RunKind
from app.services.jobs.ports import TaskSignal
from app.services.ports import Clock, Store, Transaction

HELD_FOR: Final = {RunKind.SUGGESTIONS: timedelta(minutes=5), RunKind.MAP: timedelta(minutes=9)}
"""Lease of a run, longer than a slice takes: that of the map is its whole layout."""

_AGAIN_AFTER_S: Final = 5.0
_UNFORESEEN: Final = "something went wrong here; it has been logged"

logger = logging.getLogger("refrain.runs")


class ArchiveRun(Protocol):
    """Work of one kind of run."""

    @property
    def version(self) -> str:
        """Version of what it computes with, at most 64 characters: a new one makes a run due."""

    def slice(self, run: BackgroundRun) -> tuple[int, int]:
        """Does a part, within some seconds, and says how much of how much is done; as much as there is: it is
        finished. Nothing is lost where it is repeated."""


@dataclass(frozen=True, slots=True)
class ArchiveRuns:
    """Runs of all kinds."""

    store: Store
    clock: Clock
    work: Mapping[RunKind, ArchiveRun]

    def __call__(self, name: str) -> TaskSignal | None:
        """Does one slice of a run that is due, unless another worker does; the signal for the next slice, if any."""
        kind = RunKind(name)
        work, now = self.work[kind], self.clock()
        with self.store.writing() as tx:
            run = tx.background_runs.claim(kind, now, now + HELD_FOR[kind], work.version)
        if run is None:
            return None
        try:
            done, total = work.slice(run)
        except (NotReady, EncoderUnavailable):
            return self._let_go(kind, _AGAIN_AFTER_S)
        except StoreUnavailable:
            raise
        except Exception as error:
            logger.error("run of %s failed", kind, exc_info=exc_info_of(error))  # noqa: TRY400
            with self.store.writing() as tx:
                tx.background_runs.finish(kind, self.clock(), _UNFORESEEN)
            return None
        with self.store.writing() as tx:
            tx.background_runs.progress(kind, done, total, now + HELD_FOR[kind])
            if done >= total:
                tx.background_runs.finish(kind, self.clock())
                logger.info("run of %s finished", kind, extra={"statements": total})
                return None
        return self._let_go(kind, 0)

    def finish(self, kind: RunKind, progress: Callable[[int, int], None] | None = None) -> BackgroundRun:
        """Does a whole run in this thread, and returns how it ended, or that another worker does it; for the command
        line and tests. `progress` is called with what is done, and of how much, after each slice."""
        self.request(kind)
        signal: TaskSignal | None = TaskSignal("run", kind)
        while signal is not None:
            signal = self(kind)
            if progress:
                run = self.get(kind)
                progress(run.done, run.total)
        return self.get(kind)

    def request(self, kind: RunKind) -> None:
        """Asks for a run as soon as a worker is free; one that is going on already serves as well."""
        with self.store.writing() as tx:
            if not tx.background_runs.get(kind).going_on:
                tx.background_runs.request(kind, self.clock())
                tx.audit.add(f"{kind}.requested", "run", kind)
            tx.signal(TaskSignal("run", kind))

    def get(self, kind: RunKind) -> BackgroundRun:
        """State of the run in hand, or of the last."""
        with self.store.reading() as tx:
            return tx.background_runs.get(kind)

    def due(self, tx: Transaction, now: datetime) -> list[TaskSignal]:
        """Signals for the runs that are due."""
        return [one for kind, work in self.work.items() for one in tx.background_runs.due(kind, now, work.version)]

    def _let_go(self, kind: RunKind, after_s: float) -> TaskSignal:
        with self.store.writing() as tx:
            tx.background_runs.release(kind)
        return TaskSignal("run", kind, after_s=after_s)
