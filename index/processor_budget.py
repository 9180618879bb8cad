"""Budget of processor time for one request: long loops check it, and end with an error once it is spent.

A thread cannot be stopped from outside. So whoever reads a text in a loop calls `check_processor_budget` in each round,
and whoever answers a request runs it within `processor_budget`. Without a budget the check does nothing.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


class ProcessorBudgetExceeded(Exception):
    """The work took more processor time than one request may. `seconds` is the budget."""

    def __init__(self, seconds: float):
        super().__init__(f"this takes more than {seconds:g} seconds of processor time: send shorter texts, or fewer")
        self.seconds = seconds


class WorkCancelled(Exception):
    """Nobody waits for the result any more."""


@dataclass(slots=True)
class ProcessorBudget:
    """Processor time, in seconds, that the threads of one request may use together, and whether it was cancelled."""

    seconds: float
    cancelled: threading.Event = field(default_factory=threading.Event)
    _began: dict[int, float] = field(default_factory=dict)
    _used: dict[int, float] = field(default_factory=dict)

    def check(self) -> None:
        """Counts the calling thread's processor time since its first check.

        Raises `ProcessorBudgetExceeded` where all of it is spent, and `WorkCancelled` after `cancelled` was set.
        """
        if self.cancelled.is_set():
            raise WorkCancelled
        thread, now = threading.get_ident(), time.thread_time()
        self._used[thread] = now - self._began.setdefault(thread, now)
        if sum(self._used.values()) > self.seconds:
            raise ProcessorBudgetExceeded(self.seconds)


_current: ContextVar[ProcessorBudget | None] = ContextVar("processor_budget", default=None)


@contextmanager
def processor_budget(budget: ProcessorBudget) -> Iterator[ProcessorBudget]:
    """Puts a budget in force for the code within, and for threads that copy its context."""
    token = _current.set(budget)
    try:
        yield budget
    finally:
        _current.reset(token)


def check_processor_budget() -> None:
    """Checks the budget in force, if any. Cheap enough for every round of a loop over sentences or candidates."""
    if budget := _current.get():
        budget.check()
