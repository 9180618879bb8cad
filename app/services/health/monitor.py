"""Health monitor: a thread that checks every part of the process each second, for `/readyz`."""

import logging
import shutil
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.core.errors import StoreUnavailable
from app.services.access.last_uses import LastUses
from app.services.health.encoder_guard import GuardedEncoder
from app.services.jobs.ports import Background
from app.services.ports import Store
from app.services.search.index_worker import LOADING, IndexWorker

_EVERY_S: Final = 1.0
_STALE_AFTER_S: Final = 4.0
_SCHEMA_EVERY_S: Final = 15.0
_NEARLY_FULL_BYTES: Final = 512 * 1024 * 1024
_NEARLY_FULL_SHARE: Final = 0.05

logger = logging.getLogger("refrain.health")


@dataclass(frozen=True, slots=True)
class Health:
    """`reasons`: why requests cannot be answered; `warnings`: what somebody should look at all the same."""

    reasons: Sequence[str] = ()
    warnings: Sequence[str] = ()


class HealthMonitor:
    """Monitor from `start` to `stop`. It also writes down when keys and sessions were used, off the request path."""

    def __init__(
        self,
        store: Store,
        encoder: GuardedEncoder,
        index_worker: IndexWorker,
        background: Background | None,
        last_uses: LastUses,
        data_dir: Path,
    ):
        """`background`: None where jobs are left to other processes."""
        self._store = store
        self._encoder = encoder
        self._index_worker = index_worker
        self._background = background
        self._last_uses = last_uses
        self._data_dir = data_dir
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._looked_at = time.monotonic()
        self._database: str | None = None
        self._newer = False
        self._newer_asked_at = -_SCHEMA_EVERY_S
        self._said: tuple[str, ...] = ()

    def health(self) -> Health:
        """Health as of the last second. Asks nothing that could wait."""
        reasons = [self._database, self._encoder.failure, self._index_worker.failure]
        if self._thread is not None:
            late_s = time.monotonic() - self._looked_at
            if late_s > _STALE_AFTER_S:
                reasons[0] = self._database or f"the database has not answered for {late_s:.0f} seconds"
            if self._background is not None:
                reasons.append(self._background.failure)
        return Health([reason for reason in reasons if reason], self._warnings())

    def start(self) -> None:
        """Begins to look."""
        self._store.watch()
        self._thread = threading.Thread(target=self._run, name="monitor-health", daemon=True)
        self._looked_at = time.monotonic()
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread, after it has written down what it holds."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._look()
            self._stopping.wait(_EVERY_S)
        self._last_uses.write()

    def _look(self) -> None:
        try:
            self._database = self._store.probe()
            if self._database is None:
                self._last_uses.write()
                self._ask_schema()
            self._encoder.probe()
            if self._background is not None:
                self._background.restart_threads()
        except StoreUnavailable as fault:
            self._database = fault.reason
        except Exception as error:  # noqa: BLE001 - the monitor has to go on; the message may hold what is stored
            self._database = f"the database fails ({type(error).__name__})"
        self._looked_at = time.monotonic()
        self._log()

    def _ask_schema(self) -> None:
        if time.monotonic() - self._newer_asked_at >= _SCHEMA_EVERY_S:
            self._newer = self._store.is_newer()
            self._newer_asked_at = time.monotonic()

    def _warnings(self) -> list[str]:
        found = ["a newer Refrain has migrated the database: upgrade this one"] if self._newer else []
        try:
            disk = shutil.disk_usage(self._data_dir)
        except OSError:
            return found
        if disk.free < min(_NEARLY_FULL_BYTES, disk.total * _NEARLY_FULL_SHARE):
            found.append(f"the disk of the data folder is nearly full: {disk.free // 2**20:,} MiB are left")
        return found

    def _log(self) -> None:
        """Logs a line when what `/readyz` says has changed; that the index is loaded at a start is expected."""
        health = self.health()
        said = tuple(reason.partition(" for ")[0] for reason in health.reasons)
        if said == self._said or (not self._said and said == (LOADING,)):
            return
        if said:
            logger.warning("not ready: %s", "; ".join(health.reasons))
        else:
            logger.info("ready again")
        self._said = said
