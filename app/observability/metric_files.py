"""Files in which processes that serve together count for Prometheus: the multiprocess mode of its client."""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = "refrain-"
_LOCK: Final = "in-use"
"""File of a folder that its processes hold locked: the lock is inherited, and ends with the last of them."""
_NAME: Final = "PROMETHEUS_MULTIPROC_DIR"
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
"""Where there is such a folder, uploads cannot fill it: a process that counts in a full file system is ended by it."""


def make_folder() -> None:
    """Makes this process, and those forked off it, count in files of a new folder. Called before anything counts.

    Removes the folders of services whose processes have all ended without doing so themselves.
    """
    within = _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())
    for lock in within.glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError):
            _remove_left(lock)
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=within))
    fcntl.flock(os.open(made / _LOCK, os.O_CREAT | os.O_RDWR, 0o600), fcntl.LOCK_EX)  # open until the process ends
    os.environ[_NAME] = str(made)


def folder() -> Path | None:
    """Where this process counts together with others; None where it counts alone, in memory."""
    named = os.environ.get(_NAME)
    return Path(named) if named else None


def forget_process(process_id: int) -> None:
    """Removes what an ended process had in hand. What it has counted stays, so that no counter falls."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(process_id, os.environ[_NAME])  # type: ignore[no-untyped-call]


def _remove_left(lock: Path) -> None:
    """Removes the folder of a lock that nobody holds. Raises `OSError` where somebody does."""
    opened = os.open(lock, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(lock.parent)
    finally:
        os.close(opened)


def remove_folder() -> None:
    """Removes the files, when all processes have ended."""
    shutil.rmtree(os.environ.pop(_NAME), ignore_errors=True)
