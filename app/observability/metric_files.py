"""Files in which processes that serve together count for Prometheus: the multiprocess mode of its client."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

_NAME: Final = "PROMETHEUS_MULTIPROC_DIR"
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
"""Where there is such a folder, uploads cannot fill it: a process that counts in a full file system is ended by it."""


def make_folder() -> None:
    """Makes this process, and those forked off it, count in files of a new folder. Called before anything counts."""
    within = _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK | os.X_OK) else None
    os.environ[_NAME] = tempfile.mkdtemp(prefix="refrain-", dir=within)


def folder() -> Path | None:
    """Where this process counts together with others; None where it counts alone, in memory."""
    named = os.environ.get(_NAME)
    return Path(named) if named else None


def forget_process(process_id: int) -> None:
    """Removes what an ended process had in hand. What it has counted stays, so that no counter falls."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(process_id, os.environ[_NAME])  # type: ignore[no-untyped-call]


def remove_folder() -> None:
    """Removes the files, when all processes have ended."""
    shutil.rmtree(os.environ.pop(_NAME), ignore_errors=True)
