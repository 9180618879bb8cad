"""Moment at which lists that another process built can be read from the snapshot that it saved."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from index.contract import BuildsInTurn

PATIENCE_S: Final = 150.0
"""Time that a process has to save what it has built, which its service does once a minute; then this one builds."""

_Version = tuple[int, int] | None


class BuiltElsewhere:
    """Watches a snapshot that all processes of a machine write; to be asked every second or so."""

    def __init__(self, snapshot: Path, clock: Callable[[], float] = time.monotonic):
        """`clock` gives seconds."""
        self._snapshot = snapshot
        self._clock = clock
        self._seen: _Version = None
        self._free_since: float | None = None

    def ready(self, vectors: BuildsInTurn) -> bool:
        """True where the index left a build to another process, which has ended it and saved since.

        Begins the build here where nothing is saved for a while after that process has ended its build, or itself.
        """
        if not vectors.postponed or vectors.others_build:
            self._free_since, self._seen = None, self._version()
            return False
        if self._free_since is None:
            self._free_since = self._clock()
        if self._version() != self._seen:
            return True
        if self._clock() - self._free_since > PATIENCE_S:
            self._free_since = None
            vectors.resume()
        return False

    def _version(self) -> _Version:
        try:
            status = self._snapshot.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino
