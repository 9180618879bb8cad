"""Ports for background work: jobs, events and webhooks in the store, a task signal, and an HTTP sender."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.checks import CheckRequest
from app.domain.jobs.jobs import Job, JobKind, JobState, LineResult, Part
from app.domain.webhooks.webhooks import Attempt, Delivery, DeliveryState, Event, SigningSecrets, Webhook


@dataclass(frozen=True, slots=True)
class TaskSignal:
    """Signal to a worker that there is work: a part of a job, or a webhook's deliveries. May arrive twice."""

    what: Literal["job", "webhook"]
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
        """Leases a part until then; None where another worker holds it or it is finished."""

    def release(self, job: Job, *, failed: bool) -> int:
        """Releases a part; returns how often in a row it has failed."""

    def finish_part(self, job: Job, part: Part) -> bool:
        """False where it is finished already, or the job has been ended."""

    def change(
        self, job: Job, state: JobState, *, lines: int | None = None, done: int = 0,
        counts: Mapping[str, int] | None = None, finished_at: datetime | None = None,
        expires_at: datetime | None = None, error: str | None = None,
    ) -> Job: ...  # fmt: skip
    def remove(self, job: Job) -> None: ...
    def next_part(self, job: Job) -> int | None: ...
    def drop_parts(self, job: Job) -> None: ...
    def stalled(self, now: datetime) -> list[TaskSignal]:
        """Parts without a lease."""

    def purge(self, now: datetime, received_before: datetime) -> int:
        """Deletes jobs that have expired, and interrupted uploads."""


class Webhooks(Protocol):
    """Subscriptions and their deliveries; an organisation sees its own only."""

    def add(self, webhook: Webhook, signing: SigningSecrets) -> Webhook: ...
    def by_id(self, organisation: Organisation, webhook_id: str) -> Webhook | None: ...
    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[Webhook]: ...
    def count(self, organisation: Organisation) -> int: ...
    def change(self, webhook: Webhook) -> None: ...
    def remove(self, webhook: Webhook) -> None: ...
    def secrets(self, webhook: Webhook) -> SigningSecrets: ...
    def put_secrets(self, webhook: Webhook, signing: SigningSecrets) -> None: ...

    def claim(self, webhook_id: str, now: datetime, until: datetime) -> Webhook | None:
        """Leases a webhook until then; None where another worker holds it or it is disabled."""

    def put_failures(self, webhook: Webhook, failures: int) -> None: ...
    def disable(self, webhook: Webhook, reason: str, now: datetime) -> None:
        """Disables a webhook; pending deliveries are stopped."""

    def release(self, webhook: Webhook, rest_until: datetime | None) -> None: ...
    def stalled(self, now: datetime) -> list[TaskSignal]:
        """Webhooks with something due and without a lease."""

    def add_delivery(self, webhook: Webhook, event: Event, now: datetime) -> Delivery: ...
    def due(self, webhook: Webhook, now: datetime) -> Delivery | None: ...
    def delivery(self, webhook: Webhook, delivery_id: str) -> Delivery | None: ...
    def deliveries(
        self, webhook: Webhook, state: DeliveryState | None, before: int | None, limit: int
    ) -> list[Delivery]: ...
    def attempted(
        self, delivery: Delivery, attempts: Sequence[Attempt], state: DeliveryState, tries: int, due_at: datetime | None
    ) -> None: ...
    def purge(self, before: datetime) -> int:
        """Deletes deliveries made before then that are not pending, and events without deliveries."""


class Events(Protocol):
    """Transactional outbox: an event is written in the transaction of its cause, and delivered once that is
    committed."""

    def add(self, organisation: Organisation | None, kind: str, subject: str, data: Mapping[str, Any]) -> None:
        """Adds an event for the webhooks of an organisation that subscribe to it; None: of every organisation."""


class Send(Protocol):
    """Sends a request body once. Errors are returned in the attempt, never raised."""

    def __call__(
        self, webhook: Webhook, signing: SigningSecrets, event: Event, source: str, at: datetime
    ) -> Attempt: ...


class CheckDestination(Protocol):
    """Raises `DestinationRefused` for an address that nothing may be sent to."""

    def __call__(self, url: str) -> None: ...


class Background(Protocol):
    """Works on jobs and deliveries in threads of this process, from `start` to `stop`."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


ReadCheck = Callable[[bytes], CheckRequest]
"""Parses the check request on a line. Raises `InvalidInput`, or `NotJson`."""
