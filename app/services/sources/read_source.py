"""Reading of a watched source: what is new in it is checked as a document, each entry once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from app.domain.audit.entries import ActorKind
from app.domain.core.dates import Period, parse_period
from app.domain.core.errors import EncoderUnavailable, NotReady, RefrainError, StoreUnavailable
from app.domain.core.logged_errors import exc_info_of
from app.domain.documents.documents import LONGEST_DOCUMENT, Document, DocumentRequest, Page
from app.domain.sources.watched_sources import (
    LONGEST_WAIT,
    MOST_TRIES,
    EntryState,
    Feed,
    FeedEntry,
    ReadFrom,
    WatchedEntry,
    WatchedSource,
    wait_after_failures,
)
from app.services.audit.origin import Origin, acting
from app.services.documents.check_document import CheckDocument
from app.services.observability.log_fields import log_fields
from app.services.ports import Clock, Store, Transaction
from app.services.sources.ports import Fetch, Fetched, FetchFailed, ReadFeed

HELD_FOR: Final = timedelta(minutes=5)
"""Lease of a source, longer than one entry takes. It is renewed before each."""

MOST_LISTED: Final = 500
"""Entries of a feed that are looked at, in its own order."""
MOST_AT_ONCE: Final = 50
"""New entries that one reading checks; the next goes on."""

_MOST_FEED_BYTES: Final = 8 * 1024 * 1024
_MOST_PAGE_BYTES: Final = 2 * 1024 * 1024
_FEEDS: Final = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_PAGES: Final = "text/html, application/xhtml+xml, text/plain;q=0.5"
_READ_AS_PAGES: Final = ("text/html", "application/xhtml+xml", "text/plain")
_FORGOTTEN_AFTER: Final = timedelta(days=60)
_AGAIN_AFTER: Final = timedelta(minutes=1)
_LONGEST_ERROR: Final = 500
_UNFORESEEN: Final = "something went wrong here; it has been logged"
_LONGEST_ADDRESS: Final = 2_000

logger = logging.getLogger("refrain.sources")


@dataclass(frozen=True, slots=True)
class ReadSource:
    """Reads one source that is due."""

    store: Store
    clock: Clock
    fetch: Fetch
    read_feed: ReadFeed
    read_page: Callable[[Fetched], Page | None]
    check_document: CheckDocument

    def __call__(self, source_id: str) -> None:
        """Reads a source, unless another worker does or it is not due. Failures are written down, and put it off."""
        now = self.clock()
        with self.store.writing() as tx:
            source = tx.watched_sources.claim(source_id, now, now + HELD_FOR)
        if source is None:
            return
        about = {"source_id": source.id, "organisation_id": source.organisation.id}
        origin = Origin(ActorKind.SERVICE, None, source.organisation.id)
        with log_fields(lambda: about), acting(origin):
            after = self._read(source)
        with self.store.writing() as tx:
            tx.watched_sources.release(after)

    def _read(self, source: WatchedSource) -> WatchedSource:
        """The source as its reading left it."""
        try:
            fetched = self.fetch(
                source.url, _MOST_FEED_BYTES, _FEEDS, etag=source.etag, last_modified=source.last_modified
            )
            left = 0
            if fetched.modified:
                feed = self.read_feed(fetched.content, fetched.media_type, fetched.url, MOST_LISTED)
                left = self._check_new(source, feed)
        except (FetchFailed, ValueError) as failure:
            return self._failed(source, failure)
        except (NotReady, EncoderUnavailable):
            return replace(source, next_read_at=self.clock() + _AGAIN_AFTER)
        except StoreUnavailable:
            raise
        except Exception as error:
            logger.error("reading of a watched source failed", exc_info=exc_info_of(error))  # noqa: TRY400
            return self._failed(source, RuntimeError(_UNFORESEEN))
        now = self.clock()
        fresh_for = min(timedelta(seconds=fetched.fresh_for_s), LONGEST_WAIT)
        # What is left over would not be sent again to somebody who has the feed already.
        complete = left == 0 and fetched.modified
        return replace(
            source,
            last_read_at=now,
            next_read_at=now + (_AGAIN_AFTER if left else max(source.interval, fresh_for)),
            etag=fetched.etag if complete else source.etag if not fetched.modified else None,
            last_modified=fetched.last_modified if complete else source.last_modified if not fetched.modified else None,
            failures=0,
            error=None,
        )

    def _failed(self, source: WatchedSource, failure: Exception) -> WatchedSource:
        logger.warning("watched source cannot be read", extra={"failures": source.failures + 1})
        asked = failure.retry_after_s if isinstance(failure, FetchFailed) else 0.0
        wait = wait_after_failures(source.interval, source.failures)
        return replace(
            source,
            next_read_at=self.clock() + max(wait, min(timedelta(seconds=asked), LONGEST_WAIT)),
            failures=source.failures + 1,
            error=str(failure)[:_LONGEST_ERROR],
            active=not (isinstance(failure, FetchFailed) and failure.gone),
        )

    def _check_new(self, source: WatchedSource, feed: Feed) -> int:
        """Checks the new entries of a feed; returns how many are left for the next reading."""
        now = self.clock()
        hashed = {_hash(entry): entry for entry in feed.entries}
        with self.store.writing() as tx:
            known = tx.watched_sources.note_listed(source, hashed, now)
            tx.watched_sources.forget_unlisted(source, now - _FORGOTTEN_AFTER)
        new = [name for name in hashed if name not in known or _is_tried_again(known[name])]
        for name in new[:MOST_AT_ONCE]:
            with self.store.writing() as tx:
                tx.watched_sources.extend_lease(source, self.clock() + HELD_FOR)
            self._check_entry(source, name, hashed[name], known[name].tries if name in known else 0)
        return max(0, len(new) - MOST_AT_ONCE)

    def _check_entry(self, source: WatchedSource, name: str, entry: FeedEntry, tries: int) -> None:
        """Checks an entry and writes down what became of it, in one transaction with its checks."""
        seen = WatchedEntry(0, _address(entry.url), EntryState.CHECKED, tries + 1, 0, 0, None, None, self.clock())
        try:
            request = self._request(source, entry)
            read = self.check_document.read(request) if request else None
            if request is None or read is None or not read.claims:
                with self.store.writing() as tx:
                    tx.watched_sources.put_entry(source, name, seen)
                return

            def note(tx: Transaction, document: Document) -> None:
                flagged = sum(claim.check.flagged for claim in document.statements)
                claims = len(document.statements)
                done = replace(seen, claims=claims, flagged=flagged, document_id=document.id)
                tx.watched_sources.put_entry(source, name, done)

            self.check_document.check(read, request, source.organisation, note=note)
        except (NotReady, EncoderUnavailable, StoreUnavailable):
            raise
        except (FetchFailed, RefrainError, ValueError) as failure:
            self._put_failed(source, name, seen, str(failure))
        except Exception as error:
            logger.error("check of a watched source's entry failed", exc_info=exc_info_of(error))  # noqa: TRY400
            self._put_failed(source, name, seen, _UNFORESEEN)

    def _put_failed(self, source: WatchedSource, name: str, seen: WatchedEntry, error: str) -> None:
        with self.store.writing() as tx:
            failed = replace(seen, state=EntryState.FAILED, error=error[:_LONGEST_ERROR])
            tx.watched_sources.put_entry(source, name, failed)

    def _request(self, source: WatchedSource, entry: FeedEntry) -> DocumentRequest | None:
        """The entry as a document; None for one without a text."""
        text, title, author, published_at = entry.text, entry.title, entry.author, entry.published_at
        if source.read_from is ReadFrom.PAGE and entry.url:
            page = self._page(entry.url)
            text, title = page.text, page.title or title
            author, published_at = author or page.author, published_at or page.published_at
        elif title and text and not text.startswith(title):
            text = f"{title}\n\n{text}"
        text = text or title
        if not text:
            return None
        if len(text) > LONGEST_DOCUMENT:
            text = text[:LONGEST_DOCUMENT]
        return DocumentRequest(
            text=text,
            url=_address(entry.url),
            title=title,
            author=author,
            language=source.language,
            published_at=_period(published_at, self.clock()),
        )

    def _page(self, url: str) -> Page:
        fetched = self.fetch(url, _MOST_PAGE_BYTES, _PAGES)
        if fetched.media_type not in _READ_AS_PAGES:
            raise FetchFailed(f"the page is {fetched.media_type or 'of no type'}, and not HTML")
        page = self.read_page(fetched)
        if page is None:
            raise FetchFailed("the page has no text in it that could be an article")
        return page


def _hash(entry: FeedEntry) -> str:
    return sha256(entry.id.encode("utf-8", "surrogatepass")).hexdigest()


def _is_tried_again(entry: WatchedEntry) -> bool:
    return entry.state is EntryState.FAILED and entry.tries < MOST_TRIES


def _address(url: str | None) -> str | None:
    return url if url and len(url) <= _LONGEST_ADDRESS and url.startswith(("https://", "http://")) else None


def _period(day: str | None, now: datetime) -> Period | None:
    """The day; None for one that has come nowhere yet: a mistake of the feed."""
    return parse_period(day) if day and day <= (now + timedelta(days=1)).date().isoformat() else None
