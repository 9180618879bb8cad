"""Watched sources: rows to domain objects and back."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, insert, select, update

from app.domain.access.keys import Organisation
from app.domain.sources.watched_sources import EntryState, ReadFrom, Tally, WatchedEntry, WatchedSource
from app.services.jobs.ports import TaskSignal
from app.store import leases
from app.store.access.open_organisations import is_open
from app.store.organisation_rows import page_of, with_organisation
from app.store.sources.source_tables import watched_entries, watched_sources


class WatchedSourceRows:
    """SQL implementation of `app.services.sources.ports.WatchedSources`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, source: WatchedSource) -> WatchedSource:
        values = {
            **_values(source),
            "id": source.id,
            "organisation_key": source.organisation.key,
            "created_at": source.created_at,
        }
        key = self._connection.scalar(insert(watched_sources).returning(watched_sources.c.key), values)
        return _source_of(
            self._connection.execute(with_organisation(watched_sources).where(watched_sources.c.key == key)).one()
        )

    def by_id(self, organisation: Organisation, source_id: str) -> WatchedSource | None:
        own = (watched_sources.c.organisation_key == organisation.key, watched_sources.c.id == source_id)
        row = self._connection.execute(with_organisation(watched_sources).where(*own)).first()
        return _source_of(row) if row else None

    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[WatchedSource]:
        found = page_of(with_organisation(watched_sources), watched_sources, organisation, before, limit)
        return [_source_of(row) for row in self._connection.execute(found)]

    def count(self, organisation: Organisation) -> int:
        own = watched_sources.c.organisation_key == organisation.key
        return self._connection.scalar(select(func.count()).select_from(watched_sources).where(own)) or 0

    def change(self, source: WatchedSource) -> None:
        this = watched_sources.c.key == source.key
        self._connection.execute(update(watched_sources).where(this).values(**_values(source)))

    def remove(self, source: WatchedSource) -> None:
        self._connection.execute(delete(watched_entries).where(watched_entries.c.source_key == source.key))
        self._connection.execute(delete(watched_sources).where(watched_sources.c.key == source.key))

    def claim(self, source_id: str, now: datetime, until: datetime) -> WatchedSource | None:
        held = update(watched_sources).where(watched_sources.c.id == source_id, *_is_due(now)).values(held_until=until)
        key = self._connection.scalar(held.returning(watched_sources.c.key))
        if key is None:
            return None
        return _source_of(
            self._connection.execute(with_organisation(watched_sources).where(watched_sources.c.key == key)).one()
        )

    def extend_lease(self, source: WatchedSource, until: datetime) -> None:
        this = watched_sources.c.key == source.key
        self._connection.execute(update(watched_sources).where(this).values(held_until=until))

    def release(self, source: WatchedSource) -> None:
        # What its owner may have changed meanwhile is left as it is: the address, and that it is read no more.
        read = {
            "held_until": None, "next_read_at": source.next_read_at, "last_read_at": source.last_read_at,
            "etag": source.etag, "last_modified": source.last_modified, "failures": source.failures,
            "error": source.error,
        }  # fmt: skip
        if not source.active:
            read["active"] = False
        this = (watched_sources.c.key == source.key, watched_sources.c.url == source.url)
        self._connection.execute(update(watched_sources).where(*this).values(**read))
        elsewhere = (watched_sources.c.key == source.key, watched_sources.c.url != source.url)
        self._connection.execute(update(watched_sources).where(*elsewhere).values(held_until=None))

    def due(self, now: datetime) -> list[TaskSignal]:
        rows = self._connection.scalars(
            select(watched_sources.c.id).where(*_is_due(now)).order_by(watched_sources.c.next_read_at)
        )
        return [TaskSignal("source", source_id) for source_id in rows]

    def entries(self, source: WatchedSource, before: int | None, limit: int) -> list[WatchedEntry]:
        own = [watched_entries.c.source_key == source.key]
        if before is not None:
            own.append(watched_entries.c.key < before)
        found = select(watched_entries).where(*own).order_by(watched_entries.c.key.desc()).limit(limit)
        return [_entry_of(row) for row in self._connection.execute(found)]

    def tallies(self, sources: Collection[WatchedSource]) -> Mapping[int, Tally]:
        failed = func.sum(case((watched_entries.c.state == EntryState.FAILED, 1), else_=0))
        counted = (
            select(
                watched_entries.c.source_key,
                func.count().label("entries"),
                func.sum(watched_entries.c.claims).label("claims"),
                func.sum(watched_entries.c.flagged).label("flagged"),
                failed.label("failed"),
            )
            .where(watched_entries.c.source_key.in_([source.key for source in sources]))
            .group_by(watched_entries.c.source_key)
        )
        return {
            row.source_key: Tally(row.entries, int(row.claims), int(row.flagged), int(row.failed))
            for row in self._connection.execute(counted)
        }

    def note_listed(self, source: WatchedSource, hashes: Collection[str], now: datetime) -> Mapping[str, WatchedEntry]:
        these = (watched_entries.c.source_key == source.key, watched_entries.c.hash.in_(list(hashes)))
        self._connection.execute(update(watched_entries).where(*these).values(listed_at=now))
        return {row.hash: _entry_of(row) for row in self._connection.execute(select(watched_entries).where(*these))}

    def put_entry(self, source: WatchedSource, entry_hash: str, entry: WatchedEntry) -> None:
        values = {
            "url": entry.url, "state": entry.state, "tries": entry.tries, "claims": entry.claims,
            "flagged": entry.flagged, "document_id": entry.document_id, "error": entry.error,
            "listed_at": entry.seen_at,
        }  # fmt: skip
        this = (watched_entries.c.source_key == source.key, watched_entries.c.hash == entry_hash)
        if not self._connection.execute(update(watched_entries).where(*this).values(**values)).rowcount:
            named = {"source_key": source.key, "hash": entry_hash, "seen_at": entry.seen_at}
            self._connection.execute(insert(watched_entries), {**values, **named})

    def forget_unlisted(self, source: WatchedSource, before: datetime) -> None:
        old = (watched_entries.c.source_key == source.key, watched_entries.c.listed_at < before)
        self._connection.execute(delete(watched_entries).where(*old))


