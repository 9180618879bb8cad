"""Job queue: Huey carries the task signals, in a file beside the archive's or in its PostgreSQL.

What there is to do is in the archive's own tables, and is claimed there. Huey forgets what a killed worker had in hand,
so stalled work is looked for at each start and every minute, and signalled again.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.api import TaskWrapper
from huey.consumer import Consumer

from app.services.jobs.ports import TaskSignal
from app.services.jobs.run_jobs import HELD_FOR
from app.services.webhooks.deliver_events import TURN_HELD_FOR
from app.services.webhooks.sender_shares import SENDERS
from app.worker.json_messages import JsonMessages

_STOP_WITHIN_S: Final = 15

logger = logging.getLogger("refrain.worker")


@dataclass(frozen=True, slots=True)
class Handlers:
    """Handlers of the queue's tasks."""

    run_part: Callable[[str, int], None]
    """A part of a job, by the job's id and the part's number."""
    deliver: Callable[[str], TaskSignal | None]
    """A webhook's deliveries, by its id; what it returns is signalled again."""
    requeue: Callable[[], Sequence[TaskSignal]]
    """Once a minute: what is to be signalled again."""


class Queue:
    """Job queue: signals workers, of this process or of another one on the same database, and runs consumers."""

    def __init__(self, where: str):
        """`where`: the path of an SQLite file, or the URL of a PostgreSQL database."""
        self._where = where
        self._handlers: Handlers | None = None
        self._consumers: list[Consumer] = []
        self._closing = threading.Lock()

    def send_signal(self, signal: TaskSignal) -> None:
        """Sends a task signal. Where that fails the work is found within a minute all the same."""
        try:
            task, arguments = (
                (self._job_part, (signal.id, signal.part))
                if signal.what == "job"
                else (self._delivery_run, (signal.id,))
            )
            if signal.after_s:
                task.schedule(arguments, delay=signal.after_s)
            else:
                task(*arguments)
        except Exception:
            logger.exception("cannot signal a worker for %s %s", signal.what, signal.id)

    def start(self, handlers: Handlers) -> None:
        """Works in threads of this process, from now until `stop`."""
        self._handlers = handlers
        tasks = (
            self._job_part,
            self._delivery_run,
            self._maintenance,
        )  # a consumer knows those that exist when it starts
        logger.info("working on %s", ", ".join(task.name for task in tasks))
        for huey, workers in ((self._jobs, 1), (self._deliveries, SENDERS)):
            consumer = _Consumer(
                huey, workers, initial_delay=0.05, max_delay=0.5, shutdown_timeout=_STOP_WITHIN_S,
                check_worker_health=False,
            )  # fmt: skip
            consumer.start()
            self._consumers.append(consumer)
        self._maintenance()
        for held in (TURN_HELD_FOR, HELD_FOR):  # what was in hand when a worker was killed
            self._maintenance.schedule(delay=held.total_seconds() + 1)

    def stop(self) -> None:
        """Ends the work after the part in hand; what is left goes on at the next start."""
        for consumer in self._consumers:
            consumer.stop_flag.set()
        for consumer in self._consumers:
            consumer.stop(graceful=True)
        self._consumers.clear()
        self.close()

    def close(self) -> None:
        """Closes the queue's database; it is opened again for the next signal."""
        for name in ("_jobs", "_deliveries"):
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

    def _open(self, name: str) -> Huey:
        if self._where.startswith("postgresql"):
            scheme, _, rest = self._where.partition("://")
            huey = PostgresHuey(
                name, dsn=f"{scheme.partition('+')[0]}://{rest}", results=False, serializer=JsonMessages()
            )
        else:
            huey = SqliteHuey(name, filename=self._where, results=False, serializer=JsonMessages(), timeout=30)
        huey.on_shutdown(name="close")(lambda: self._close(huey))  # each thread listens on a connection of its own
        return huey

    def _close(self, huey: Huey) -> None:
        with self._closing:  # a storage asks whether it is open before it takes its lock: two would close it at once
            huey.storage.close()

    @cached_property
    def _job_part(self) -> TaskWrapper:
        return self._jobs.task(name="part")(lambda job_id, number: self._started.run_part(job_id, number))

    @cached_property
    def _delivery_run(self) -> TaskWrapper:
        return self._deliveries.task(name="turn")(self._deliver)

    @cached_property
    def _maintenance(self) -> TaskWrapper:
        return self._deliveries.periodic_task(crontab(minute="*"), name="sweep")(self._requeue_stalled)

    def _deliver(self, webhook_id: str) -> None:
        if signal := self._started.deliver(webhook_id):
            self.send_signal(signal)

    def _requeue_stalled(self) -> None:
        for signal in self._started.requeue():
            self.send_signal(signal)


class _Consumer(Consumer):  # type: ignore[misc]
    """Queue consumer for a process with signal handlers of its own."""

    def _set_signal_handlers(self) -> None:
        pass
