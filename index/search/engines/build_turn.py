"""Turn of one process to build lists, where several on one machine index the same archive."""

from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from index.private_files import FILE_MODE

_NAME: Final = "index.build.lock"


class BuildTurn:
    """Lock file in the folder of the index. The system releases it when its process ends, however it ends."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: what the processes have in common; None: there are no others."""
        self._lock = FileLock(folder / _NAME, timeout=0, mode=FILE_MODE, thread_local=False) if folder else None

    def take(self) -> bool:
        """Takes the turn; False while another process, or another index of this one, has it."""
        if self._lock is None:
            return True
        if self._lock.is_locked:
            return False
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError:  # a folder that cannot be written to: each process builds for itself
            return True
        return True

    @property
    def free(self) -> bool:
        """True if nobody has the turn at the moment."""
        taken = self.take()
        if taken:
            self.release()
        return taken

    def release(self) -> None:
        """Gives the turn back, if it was taken."""
        if self._lock is not None:
            self._lock.release()
