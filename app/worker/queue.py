"""Job queue: Huey carries the task signals, in a file beside the archive's or in its PostgreSQL.

What there is to do is in the archive's own tables, and is claimed there. Huey forgets what a killed worker had in hand,
so stalled work is looked for at each start and every minute, and signalled again.
"""

import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import psycopg
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.api import TaskWrapper
from huey.consumer import Consumer, Scheduler
from huey.consumer import Worker as QueueWorker

from app.domain.core.errors import StoreUnavailable
from app.services.jobs.ports import TaskSignal
from app.services.jobs.run_jobs import HELD_FOR
from app.services.webhooks.deliver_events import TURN_HELD_FOR
from app.services.webhooks.sender_shares import SENDERS
from app.worker.json_messages import JsonMessages

_STOP_WITHIN_S: Final = 15
_FILE_BUSY_S: Final = 2
_STORE_ASKED_EVERY_S: Final = 1.0
_TROUBLE_FOR_S: Final = 3.0
_MOST_UNSENT: Final = 10_000
_SOURCE_READERS: Final = 2

logger = logging.getLogger("refrain.worker")


@dataclass(frozen=True, slots=True)
class Handlers:
    """Handlers of the queue's tasks."""

    run_part: Callable[[str, int], None]
    """A part of a job, by the job's id and the part's number."""
    deliver: Callable[[str], TaskSignal | None]
    """A webhook's deliveries, by its id; what it returns is signalled again."""
    read_source: Callable[[str], None]
    """A watched source, by its id."""
    run_over_archive: Callable[[str], TaskSignal | None]
    """A run over the archive, by its kind; what it returns is signalled again."""
    requeue: Callable[[], Sequence[TaskSignal]]
    """Once a minute: what is to be signalled again."""


