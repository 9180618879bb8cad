"""Observers: notified of requests, stages of checks, and outcomes as they happen, for metrics and traces.

They are of the process, as loggers are: `add_observer` adds one, and every use case notifies `observers`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from app.domain.checks.checks import Check
from app.domain.jobs.jobs import JobKind

UNROUTED: Final = "unrouted"
"""Route of a request that was refused before it had one, or that asked for an address that there is not."""

Stage = Literal["encode", "sync", "search", "score_pairs", "explain", "store"]
STAGES: Final[tuple[Stage, ...]] = ("encode", "sync", "search", "score_pairs", "explain", "store")
"""Stages of a check, in order. None is within another."""

WebhookOutcome = Literal["delivered", "failed", "gone"]
WEBHOOK_OUTCOMES: Final[tuple[WebhookOutcome, ...]] = ("delivered", "failed", "gone")


@dataclass(slots=True)
class ObservedRequest:
    """HTTP request as observers see it. What is known only later is filled in before its context ends."""

    method: str
    headers: dict[str, str] = field(default_factory=dict)
    """`traceparent` and `tracestate`, where they were sent."""
    route: str = UNROUTED
    """Template of its path, such as `/v1/checks/{check_id}`."""
    status: int = 0
    """0 where nothing was answered."""
    problem: str | None = None
    """Slug of the problem that it was answered with."""


class Observer(Protocol):
    """Instrumentation hook. No argument is text of a statement, and no method may raise."""

    def request(self, request: ObservedRequest) -> AbstractContextManager[None]:
        """A request, from its beginning to the end of its answer."""

    def stage(self, name: Stage) -> AbstractContextManager[None]:
        """A stage of a check, or of several in one call."""

    def encoding(self, texts: int) -> AbstractContextManager[None]:
        """A call of the encoder with so many texts."""

    def checked(self, checks: Sequence[Check]) -> None:
        """Checks that were answered."""

    def job_part_done(self, kind: JobKind, lines: int) -> None:
        """A part of a job was finished."""

    def job_part_failed(self, kind: JobKind) -> None:
        """A part of a job failed, and is tried again or ends its job."""

    def webhook_attempted(self, outcome: WebhookOutcome) -> None:
        """A delivery was attempted."""

    def database_failed(self, kind: str) -> None:
        """The database answered with an error; `kind` is the name of its class."""


class _Observers:
    """Observer that notifies all others."""

    def __init__(self) -> None:
        self.all: tuple[Observer, ...] = ()

    def request(self, request: ObservedRequest) -> AbstractContextManager[None]:
        return self._within(lambda one: one.request(request))

    def stage(self, name: Stage) -> AbstractContextManager[None]:
        return self._within(lambda one: one.stage(name))

    def encoding(self, texts: int) -> AbstractContextManager[None]:
        return self._within(lambda one: one.encoding(texts))

    def checked(self, checks: Sequence[Check]) -> None:
        for one in self.all:
            one.checked(checks)

    def job_part_done(self, kind: JobKind, lines: int) -> None:
        for one in self.all:
            one.job_part_done(kind, lines)

    def job_part_failed(self, kind: JobKind) -> None:
        for one in self.all:
            one.job_part_failed(kind)

    def webhook_attempted(self, outcome: WebhookOutcome) -> None:
        for one in self.all:
            one.webhook_attempted(outcome)

    def database_failed(self, kind: str) -> None:
        for one in self.all:
            one.database_failed(kind)

    @contextmanager
    def _within(self, context: Callable[[Observer], AbstractContextManager[None]]) -> Iterator[None]:
        with ExitStack() as stack:
            for one in self.all:
                stack.enter_context(context(one))
            yield


observers: Final = _Observers()
"""The observers of this process."""


def add_observer(observer: Observer) -> None:
    """Adds an observer to those of this process, once."""
    if observer not in observers.all:
        observers.all = (*observers.all, observer)


def remove_observer(observer: Observer) -> None:
    """Removes an observer; one that is not there is no error."""
    observers.all = tuple(one for one in observers.all if one is not observer)
