"""Reports of the processes that serve together, in memory that they share: each says whether it can answer.

A request reaches any of them, so what one says of the service (`/readyz`, `/metrics`) has to hold for all.
"""

import json
import mmap
import os
import struct
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final
from zlib import crc32

REPORT_EVERY_S: Final = 1.0
_SILENT_AFTER_S: Final = 5.0
_BYTES: Final = 8_192
"""Room of a report."""
_HEAD: Final = struct.Struct("<II")
"""Length and checksum of a report, before its JSON."""
_LONGEST_REASON: Final = 1_000
_READ_TIMES: Final = 5
"""Attempts at reading a report that is being written."""


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
    """Reports of processes 1 to `count`, made before they are forked; of none where a process serves alone."""

    def __init__(self, count: int = 0, number: int = 0, memory: mmap.mmap | None = None):
        """`number`: of the process that uses it, 0 in the parent. `memory`: that of the others."""
        self.count = count
        self.number = number
        self._memory = memory or (mmap.mmap(-1, count * _BYTES) if count else None)

    def of_process(self, number: int) -> "ProcessReports":
        """The same reports for the process of that number."""
        return ProcessReports(self.count, number, self._memory)

    def write(self, reasons: Sequence[str], index_size: int, index_checkpoint: int) -> None:
        """Replaces the report of this process."""
        if self._memory is None:
            return
        short = [reason[:_LONGEST_REASON] for reason in reasons]
        while len(written := self._written(short, index_size, index_checkpoint)) > _BYTES:
            short.pop()
        at = self._place(self.number)
        self._memory[at : at + len(written)] = written

    def remove(self, number: int) -> None:
        """Removes the report of a process that takes no requests any more."""
        if self._memory is not None:
            at = self._place(number)
            self._memory[at : at + _HEAD.size] = bytes(_HEAD.size)

    def all(self) -> list[ProcessReport]:
        """The newest report of each process, by number."""
        return [report for number in range(1, self.count + 1) if (report := self._read(number))]

    def others(self) -> list[ProcessReport]:
        """Reports of the other processes."""
        return [report for report in self.all() if report.number != self.number]

    def _written(self, reasons: Sequence[str], index_size: int, index_checkpoint: int) -> bytes:
        report = ProcessReport(self.number, os.getpid(), reasons, index_size, index_checkpoint, time.monotonic())
        content = json.dumps(asdict(report)).encode()
        return _HEAD.pack(len(content), crc32(content)) + content

    def _read(self, number: int) -> ProcessReport | None:
        """None where there is no report, or only part of one, whose process was killed while it wrote."""
        at = self._place(number)
        for _ in range(_READ_TIMES if self._memory else 0):
            one = self._memory[at : at + _BYTES]  # type: ignore[index]
            length, checksum = _HEAD.unpack_from(one)
            content = one[_HEAD.size : _HEAD.size + length]
            if length and crc32(content) == checksum:
                return ProcessReport(**json.loads(content))
        return None

    def _place(self, number: int) -> int:
        return (number - 1) * _BYTES