def _is_due(now: datetime) -> tuple[Any, ...]:
    return (
        watched_sources.c.active,
        watched_sources.c.next_read_at <= now,
        leases.ended(watched_sources.c.held_until, now),
        is_open(watched_sources.c.organisation_key),
    )


def _values(source: WatchedSource) -> dict[str, Any]:
    return {
        "url": source.url,
        "name": source.name,
        "read_from": source.read_from,
        "language": source.language,
        "interval_s": int(source.interval.total_seconds()),
        "active": source.active,
        "updated_at": source.updated_at,
        "next_read_at": source.next_read_at,
        "last_read_at": source.last_read_at,
        "etag": source.etag,
        "last_modified": source.last_modified,
        "failures": source.failures,
        "error": source.error,
    }


def _source_of(row: Row[Any]) -> WatchedSource:
    return WatchedSource(
        key=row.key,
        id=row.id,
        organisation=Organisation(row.organisation_key, row.organisation_id, row.organisation_name),
        url=row.url,
        name=row.name,
        read_from=ReadFrom(row.read_from),
        language=row.language,
        interval=timedelta(seconds=row.interval_s),
        active=row.active,
        created_at=row.created_at,
        updated_at=row.updated_at,
        next_read_at=row.next_read_at,
        last_read_at=row.last_read_at,
        etag=row.etag,
        last_modified=row.last_modified,
        failures=row.failures,
        error=row.error,
    )


def _entry_of(row: Row[Any]) -> WatchedEntry:
    return WatchedEntry(
        key=row.key,
        url=row.url,
        state=EntryState(row.state),
        tries=row.tries,
        claims=row.claims,
        flagged=row.flagged,
        document_id=row.document_id,
        error=row.error,
        seen_at=row.seen_at,
    )
