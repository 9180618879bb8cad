"""Folder of tantivy's files, for as long as one index lives in one process."""

import fcntl
import mmap
import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from index.contract import State, WrongShape

_PREFIX: Final = ".refrain-terms-"
_LOCK: Final = "in-use"
_FILE: Final = "file "
_AT_ONCE: Final = 1 << 24


class TermFolder:
    """A new folder that only this user may enter; gone when nobody holds this object, or at the next start of one.

    Tantivy keeps its files open, or mapped, for as long as it reads them.
    """

    def __init__(self, parent: Path | None) -> None:
        """`parent`: None for where temporary files lie. Raises `OSError`."""
        where = parent or Path(tempfile.gettempdir())
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove_abandoned(where)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=where))
        self._lock = os.open(self.path / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._finalizer = weakref.finalize(self, _remove, self.path, self._lock)

    def write(self, state: State) -> None:
        """Writes the files of a `read`. Raises `WrongShape` where there are none, or a name that is a path."""
        files = {name.removeprefix(_FILE): array for name, array in state.items() if name.startswith(_FILE)}
        if "meta.json" not in files:
            raise WrongShape("the state has no index of terms")
        for name, array in files.items():
            if Path(name).name != name or name == _LOCK or array.dtype != np.uint8 or array.ndim != 1:
                raise WrongShape(f"the state has a file {name!r}")
            with os.fdopen(_private(self.path / name), "wb") as file:
                for begin in range(0, len(array), _AT_ONCE):
                    file.write(array[begin : begin + _AT_ONCE].data)

    def read(self) -> dict[str, npt.NDArray[Any]]:
        """All files but locks, mapped; they stay as they are when tantivy removes them."""
        files = {}
        for path in sorted(self.path.iterdir()):
            if path.name != _LOCK and path.suffix != ".lock":
                with path.open("rb") as file:
                    size = os.fstat(file.fileno()).st_size
                    content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
                files[_FILE + path.name] = np.frombuffer(content, np.uint8)
        return files


def is_file(name: str) -> bool:
    """True for the name of an array that `TermFolder.read` gave."""
    return name.startswith(_FILE)


def _private(path: Path) -> int:
    """Descriptor of a new file that only this user may read."""
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)


def _remove(path: Path, lock: int) -> None:
    shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        os.close(lock)


def _remove_abandoned(parent: Path) -> None:
    """Removes the folders of processes that were killed."""
    for lock in parent.glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError):
            descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent, ignore_errors=True)
            finally:
                os.close(descriptor)
