"""Services of a process that stays, with their threads; replaced while it runs when another index is put in force.

The new services are built and filled beside the old ones, which answer until then. Requests that began with the old
ones end with them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from app.domain.core.errors import StoreUnavailable
from app.domain.core.logged_errors import exc_info_of
from app.services import Services
from app.services.health.monitor import HealthMonitor
from app.services.search.index_worker import IndexWorker
from app.settings import Settings

_LOOK_EVERY_S: Final = 1.0
_RETRY_AFTER_S: Final = 10.0
_READY_EVERY_S: Final = 0.1
_STRAGGLERS_S: Final = 90.0
"""Seconds after a switch in which other processes may still write without vectors of the new embedder."""

logger = logging.getLogger("refrain.service")


class RunningServices:
    """Services from `start` to `stop`: index thread, health, view log, and jobs where this process works on them."""

    def __init__(
        self,
        services: Services,
        settings: Settings,
        rebuild: Callable[[], Services] | None = None,
        replaced: Callable[[RunningServices], None] = lambda _: None,
    ):
        """`rebuild`: builds services for the index that is in force by then, None: never. `replaced`: called with this
        when other services have taken over."""
        self._settings = settings
        self._rebuild = rebuild
        self._replaced = replaced
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follow-index-in-force", daemon=True)
        self._former: list[tuple[float, Services]] = []
        self._switched_at = -_STRAGGLERS_S
        self.services = services
        self.index_worker = self._index_worker(services)
        self.monitor = self._monitor(services, self.index_worker)

    def start(self) -> None:
        """Starts all threads."""
        self.index_worker.start()
        self._start_others()
        if self._rebuild:
            self._thread.start()

    def stop(self) -> None:
        """Ends all threads, and saves the index."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)
        self._stop_others(self.services, self.monitor)
        self.index_worker.stop()
        for _, services in self._former:
            services.store.close()

    def _monitor(self, services: Services, index_worker: IndexWorker) -> HealthMonitor:
        background = services.background if self._settings.work_in_background else None
        return HealthMonitor(
            services.store, services.encoder, index_worker, background, services.last_uses, self._settings.data_dir
        )

    def _index_worker(self, services: Services) -> IndexWorker:
        def warm_up() -> None:
            if services.archive.size:
                services.check_statements.warm_up()

        return IndexWorker(services.archive, warm_up, backfills=self._settings.work_in_background)

    def _start_others(self) -> None:
        self.services.view_log.start()
        self.monitor.start()
        if self._settings.work_in_background:
            self.services.background.start()

    def _stop_others(self, services: Services, monitor: HealthMonitor) -> None:
        services.background.stop()
        services.view_log.stop()
        monitor.stop()

    def _run(self) -> None:
        while not self._stopping.wait(_LOOK_EVERY_S):
            try:
                if self._number() != self.services.index_number:
                    self._replace()
                elif time.monotonic() - self._switched_at < _STRAGGLERS_S:
                    self.services.archive.make_searchable(stop=self._stopping.is_set)
                self._close_former()
            except StoreUnavailable:
                pass  # logged where it began; /readyz says it
            except Exception as error:
                said = "the index in force cannot be opened; the former one is searched: trying again every %s s"
                logger.error(said, _RETRY_AFTER_S, exc_info=exc_info_of(error))  # noqa: TRY400
                self._stopping.wait(_RETRY_AFTER_S)

    def _number(self) -> int:
        with self.services.store.reading() as tx:
            return tx.index_choices.number()

    def _replace(self) -> None:
        assert self._rebuild is not None  # noqa: S101 - the thread runs where there is one
        logger.info("another index was put in force; it is opened beside the former one")
        new = self._rebuild()
        index_worker = self._index_worker(new)
        index_worker.start()
        while not (new.archive.ready and index_worker.failure is None):
            if self._stopping.wait(_READY_EVERY_S) or self._number() != new.index_number:
                index_worker.stop()
                new.store.close()
                return
        old, old_index_worker, old_monitor = self.services, self.index_worker, self.monitor
        self.services, self.index_worker, self.monitor = new, index_worker, self._monitor(new, index_worker)
        self._switched_at = time.monotonic()
        self._replaced(self)
        self._start_others()
        self._stop_others(old, old_monitor)
        old_index_worker.stop()
        self._former.append((time.monotonic() + 3 * self._settings.request_timeout_s, old))
        logger.info("the index in force is searched", extra={"index": new.chosen_index.index_url})

    def _close_former(self) -> None:
        """Closes services that no request can have any more."""
        for former in [each for each in self._former if each[0] < time.monotonic()]:
            self._former.remove(former)
            former[1].store.close()
