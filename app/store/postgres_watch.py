"""Watch over a PostgreSQL server: a thread asks it all the time, so that one that hangs is known within a second.

While it does not answer, requests are refused at once, and queries that wait for it are given up. They go on when the
thread has had an answer on a new connection.
"""

import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from typing import Any, Final, TypeVar

import psycopg

from app.domain.core.errors import StoreUnavailable
from app.services.lock_timeout import in_request
from app.store.availability import Availability
from app.store.faults import fault_of

_EVERY_S: Final = 0.2
_ANSWERS_WITHIN_S: Final = 0.7
_GIVEN_UP_AFTER_S: Final = 2.0
_REQUEST_CONNECTS_WITHIN_S: Final = 0.8

T = TypeVar("T")


class PostgresWatch:
    """Watch from `start` to `stop`; before and after it nothing is refused."""

    def __init__(self, connect: Callable[[], "psycopg.Connection[Any]"], availability: Availability):
        """`connect` makes a connection of the watch's own."""
        self._connect = connect
        self._availability = availability
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._asked_at: float | None = None

    @property
    def hung(self) -> bool:
        """True while the server leaves the watch without an answer."""
        asked_at = self._asked_at
        return asked_at is not None and time.monotonic() - asked_at > _ANSWERS_WITHIN_S

    @property
    def fault(self) -> StoreUnavailable | None:
        """The reason why nothing may be asked of the server now."""
        if self._thread is None:
            return None
        if self.hung:
            hung = StoreUnavailable("the database does not answer", gone=True)
            self._availability.failed(hung)
            return hung
        fault = self._availability.fault
        return fault if fault and fault.gone else None

    def start(self) -> None:
        """Begins to watch."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._run, name="watch-database", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ends the watch."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=_GIVEN_UP_AFTER_S + 1)
            self._thread = None
        self._asked_at = None

    def _run(self) -> None:
        connection: psycopg.Connection[Any] | None = None
        while not self._stopping.is_set():
            if self._availability.fault and self._availability.fault.gone and connection is not None:
                connection.close()  # whether new ones are accepted is the question
                connection = None
            self._asked_at = time.monotonic()
            try:
                connection = connection or self._connect()
                connection.execute("SELECT 1")
                if not self.hung:
                    self._availability.answered(wrote=False)
            except psycopg.Error as error:
                fault = fault_of(error)
                if isinstance(fault, StoreUnavailable):
                    if not fault.gone:  # such as too many connections: it answers all the same
                        self._availability.answered(wrote=False)
                    self._availability.failed(fault)
                if connection is not None:
                    connection.close()
                    connection = None
            self._asked_at = None
            self._stopping.wait(_EVERY_S)
        if connection is not None:
            connection.close()

    def is_unresponsive(self) -> bool:
        """True where a query of the watch itself waits for too long."""
        asked_at = self._asked_at
        return self._stopping.is_set() or (asked_at is not None and time.monotonic() - asked_at > _GIVEN_UP_AFTER_S)


class WatchedConnection(psycopg.Connection[Any]):
    """Connection whose queries end with an `OperationalError` once `is_gone` says that the server does not answer."""

    is_gone: Callable[[], bool] | None = None

    def wait(self, gen: "Generator[Any, Any, T]", *args: Any, **options: Any) -> T:
        """Waits for the server as psycopg does."""
        if self.is_gone is None:
            return super().wait(gen, *args, **options)
        return super().wait(self._watched(gen, self.is_gone), *args, **options)

    def _watched(self, gen: "Generator[Any, Any, T]", is_gone: Callable[[], bool]) -> "Generator[Any, Any, T]":
        try:
            ready = yield next(gen)
            while True:
                if not ready and is_gone():  # psycopg looks every tenth of a second
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer")
                ready = yield gen.send(ready)
        except StopIteration as end:
            result: T = end.value
            return result


def connect_in_time(connect: Callable[[], T]) -> T:
    """The connection that `connect` makes; for a request an `OperationalError` where that takes nearly a second."""
    if not in_request():
        return connect()
    made: Future[T] = Future()

    def run() -> None:
        try:
            made.set_result(connect())
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            made.set_exception(error)

    threading.Thread(target=run, name="connect-database", daemon=True).start()
    try:
        return made.result(timeout=_REQUEST_CONNECTS_WITHIN_S)
    except TooSlow:
        made.add_done_callback(_close_late)
        raise psycopg.OperationalError("no connection in time") from None


def _close_late(made: "Future[Any]") -> None:
    if made.exception() is None:
        made.result().close()
