"""Background threads of the service: one prepares the index and keeps it in sync, one saves it now and then."""

import gc
import logging
import threading
import time
from collections.abc import Callable

from app.domain.core.errors import EncoderUnavailable, IndexUnavailable, NotReady, StoreUnavailable
from app.domain.core.logged_errors import exc_info_of
from app.services.search.index_sync import IndexSync

_FOLLOW_EVERY_S = 0.5
_EMBED_EVERY_S = 60.0
_SAVE_EVERY_S = 60.0
_RETRY_AFTER_S = 5.0
_RETRY_STORE_AFTER_S = 1.0
_RETRY_BACKFILL_AFTER_S = 600
_LATE_AFTER_S = 10.0
_END_WITHIN_S = 30.0
LOADING = "the index is being loaded"
"""What `/readyz` says of every start, until the index is there."""

logger = logging.getLogger("refrain.index")


class IndexWorker:
    """Index threads, from `start` to `stop`. A large index is saved for seconds: meanwhile the other thread follows."""

    def __init__(self, archive: IndexSync, warm_up: Callable[[], object] = lambda: None, *, backfills: bool = True):
        """`warm_up`: called once the index can be searched, and loads what the first check would wait for.
        `backfills`: this process computes what statements lack of this version; of several processes one is enough."""
        self._archive = archive
        self._backfills = backfills
        self._warm_up = warm_up
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keep-index", daemon=True)
        self._saver = threading.Thread(target=self._keep_saved, name="save-index", daemon=True)
        self._began = time.monotonic()
        self._failure: str | None = LOADING
        self._backfill_at = time.monotonic()
        self._followed_at: float | None = None

    @property
    def failure(self) -> str | None:
        """Reason why the index is behind, or None."""
        if self._failure is None and self._followed_at is not None and not self._stopping.is_set():
            if not self._thread.is_alive():
                return "the thread that keeps the index has ended: restart the service"
            late_s = time.monotonic() - self._followed_at
            if late_s > _LATE_AFTER_S:
                return f"the index has not followed the database for {late_s:.0f} seconds"
        return self._failure

    def start(self) -> None:
        self._began = time.monotonic()
        self._thread.start()
        self._saver.start()

    def stop(self) -> None:
        """Ends the threads and saves the index."""
        self._stopping.set()
        until = time.monotonic() + _END_WITHIN_S
        for thread in (self._thread, self._saver):
            thread.join(max(0.0, until - time.monotonic()))
        if self._archive.ready:
            self._save()

    def _run(self) -> None:
        embedded = time.monotonic()
        opened = warm = False
        while not self._stopping.is_set():
            try:
                if not opened:
                    if not self._archive.ready:  # else it was opened to be filled before
                        self._archive.open()
                    self._archive.make_searchable(stop=self._stopping.is_set)
                    opened = True
                self._archive.sync()
                self._archive.probe()
                if time.monotonic() - embedded > _EMBED_EVERY_S:
                    self._archive.make_searchable(stop=self._stopping.is_set)
                    embedded = time.monotonic()
                if self._archive.ready and not warm:
                    self._load_what_checks_need()
                    warm = True
                if self._followed(None) and self._archive.ready:
                    seconds = round(time.monotonic() - self._began, 1)
                    # What the start made stays: a full collection would go through it, with all threads waiting.
                    gc.collect()
                    gc.freeze()
                    logger.info("ready", extra={"seconds": seconds, "index_size": self._archive.size})
                if self._backfills and time.monotonic() >= self._backfill_at and self._backfill_part():
                    continue
            except IndexUnavailable as error:
                if self._followed(error.reason):
                    logger.warning("the index cannot be searched: %s", error.reason)
                self._stopping.wait(_RETRY_STORE_AFTER_S)
            except (NotReady, StoreUnavailable) as error:  # logged where it began
                self._followed(f"the index cannot follow the database: {getattr(error, 'reason', error)}")
                self._stopping.wait(_RETRY_STORE_AFTER_S)
            except Exception as error:
                if self._followed(f"the index cannot follow the database: {type(error).__name__}"):
                    said = "index is behind; trying again every %s s"
                    logger.error(said, _RETRY_AFTER_S, exc_info=exc_info_of(error))  # noqa: TRY400
                self._stopping.wait(_RETRY_AFTER_S)
            self._stopping.wait(_FOLLOW_EVERY_S)

    def _keep_saved(self) -> None:
        saved = time.monotonic()
        while not self._stopping.wait(_FOLLOW_EVERY_S):
            if not self._archive.ready:
                continue
            try:
                self._archive.adopt_lists()
                if time.monotonic() - saved > _SAVE_EVERY_S:
                    saved = time.monotonic()
                    self._save()
            except (IndexUnavailable, StoreUnavailable):
                pass  # logged where it began
            except Exception:
                logger.exception("the index was not saved, or what another process saved not taken over")
                self._stopping.wait(_RETRY_AFTER_S)

    def _load_what_checks_need(self) -> None:
        try:
            self._warm_up()
        except (NotReady, EncoderUnavailable, StoreUnavailable):
            pass  # logged where it began
        except Exception:
            logger.exception("the first check failed")

    def _backfill_part(self) -> bool:
        """A part of what a check computes itself where it is missing: its failure keeps no search from the index."""
        try:
            return self._archive.backfill_part(self._stopping.is_set)
        except (EncoderUnavailable, StoreUnavailable):
            return False  # logged where it began
        except Exception:
            said = "stances and token features of another version were not made anew: trying again in %s minutes"
            logger.exception(said, _RETRY_BACKFILL_AFTER_S // 60)
            self._backfill_at = time.monotonic() + _RETRY_BACKFILL_AFTER_S
            return False

    def _followed(self, failure: str | None) -> bool:
        """Notes how following the database went; True where that is news."""
        news = failure != self._failure
        self._failure, self._followed_at = failure, time.monotonic()
        return news

    def _save(self) -> None:
        """Saves the index where much has changed. Without a snapshot the next start takes longer, and nothing else."""
        try:
            self._archive.save_where_due()
        except StoreUnavailable as error:
            logger.warning("the snapshot of the index was not written: %s", error.reason)
        except OSError as error:
            logger.warning("the snapshot of the index was not written: %s", error.strerror or type(error).__name__)
