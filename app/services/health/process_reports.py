"""Reports of the processes that serve together, in a folder that they share: each says whether it can answer.

A request reaches any of them, so what one says of the service (`/readyz`, `/metrics`) has to hold for all.
"""

import contextlib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

REPORT_EVERY_S: Final = 1.0
_SILENT_AFTER_S: Final = 5.0
_SUFFIX: Final = ".report"


@dataclass(frozen=True, slots=True)
class ProcessReport:
    """State of a process that takes requests, as of `at`, in seconds of `time.monotonic`."""

    number: int
    process_id: int
    reasons: Sequence[str]
    """Why it cannot answer; empty when it can."""
    index_size: int
    index_checkpoint: int
    at: float

    @property
    def silent_s(self) -> float:
        """Seconds since the next report was due."""
        return max(0.0, time.monotonic() - self.at - REPORT_EVERY_S)

    @property
    def faults(self) -> list[str]:
        """Its reasons with its number, or that it is silent."""
        if self.silent_s > _SILENT_AFTER_S:
            return [f"process {self.number} has not answered for {self.silent_s:.0f} seconds"]
        return [f"process {self.number}: {reason}" for reason in self.reasons]


class ProcessReports:
    """Reports in `folder`, written by the process of that `number`; without a folder, a process serves alone."""

    def __init__(self, folder: Path | None = None, number: int = 0):
        self._folder = folder
        self.number = number

    def write(self, reasons: Sequence[str], index_size: int, index_checkpoint: int) -> None:
        """Replaces the report of this process. Where the disk takes no file the process counts as silent."""
        if self._folder is None:
            return
        report = ProcessReport(self.number, os.getpid(), reasons, index_size, index_checkpoint, time.monotonic())
        written = self._folder / f"{self.number}.written"
        with contextlib.suppress(OSError):
            written.write_text(json.dumps(asdict(report)), "utf-8")
            written.replace(self._folder / f"{self.number}{_SUFFIX}")

    def remove(self, number: int) -> None:
        """Removes the report of a process that takes no requests any more."""
        if self._folder is not None:
            (self._folder / f"{number}{_SUFFIX}").unlink(missing_ok=True)

    def all(self) -> list[ProcessReport]:
        """The newest report of each process, by number."""
        if self._folder is None:
            return []
        found = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            with contextlib.suppress(OSError, ValueError, TypeError):
                found.append(ProcessReport(**json.loads(path.read_text("utf-8"))))
        return sorted(found, key=lambda report: report.number)

    def others(self) -> list[ProcessReport]:
        """Reports of the other processes."""
        return [report for report in self.all() if report.number != self.number]
