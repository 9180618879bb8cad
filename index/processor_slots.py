"""Slots for work that keeps a processor busy: as many threads compute at once as there are processors.

More of them are no faster: they take turns at the interpreter's lock, and the event loop waits with them.
"""

import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from index.processor_budget import check_processor_budget

_LOOKS_EVERY_S: Final = 0.5
"""Seconds after which who waits for a slot looks whether its request was cancelled."""
_QUIET_S: Final = 0.1
"""Seconds after a request in which another is expected."""
_IDLE_ASKED_EVERY_S: Final = 0.02


def processors() -> int:
    """Number of processors that this process may use, by its affinity; a container's quota is not seen."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ProcessorSlots:
    """Fair semaphore: a slot that is freed goes to who has waited longest. Safe to use from several threads."""

    def __init__(self, slots: int):
        self._free = slots
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._requests = 0
        self._last_request = 0.0

    @contextmanager
    def request(self) -> Iterator[None]:
        """Notes that a request is under way, which somebody waits for."""
        with self._lock:
            self._requests += 1
        try:
            yield
        finally:
            with self._lock:
                self._requests -= 1
                self._last_request = time.monotonic()

    def wait_until_idle(self, most_s: float) -> None:
        """Waits until no request is under way and none was a moment ago, at most so many seconds.

        For work in the background, which would share the interpreter's lock with requests and make each take several
        times as long. It calls this before each of its short steps; the bound keeps it going under constant load.
        """
        ends = time.monotonic() + most_s
        while (now := time.monotonic()) < ends and (self._requests or now - self._last_request < _QUIET_S):
            time.sleep(_IDLE_ASKED_EVERY_S)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Waits for a slot, and holds it. Raises `WorkCancelled` once nobody waits for the result any more."""
        self._take()
        try:
            yield
        finally:
            self._give_back()

    def _take(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = threading.Event()
            self._waiting.append(turn)
        try:
            while not turn.wait(_LOOKS_EVERY_S):
                check_processor_budget()
        except BaseException:
            with self._lock:
                if not turn.is_set():
                    self._waiting.remove(turn)
                    raise
            self._give_back()
            raise

    def _give_back(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
