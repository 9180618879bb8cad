"""Processes that serve at one port together, forked off one that starts them, replaces those that end, and stops them.

They share the memory of the program, which is imported before, and the listening sockets: a connection goes to the one
that has the fewest. The first prepares the archive; the others start when it is ready, and take requests once they are.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.cli.balanced_listener import ConnectionCounts
from app.cli.load_program import load_program
from app.observability import metric_files
from app.services.health.process_reports import ProcessReports

_LOOK_EVERY_S: Final = 0.2
_AGAIN_AFTER_S: Final = 5.0
"""Least seconds between two starts of the same process. They double each time that it has ended soon."""
_MOST_AGAIN_AFTER_S: Final = 300.0
_SOON_S: Final = 60.0
_HANGS_AFTER_S: Final = 60.0
"""Seconds without a report after which a process that takes requests is killed, and replaced."""
_PAUSED_S: Final = 5.0
"""Seconds between two looks after which the parent itself stood still, and so maybe did the others."""
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)

logger = logging.getLogger("refrain.service")


@dataclass(frozen=True, slots=True)
class ServingProcess:
    """What a process that was forked off knows of itself. `replaces`: another of its number has ended before."""

    number: int
    replaces: bool
    reports: ProcessReports
    connections: ConnectionCounts


class ServingProcesses:
    """Parent of so many processes. It must have no other thread, for it forks."""

    def __init__(self, count: int, stop_listening: Callable[[], None]):
        """`stop_listening`: closes the parent's own sockets, called when it is asked to stop."""
        self._count = count
        self._stop_listening = stop_listening
        self._reports = ProcessReports(count)
        self._connections = ConnectionCounts(count)
        self._numbers: dict[int, int] = {}
        """Numbers of the processes that run, by their ids."""
        self._started_at: dict[int, float] = {}
        self._again_after: dict[int, float] = {}
        """Seconds from one start to the next, of the processes that have ended."""
        self._looked_at = self._looking_since = time.monotonic()
        self._signals: list[int] = []
        self._ready = self._stopping = False
        """`_ready`: some process could answer once."""
        self._code: int | None = None
        """Exit code of the first process, where it ended before it could answer anything."""
        self._alive, self._held = os.pipe()

    def run(self) -> ServingProcess:
        """Returns in each process that is to serve. In the parent it raises `SystemExit` when all have ended."""
        parent = os.getpid()
        metric_files.make_folder()
        try:
            for one in _SIGNALS:
                signal.signal(one, lambda asked, _: self._signals.append(asked))
            load_program()
            return self._watch()
        finally:
            if os.getpid() == parent:
                metric_files.remove_folder()

    def _watch(self) -> ServingProcess:
        while True:
            self._ready = self._ready or self._answers()
            self._bury()
            self._forward_signals()
            self._kill_hung()
            if self._stopping:
                if not self._numbers:
                    sys.exit(self._code or 0)
            else:
                for number in self._due():
                    self._started_at[number] = time.monotonic()
                    if self._fork(number):
                        replaces = number in self._again_after
                        return ServingProcess(number, replaces, self._reports.of_process(number), self._connections)
            time.sleep(_LOOK_EVERY_S)

    def _answers(self) -> bool:
        """True where a process that runs can answer."""
        return any(not report.reasons for report in self._reports.all())

    def _due(self) -> list[int]:
        """Numbers of processes to start now: of the first alone, while none can answer."""
        now = time.monotonic()
        numbers = range(1, self._count + 1 if self._answers() else 2)
        return [
            number
            for number in numbers
            if number not in self._numbers.values()
            and now - self._started_at.get(number, -_MOST_AGAIN_AFTER_S)
            >= self._again_after.get(number, _AGAIN_AFTER_S)
        ]

    def _fork(self, number: int) -> bool:
        """True in the new process, which ends when its parent does; False where the system allows no other process."""
        sys.stdout.flush()
        sys.stderr.flush()
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            process_id = os.fork()
        except OSError as error:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            about = {"process_number": number}
            logger.error("a process cannot be started: %s", error.strerror, extra=about)  # noqa: TRY400 - a limit
            return False
        if process_id:
            self._numbers[process_id] = number
        else:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.close(self._held)
            threading.Thread(target=_end_with_parent, args=[self._alive], name="end-with-parent", daemon=True).start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        return not process_id

    def _bury(self) -> None:
        """Takes note of processes that have ended. One that ends before any could answer ends them all."""
        while (ended := _ended_child()) is not None:
            process_id, status = ended
            number = self._numbers.pop(process_id, None)
            if number is None:  # of another program: in a container the parent gets those too whose own has ended
                continue
            self._reports.remove(number)
            self._connections.write(number, None)
            metric_files.forget_process(process_id)
            if self._stopping:
                continue
            code = os.waitstatus_to_exitcode(status)
            about = {"process_number": number, "process_id": process_id, "exit_code": code}
            if self._ready:
                logger.error("a process ended; another takes its place", extra=about)
                soon = time.monotonic() - self._started_at[number] < _SOON_S
                doubled = 2 * self._again_after.get(number, _AGAIN_AFTER_S / 2)
                self._again_after[number] = min(_MOST_AGAIN_AFTER_S, doubled) if soon else _AGAIN_AFTER_S
            else:
                logger.error("the first process ended before it could answer", extra=about)
                self._code = code if code > 0 else 1
                self._stopping = True

    def _kill_hung(self) -> None:
        """Kills processes that do not report, unless this one stood still itself: they may not have been able to."""
        now = time.monotonic()
        if now - self._looked_at > _PAUSED_S:
            self._looking_since = now
        self._looked_at = now
        for report in self._reports.all():
            silent_s = min(report.silent_s, now - self._looking_since)
            if silent_s > _HANGS_AFTER_S and report.process_id in self._numbers:
                about = {"process_number": report.number, "process_id": report.process_id}
                logger.error("a process has not answered for %.0f seconds: killed", report.silent_s, extra=about)
                self._reports.remove(report.number)
                os.kill(report.process_id, signal.SIGKILL)

    def _forward_signals(self) -> None:
        """Hands each signal on to all processes; the first also begins the stop."""
        while self._signals:
            asked = self._signals.pop(0)
            if not self._stopping:
                self._stopping = True
                logger.info("stop requested", extra={"signal": signal.Signals(asked).name})
                self._stop_listening()
            for process_id in self._numbers:
                os.kill(process_id, signal.SIGTERM)


def _ended_child() -> tuple[int, int] | None:
    """Id and status of a child that has ended; None where there is none."""
    try:
        process_id, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None
    return (process_id, status) if process_id else None


def _end_with_parent(alive: int) -> None:
    """Waits until the parent has ended, however it did, and then stops this process as a signal would."""
    os.read(alive, 1)
    logger.error("the process that watches over this one has ended: stopping")
    os.kill(os.getpid(), signal.SIGTERM)
