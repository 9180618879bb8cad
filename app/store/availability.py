"""Availability of the database: what is wrong with it since when, and one line in the log at begin and end."""

import logging
import threading
import time
from typing import Final

from app.domain.core.errors import StoreUnavailable

_LOGGED_EVERY_S: Final = 5.0

logger = logging.getLogger("refrain.database")


class Availability:
    """State of one database as this process met it last. Safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fault: StoreUnavailable | None = None
        self._since = 0.0
        self._logged = False
        self._logged_at = -_LOGGED_EVERY_S

    @property
    def fault(self) -> StoreUnavailable | None:
        """The last fault, until the database was read (where it was gone) or written to again."""
        return self._fault

    def failed(self, fault: StoreUnavailable) -> None:
        """Notes a fault. The first of a kind is logged, at most one in five seconds."""
        with self._lock:
            now, before = time.monotonic(), self._fault
            if before is None:
                self._since = now
            if before and before.gone and not fault.gone:
                return
            self._fault = fault
            if (before is None or before.reason != fault.reason) and now - self._logged_at >= _LOGGED_EVERY_S:
                self._logged, self._logged_at = True, now
                logger.warning("database unavailable: %s; requests that need it are refused until it is back",
                               fault.reason)  # fmt: skip

    def answered(self, *, wrote: bool) -> None:
        """Notes that the database was read, or written to."""
        fault = self._fault
        if fault is None or not (wrote or fault.gone):
            return
        with self._lock:
            if self._fault is not None:
                self._fault = None
                if self._logged:
                    self._logged = False
                    logger.warning("database available again, after %.1f s", time.monotonic() - self._since)
