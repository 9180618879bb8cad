"""Files that only the user who runs the program may read: what newsrooms keep here has sources and secrets in it."""

import logging
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600

logger = logging.getLogger("refrain.files")


def private_folder(path: Path) -> None:
    """Makes a folder that only this user may enter; one that is there is narrowed by `narrow`. Raises `OSError`."""
    path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    narrow([path])


def private_file(path: Path) -> None:
    """Makes an empty file that only this user may read, unless it is there, which is left as it is. Raises `OSError`.

    Of an SQLite database its write-ahead log and shared memory then have the same permissions.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDONLY | os.O_CLOEXEC, FILE_MODE))


def narrow(paths: Iterable[Path]) -> None:
    """Takes away what others may do with these files and folders, where this user owns them, with one line of log.

    What is not there is passed over, and so is a folder that is shared on purpose (with the sticky bit, as /tmp).
    """
    narrowed: list[str] = []
    for path in paths:
        try:
            found = path.stat()
            mode = stat.S_IMODE(found.st_mode)
            shared = stat.S_ISDIR(found.st_mode) and mode & stat.S_ISVTX
            if found.st_uid != os.geteuid() or shared or not mode & 0o077:
                continue
            path.chmod(mode & FOLDER_MODE)
        except FileNotFoundError:
            continue
        except OSError as error:
            logger.warning("others may read %s, and its permissions cannot be narrowed: %s", path.name, error.strerror)
            continue
        narrowed.append(path.name)
    if narrowed:
        logger.warning("others could read %s: narrowed to the user who runs this", ", ".join(sorted(narrowed)))
