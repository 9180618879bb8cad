"""Watched sources: adding, changing, removing, and reading on demand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.core.errors import Conflict, NotFound
from app.domain.sources.watched_sources import ReadFrom, Tally, WatchedEntry, WatchedSource
from app.services.jobs.ports import TaskSignal
from app.services.ports import Clock, Store, Transaction
from app.services.webhooks.destinations import require_allowed
from app.services.webhooks.ports import CheckDestination

MOST_SOURCES = 100
"""Bound on an organisation's watched sources."""


@dataclass(frozen=True, slots=True)
class EditSources:
    """Watched sources of an organisation. Those of others are `NotFound`."""

    store: Store
    clock: Clock
    check_destination: CheckDestination

    def add(
        self,
        organisation: Organisation,
        url: str,
        name: str | None,
        read_from: ReadFrom,
        interval: timedelta,
        language: str | None,
    ) -> WatchedSource:
        """Adds a source, and has it read at once. Raises `InvalidInput`, `Conflict`."""
        require_allowed(url, self.check_destination)
        now = self.clock()
        source = WatchedSource(
            0, str(uuid4()), organisation, url, name or url, read_from, language, interval, True, now, now, now
        )
        with self.store.writing() as tx:
            if tx.watched_sources.count(organisation) >= MOST_SOURCES:
                raise Conflict(f"your organisation watches {MOST_SOURCES} sources, and may watch no more: remove one")
            tx.audit.add("watched_source.created", "watched_source", source.id)
            tx.signal(TaskSignal("source", source.id))
            return tx.watched_sources.add(source)

    def get(self, organisation: Organisation, source_id: str) -> tuple[WatchedSource, Tally]:
        with self.store.reading() as tx:
            source = _existing(tx, organisation, source_id)
            return source, tx.watched_sources.tallies([source]).get(source.key, Tally())

    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[tuple[WatchedSource, Tally]]:
        """The newest first."""
        with self.store.reading() as tx:
            sources = tx.watched_sources.find(organisation, before, limit)
            tallies = tx.watched_sources.tallies(sources)
            return [(source, tallies.get(source.key, Tally())) for source in sources]

    def entries(self, organisation: Organisation, source_id: str, before: int | None, limit: int) -> list[WatchedEntry]:
        """The newest first."""
        with self.store.reading() as tx:
            return tx.watched_sources.entries(_existing(tx, organisation, source_id), before, limit)

    def change(
        self, organisation: Organisation, source_id: str, changes: Mapping[str, Any]
    ) -> tuple[WatchedSource, Tally]:
        """Sets `url`, `name`, `read_from`, `language`, `interval` or `active`. Raises `InvalidInput`."""
        if "url" in changes:
            require_allowed(changes["url"], self.check_destination)
        now = self.clock()
        with self.store.writing() as tx:
            known = _existing(tx, organisation, source_id)
            after = replace(known, **changes, updated_at=now)
            if after.url != known.url or after.read_from is not known.read_from:
                after = replace(after, etag=None, last_modified=None)
            if after.active:
                begins_anew = changes.get("active") is True or after.url != known.url
                after = replace(
                    after,
                    next_read_at=now if begins_anew else min(known.next_read_at, now + after.interval),
                    failures=0 if begins_anew else known.failures,
                    error=None if begins_anew else known.error,
                )
            tx.watched_sources.change(after)
            tx.audit.add("watched_source.changed", "watched_source", source_id)
            if after.active and after.next_read_at <= now:
                tx.signal(TaskSignal("source", source_id))
        return self.get(organisation, source_id)

    def read_now(self, organisation: Organisation, source_id: str) -> tuple[WatchedSource, Tally]:
        """Has a source read as soon as a worker is free. Raises `Conflict` for one that is not active."""
        now = self.clock()
        with self.store.writing() as tx:
            known = _existing(tx, organisation, source_id)
            if not known.active:
                raise Conflict("the source is not read: set active to true first")
            tx.watched_sources.change(replace(known, next_read_at=min(known.next_read_at, now)))
            tx.signal(TaskSignal("source", source_id))
        return self.get(organisation, source_id)

    def remove(self, organisation: Organisation, source_id: str) -> None:
        """Stops watching. What was found stays."""
        with self.store.writing() as tx:
            tx.watched_sources.remove(_existing(tx, organisation, source_id))
            tx.audit.add("watched_source.removed", "watched_source", source_id)


def _existing(tx: Transaction, organisation: Organisation, source_id: str) -> WatchedSource:
    source = tx.watched_sources.by_id(organisation, source_id)
    if source is None:
        raise NotFound("your organisation watches no source with this id")
    return source
