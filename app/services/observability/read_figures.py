"""Figures of the service for a scrape, bounded in cost: the database is asked every 15 seconds at most."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.services.health.process_reports import ProcessReports
from app.services.observability.ports import ArchiveFigures, ServiceFigures
from app.services.ports import Clock, Store
from app.services.search.index_sync import IndexSync

_KEPT_FOR_S: Final = 15.0

logger = logging.getLogger("refrain.metrics")


class ReadFigures:
    """Reads the figures of the service. Safe to call from several threads; one of them asks the database at a time."""

    def __init__(
        self,
        store: Store,
        archive: IndexSync,
        clock: Clock,
        data_dir: Path,
        versions: Mapping[str, str],
        reports: ProcessReports,
    ):
        self.versions = versions
        self._store = store
        self._archive = archive
        self._clock = clock
        self._data_dir = data_dir
        self._reports = reports
        self._reading = threading.Lock()
        self._known = ArchiveFigures()
        self._read_at: float | None = None
        self._database_up = True
        self._behind_since: float | None = None

    def __call__(self) -> ServiceFigures:
        """Figures as they are now; of the database those that were read within 15 seconds. Takes as long as it does."""
        if self._reading.acquire(blocking=False):
            try:
                if self._read_at is None or time.monotonic() - self._read_at >= _KEPT_FOR_S or not self._database_up:
                    self._read()
            finally:
                self._reading.release()
        return self.last()

    def last(self, *, database_up: bool | None = None) -> ServiceFigures:
        """Figures without asking the database; of several processes, the index furthest behind.

        `database_up`: False where it did not answer in time.
        """
        try:
            disk = shutil.disk_usage(self._data_dir)
            free, size = disk.free, disk.total
        except OSError:
            free = size = 0
        others = self._reports.others()
        checkpoint = min([self._archive.checkpoint, *(other.index_checkpoint for other in others)])
        return ServiceFigures(
            archive=self._known,
            database_up=self._database_up if database_up is None else database_up,
            index_size=min([self._archive.size, *(other.index_size for other in others)]),
            index_checkpoint=checkpoint,
            index_lag_s=self._lag_s(checkpoint),
            disk_free=free,
            disk_size=size,
            now=self._clock(),
            versions=self.versions,
            processes={other.number: other.process_id for other in others} | {self._reports.number: os.getpid()},
        )

    def _read(self) -> None:
        try:
            with self._store.reading() as tx:
                self._known = tx.figures.read()
        except Exception:
            if self._database_up:
                logger.warning("the database does not answer: its figures stay as they were", exc_info=True)
            self._database_up = False
        else:
            self._read_at = time.monotonic()
            self._database_up = True

    def _lag_s(self, checkpoint: int) -> float:
        if checkpoint >= self._known.sequence:
            self._behind_since = None
            return 0.0
        now = time.monotonic()
        self._behind_since = self._behind_since or now
        return now - self._behind_since
