"""Files in which processes that serve together count for Prometheus: the multiprocess mode of its client."""

import os
from pathlib import Path
from typing import Final

_NAME: Final = "PROMETHEUS_MULTIPROC_DIR"


def count_in(folder: Path) -> None:
    """Makes this process, and those forked off it, count in files of the folder. Called before anything counts."""
    os.environ[_NAME] = str(folder)


def folder() -> Path | None:
    """Where this process counts together with others; None where it counts alone, in memory."""
    named = os.environ.get(_NAME)
    return Path(named) if named else None


def forget_process(process_id: int) -> None:
    """Removes what an ended process had in hand. What it has counted stays, so that no counter falls."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(process_id, os.environ[_NAME])  # type: ignore[no-untyped-call]