class Queue:
    """Job queue: signals workers, of this process or of another one on the same database, and runs consumers."""

    def __init__(self, where: str | Callable[[], "psycopg.Connection[Any]"]):
        """`where`: the path of an SQLite file, or what connects to a PostgreSQL database."""
        self._where = where
        self._unsent: deque[TaskSignal] = deque(maxlen=_MOST_UNSENT)
        self._failed_at = -_TROUBLE_FOR_S
        self._failing = False
        self._stopping = threading.Event()
        self._handlers: Handlers | None = None
        self._consumers: list[Consumer] = []
        self._closing = threading.Lock()

    def send_signal(self, signal: TaskSignal) -> None:
        """Sends a task signal, or keeps it until that works; the work is found within a minute all the same."""
        self._unsent.append(signal)
        self._send_waiting()

    def _send_waiting(self) -> None:
        while True:
            try:
                signal = self._unsent.popleft()
            except IndexError:
                return
            try:
                self._send(signal)
            except Exception as error:  # noqa: BLE001 - whatever the queue's database raises
                self._unsent.appendleft(signal)
                if not self._failing:
                    logger.warning("cannot signal a worker for %s %s", signal.what, signal.id)
                self._failed(error)
                return

    def _send(self, signal: TaskSignal) -> None:
        arguments: tuple[str, int] | tuple[str]
        match signal.what:
            case "job":
                task, arguments = self._job_part, (signal.id, signal.part)
            case "webhook":
                task, arguments = self._delivery_run, (signal.id,)
            case "source":
                task, arguments = self._source_reading, (signal.id,)
            case "run":
                task, arguments = self._archive_run, (signal.id,)
        if signal.after_s:
            task.schedule(arguments, delay=signal.after_s)
        else:
            task(*arguments)

    @property
    def failure(self) -> str | None:
        """Reason why jobs and deliveries wait, None where they do not."""
        if self._stopping.is_set():
            return None
        if time.monotonic() - self._failed_at < _TROUBLE_FOR_S:
            return "the job queue cannot be reached"
        if any(not thread.is_alive() for consumer in self._consumers for thread in consumer.threads):
            return "a worker thread has ended"
        return None

    def restart_threads(self) -> None:
        """Starts threads again that have ended, and sends signals that could not be sent."""
        if self._stopping.is_set():
            return
        for consumer in list(self._consumers):
            if any(not thread.is_alive() for thread in consumer.threads):
                consumer.check_worker_health()
        if self._unsent and self.failure is None:
            self._send_waiting()

    def _failed(self, error: BaseException | None) -> None:
        """Notes that the queue's database failed; the first time is logged."""
        self._failed_at = time.monotonic()
        if not self._failing:
            self._failing = True
            logger.warning("the job queue cannot be reached (%s); trying again", type(error).__name__)

    def _worked(self) -> None:
        if self._failing and time.monotonic() - self._failed_at > _TROUBLE_FOR_S:
            self._failing = False
            logger.warning("the job queue can be reached again")

    def start(self, handlers: Handlers) -> None:
        """Works in threads of this process, from now until `stop`."""
        self._handlers = handlers
        self._stopping.clear()
        tasks = (
            self._job_part,
            self._delivery_run,
            self._source_reading,
            self._archive_run,
            self._maintenance,
        )  # a consumer knows those that exist when it starts
        logger.info("working on %s", ", ".join(task.name for task in tasks))
        for huey, workers in (
            (self._jobs, 1),
            (self._deliveries, SENDERS),
            (self._sources, _SOURCE_READERS),
            (self._runs, 1),
        ):
            consumer = _Consumer(
                self._failed,
                self._worked,
                huey,
                workers,
                initial_delay=0.05,
                max_delay=0.5,
                shutdown_timeout=_STOP_WITHIN_S,
                check_worker_health=False,
            )
            consumer.start()
            self._consumers.append(consumer)
        self._sweep_soon()
        for held in (TURN_HELD_FOR, HELD_FOR):  # what was in hand when a worker was killed
            self._sweep_soon(held.total_seconds() + 1)

    def _sweep_soon(self, after_s: float = 0) -> None:
        try:
            if after_s:
                self._maintenance.schedule(delay=after_s)
            else:
                self._maintenance()
        except Exception as error:  # noqa: BLE001 - whatever the queue's database raises; the next sweep is in a minute
            self._failed(error)

    def stop(self) -> None:
        """Ends the work after the part in hand; what is left goes on at the next start."""
        self._stopping.set()
        for consumer in self._consumers:
            consumer.stop_flag.set()
        for consumer in self._consumers:
            consumer.stop(graceful=True)
        self._consumers.clear()
        self.close()

    def close(self) -> None:
        """Closes the queue's database; it is opened again for the next signal."""
        for name in ("_jobs", "_deliveries", "_sources", "_runs"):
            if name in self.__dict__:
                self._close(self.__dict__[name])

    @property
    def _started(self) -> Handlers:
        if self._handlers is None:
            raise RuntimeError("a task runs only in a consumer, which `start` makes")
        return self._handlers

    @cached_property
    def _jobs(self) -> Huey:
        return self._open("refrain-jobs")

    @cached_property
    def _deliveries(self) -> Huey:
        return self._open("refrain-deliveries")

    @cached_property
    def _sources(self) -> Huey:
        return self._open("refrain-sources")

    @cached_property
    def _runs(self) -> Huey:
        return self._open("refrain-runs")

    def _open(self, name: str) -> Huey:
        if isinstance(self._where, str):
            huey = SqliteHuey(
                name, filename=self._where, results=False, serializer=JsonMessages(), timeout=_FILE_BUSY_S
            )
        else:
            options = {"connection": self._where, "results": False, "serializer": JsonMessages()}
            try:
                huey = PostgresHuey(name, **options)
            except psycopg.errors.InsufficientPrivilege:  # the tables were made by another role
                huey = PostgresHuey(name, **options, create_tables=False)
        huey.on_shutdown(name="close")(lambda: self._close(huey))  # each thread listens on a connection of its own
        return huey

    def _close(self, huey: Huey) -> None:
        with self._closing:  # a storage asks whether it is open before it takes its lock: two would close it at once
            huey.storage.close()

    @cached_property
    def _job_part(self) -> TaskWrapper:
        return self._jobs.task(name="part")(
            lambda job_id, number: self._patiently(lambda: self._started.run_part(job_id, number))
        )

    @cached_property
    def _delivery_run(self) -> TaskWrapper:
        return self._deliveries.task(name="turn")(lambda webhook_id: self._patiently(lambda: self._deliver(webhook_id)))

    @cached_property
    def _source_reading(self) -> TaskWrapper:
        return self._sources.task(name="reading")(
            lambda source_id: self._patiently(lambda: self._started.read_source(source_id))
        )

    @cached_property
    def _archive_run(self) -> TaskWrapper:
        return self._runs.task(name="run")(lambda kind: self._patiently(lambda: self._run_over_archive(kind)))

    @cached_property
    def _maintenance(self) -> TaskWrapper:
        return self._deliveries.periodic_task(crontab(minute="*"), name="sweep")(self._requeue_stalled)

    def _deliver(self, webhook_id: str) -> None:
        if signal := self._started.deliver(webhook_id):
            self.send_signal(signal)

    def _run_over_archive(self, kind: str) -> None:
        if signal := self._started.run_over_archive(kind):
            self.send_signal(signal)

    def _requeue_stalled(self) -> None:
        with suppress(StoreUnavailable):  # the next one is in a minute
            for signal in self._started.requeue():
                self.send_signal(signal)

    def _patiently(self, work: Callable[[], None]) -> None:
        """Runs a task, again and again while the archive's database is away."""
        while True:
            try:
                work()
            except StoreUnavailable:
                if self._stopping.wait(_STORE_ASKED_EVERY_S):
                    return
            else:
                return


class _Consumer(Consumer):  # type: ignore[misc]
    """Queue consumer for a process with signal handlers of its own; its threads report errors in place of logging them.

    They poll several times a second: a stack for each would be thousands of lines while the database is away.
    """

    def __init__(
        self,
        on_error: Callable[[BaseException | None], None],
        on_success: Callable[[], None],
        huey: Huey,
        workers: int,
        **options: Any,
    ):
        class ReportingWorker(QueueWorker):  # type: ignore[misc]
            def create_logger(self) -> _Reporting:
                return _Reporting(super().create_logger(), on_error)

            def loop(self, now: Any = None) -> None:
                super().loop(now)
                on_success()

        class ReportingScheduler(Scheduler):  # type: ignore[misc]
            def create_logger(self) -> _Reporting:
                return _Reporting(super().create_logger(), on_error)

        self.worker_class = ReportingWorker
        self.scheduler_class = ReportingScheduler
        super().__init__(huey, workers, **options)

    @property
    def threads(self) -> list[threading.Thread]:
        """Threads of the workers and of the scheduler."""
        return [*(thread for _, thread in self.worker_threads), self.scheduler]

    def _set_signal_handlers(self) -> None:
        pass


class _Reporting(logging.LoggerAdapter):  # type: ignore[type-arg]
    """Logger that reports exceptions."""

    def __init__(self, inner: logging.Logger, on_error: Callable[[BaseException | None], None]):
        super().__init__(inner)
        self._on_error = on_error

    def exception(self, *_: Any, **__: Any) -> None:
        """Reports the exception in hand."""
        self._on_error(sys.exc_info()[1])
