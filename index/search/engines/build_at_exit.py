"""End of builds with their process: a thread inside FAISS when the interpreter ends would crash it."""

import atexit
import threading
from typing import Final

_LONGEST_WAIT_S: Final = 60.0
"""Fitting centroids, which cannot be interrupted, takes some ten seconds for a million entries."""

_ending: Final = threading.Event()
_builders: Final[set[threading.Thread]] = set()


class BuildInterrupted(Exception):
    """The process ends before a build does. Nothing is lost: the next process builds."""


def begin_build(builder: threading.Thread) -> None:
    """Notes a thread that is about to build, which `check_not_ending` interrupts at the end of the process."""
    _builders.difference_update([one for one in _builders if one.ident is not None and not one.is_alive()])
    _builders.add(builder)


def check_not_ending() -> None:
    """Raises `BuildInterrupted` when the process ends."""
    if _ending.is_set():
        raise BuildInterrupted


@atexit.register
def _interrupt_builds() -> None:
    _ending.set()
    for builder in list(_builders):
        if builder.is_alive():
            builder.join(_LONGEST_WAIT_S)
