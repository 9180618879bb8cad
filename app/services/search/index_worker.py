"""Background thread of the service: prepares the index, keeps it in sync, and saves it now and then."""

import logging
import threading
import time

from app.services.search.index_sync import IndexSync

_FOLLOW_EVERY_S = 0.5
_SAVE_EVERY_S = 60.0
_RETRY_AFTER_S = 5.0

logger = logging.getLogger("refrain.index")


class IndexWorker:
    """Index thread, from `start` to `stop`. `trouble` is the reason why the index is behind, or None."""

    def __init__(self, archive: IndexSync):
        self._archive = archive
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keep-index", daemon=True)
        self._began = time.monotonic()
        self.trouble: str | None = "the index is being loaded"

    def start(self) -> None:
        self._began = time.monotonic()
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and saves the index."""
        self._stopping.set()
        self._thread.join(timeout=30)
        if self._archive.ready:
            self._archive.save()

    def _run(self) -> None:
        saved = time.monotonic()
        opened = False
        while not self._stopping.is_set():
            try:
                if not opened:
                    self._archive.open()
                    self._archive.backfill(stop=self._stopping.is_set)
                    opened = True
                self._archive.sync()
                if time.monotonic() - saved > _SAVE_EVERY_S:
                    self._archive.backfill(stop=self._stopping.is_set)
                    self._archive.save()
                    saved = time.monotonic()
                self._note_ready()
            except Exception as error:
                self.trouble = f"the index cannot follow the database: {type(error).__name__}"
                logger.exception("index is behind; trying again in %s s", _RETRY_AFTER_S)
                self._stopping.wait(_RETRY_AFTER_S)
            self._stopping.wait(_FOLLOW_EVERY_S)

    def _note_ready(self) -> None:
        if self.trouble is not None and self._archive.ready:
            seconds = round(time.monotonic() - self._began, 1)
            logger.info("ready", extra={"seconds": seconds, "index_size": self._archive.size})
        self.trouble = None
