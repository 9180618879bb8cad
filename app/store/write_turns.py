"""Turns of the writers of one SQLite file within this process: in order, and none waits behind a stuck one for long."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.domain.core.errors import StoreUnavailable
from app.services.lock_timeout import in_request

REQUEST_WAITS_S: Final = 0.7
"""Seconds that a request waits for another process to release a lock, the write lock above all."""

_NOBODY_WROTE_S: Final = 2.0
"""Seconds that a request waits behind the writers of this process while none of them gets any further."""
_REQUEST_WAITS_AT_MOST_S: Final = 10.0
_OTHERS_WAIT_S: Final = 30.0
_STUCK_WAITS_S: Final = 0.05


class TooManyWriters(StoreUnavailable):
    """The writers of this process are too slow for one more to wait: the database itself is well."""

    def __init__(self) -> None:
        super().__init__("too much is being written to the database", 1)


class WriteTurns:
    """First come, first served. SQLite itself lets writers poll, and whoever polls at the right moment is next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()
        self._went_on = 0.0
        self._stuck = False

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Waits for this thread's turn; yields the seconds that it may wait for other processes.

        Raises `TooManyWriters`: for a request when no writer of this process has got further for two seconds.
        """
        ticket, began = object(), time.monotonic()
        with self._changed:
            self._waiting.append(ticket)
            try:
                while self._waiting[0] is not ticket:
                    left = self._left_s(began)
                    if left <= 0:
                        raise TooManyWriters
                    self._changed.wait(left)
            except BaseException:
                self._end(ticket)
                raise
            waits_s = REQUEST_WAITS_S if in_request() else max(self._left_s(began), _STUCK_WAITS_S)
        try:
            yield _STUCK_WAITS_S if self._stuck and in_request() else waits_s
        finally:
            with self._changed:
                self._end(ticket)

    def locked(self) -> None:
        """Notes that another process holds the lock: requests stop waiting for it until a writer gets through."""
        self._stuck = True

    def wrote(self) -> None:
        """Notes that a writer got through."""
        self._stuck, self._went_on = False, time.monotonic()

    def _left_s(self, began: float) -> float:
        now = time.monotonic()
        if not in_request():
            return began + _OTHERS_WAIT_S - now
        return min(max(began, self._went_on) + _NOBODY_WROTE_S, began + _REQUEST_WAITS_AT_MOST_S) - now

    def _end(self, ticket: object) -> None:
        self._waiting.remove(ticket)
        self._changed.notify_all()
