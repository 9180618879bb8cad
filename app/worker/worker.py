"""The worker of this process: hands tasks of the queue to the use cases that do them."""

from dataclasses import dataclass

from app.services.jobs.archive_runs import ArchiveRuns
from app.services.jobs.requeue_stalled import RequeueStalled
from app.services.jobs.run_jobs import RunJobs
from app.services.sources.read_source import ReadSource
from app.services.webhooks.deliver_events import DeliverEvents
from app.worker.queue import Handlers, Queue


@dataclass(frozen=True, slots=True)
class Worker:
    """`app.services.jobs.ports.Background` over a queue."""

    queue: Queue
    run_jobs: RunJobs
    deliver_events: DeliverEvents
    read_source: ReadSource
    archive_runs: ArchiveRuns
    requeue_stalled: RequeueStalled

    @property
    def failure(self) -> str | None:
        """Reason why jobs and deliveries wait, None where they do not."""
        return self.queue.failure

    def restart_threads(self) -> None:
        """Starts threads again that have ended."""
        self.queue.restart_threads()

    def start(self) -> None:
        """Works from now until `stop`."""
        self.queue.start(
            Handlers(self.run_jobs, self.deliver_events, self.read_source, self.archive_runs, self.requeue_stalled)
        )

    def stop(self) -> None:
        """Ends the work after the part in hand."""
        self.queue.stop()
