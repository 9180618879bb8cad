"""The audit log: its table, and appending to its chain. Triggers of migration 0028 refuse any change of a row."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, Row, Select, String, Table, Text, insert, select

from app.domain.audit.entries import FIRST_PREVIOUS_HASH, ActorKind, AuditEntry, canonical_json
from app.services.audit.origin import Origin, current_origin
from app.services.audit.ports import AuditEvent, AuditFilter
from app.services.ports import Clock
from app.store.access.account_tables import accounts
from app.store.tables import _moment, api_keys, metadata

audit_entries = Table(
    "audit_entries",
    metadata,
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="place in the chain, from 1 without gaps",
    ),
    _moment("at"),
    Column("organisation_id", String(36), comment="whose admins see it; null: the operator's alone"),
    Column("actor_kind", String(16), nullable=False),
    Column("actor_id", String(36), comment="of a key, an account or a job"),
    Column("action", String(64), nullable=False),
    Column("subject_kind", String(32), nullable=False),
    Column("subject_id", String(64)),
    Column("request_id", String(100)),
    Column("detail", Text, nullable=False, comment="JSON: ids, counts and roles, no text and no name"),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, comment="SHA-256 of the previous hash and the canonical content"),
    Index("ix_audit_entries_organisation_id", "organisation_id", "number"),
    Index("ix_audit_entries_actor_id", "actor_id", "number"),
    Index("ix_audit_entries_subject_id", "subject_id", "number"),
    Index("ix_audit_entries_at", "at"),
)

_C = audit_entries.c
_LAST = select(_C.number, _C.hash).order_by(_C.number.desc()).limit(1)
_AT_ONCE = 1_000


class AuditRows:
    """SQL implementation of `app.services.audit.ports.Audit`.

    The first append reads the last entry; that stays the last one, for writing transactions exclude each other.
    """

    def __init__(self, connection: Connection, clock: Clock):
        self._connection = connection
        self._clock = clock
        self._last: tuple[int, str] | None = None
        """Number and hash of the last entry that this transaction left."""

    @property
    def appended(self) -> bool:
        """True where this transaction left an entry."""
        return self._last is not None

    def add(
        self,
        action: str,
        subject_kind: str,
        subject_id: str | None = None,
        *,
        organisation_id: str | None = None,
        **detail: str | int,
    ) -> None:
        entry = _entry(self._clock(), current_origin(), action, subject_kind, subject_id)
        self._append([replace(entry, organisation_id=organisation_id or entry.organisation_id, detail=detail)])

    def add_each(self, action: str, subject_kind: str, subject_ids: Iterable[str]) -> None:
        at, origin = self._clock(), current_origin()
        self._append([_entry(at, origin, action, subject_kind, subject_id) for subject_id in subject_ids])

    def add_events(self, events: Sequence[AuditEvent]) -> None:
        self._append(
            [
                replace(
                    _entry(event.at, event.origin, event.action, event.subject_kind, event.subject_id),
                    detail=event.detail,
                )
                for event in events
            ]
        )

    def find(self, filters: AuditFilter, before: int | None, limit: int) -> list[AuditEntry]:
        found = _matching(filters).order_by(_C.number.desc()).limit(limit)
        if before is not None:
            found = found.where(_C.number < before)
        return [_entry_of(row) for row in self._connection.execute(found)]

    def stream(self, filters: AuditFilter) -> Iterator[AuditEntry]:
        after = None
        while True:
            batch = _matching(filters).order_by(_C.number).limit(_AT_ONCE)
            if after is not None:
                batch = batch.where(_C.number > after)
            rows = self._connection.execute(batch).all()
            yield from map(_entry_of, rows)
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1].number

    def names(self, entries: Sequence[AuditEntry]) -> Mapping[str, str]:
        kinds = {ActorKind.ACCOUNT: accounts, ActorKind.KEY: api_keys}
        wanted: dict[str, set[str]] = {kind: set() for kind in kinds}
        for entry in entries:
            for kind, found in ((entry.actor_kind, entry.actor_id), (entry.subject_kind, entry.subject_id)):
                if found and kind in wanted:
                    wanted[kind].add(found)
        named: dict[str, str] = {}
        for kind, table in kinds.items():
            if ids := wanted[kind]:
                rows = self._connection.execute(select(table.c.id, table.c.name).where(table.c.id.in_(ids)))
                named |= {row.id: row.name for row in rows}
        return named

    def actor_names(self, action: str, subject_ids: Sequence[str]) -> Mapping[str, str]:
        wanted = select(audit_entries).where(_C.subject_id.in_(subject_ids), _C.action == action)
        entries = [_entry_of(row) for row in self._connection.execute(wanted)]
        named = self.names(entries)
        done = [(entry.subject_id, entry.actor_id) for entry in entries]
        return {subject: named[actor] for subject, actor in done if subject and actor and actor in named}

    def _append(self, entries: Sequence[AuditEntry]) -> None:
        if not entries:
            return
        number, previous = self._last or self._last_stored()
        rows = []
        for place, entry in enumerate(entries, start=number + 1):
            chained = replace(entry, number=place, previous_hash=previous)
            previous = chained.computed_hash()
            rows.append(_values(chained, previous))
        self._connection.execute(insert(audit_entries), rows)
        self._last = (number + len(rows), previous)

    def _last_stored(self) -> tuple[int, str]:
        last = self._connection.execute(_LAST).first()
        return (last.number, last.hash) if last else (0, FIRST_PREVIOUS_HASH)


def _matching(filters: AuditFilter) -> Select[Any]:
    found = select(audit_entries)
    equal = {
        "organisation_id": filters.organisation_id,
        "actor_id": filters.actor_id,
        "subject_id": filters.subject_id,
        "subject_kind": filters.subject_kind,
    }
    for name, value in equal.items():
        if value is not None:
            found = found.where(_C[name] == value)
    if filters.action is not None:
        found = found.where((_C.action == filters.action) | _C.action.startswith(filters.action + ".", autoescape=True))
    if filters.since is not None:
        found = found.where(_C.at >= filters.since)
    if filters.until is not None:
        found = found.where(_C.at <= filters.until)
    return found


def _entry(at: datetime, origin: Origin, action: str, subject_kind: str, subject_id: str | None) -> AuditEntry:
    return AuditEntry(
        number=0,
        at=at,
        organisation_id=origin.organisation_id,
        actor_kind=origin.kind,
        actor_id=origin.actor_id,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        request_id=origin.request_id,
    )


def _values(entry: AuditEntry, entry_hash: str) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at,
        "organisation_id": entry.organisation_id,
        "actor_kind": entry.actor_kind.value,
        "actor_id": entry.actor_id,
        "action": entry.action,
        "subject_kind": entry.subject_kind,
        "subject_id": entry.subject_id,
        "request_id": entry.request_id,
        "detail": canonical_json(entry.detail),
        "previous_hash": entry.previous_hash,
        "hash": entry_hash,
    }


def _entry_of(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        at=row.at,
        organisation_id=row.organisation_id,
        actor_kind=ActorKind(row.actor_kind),
        actor_id=row.actor_id,
        action=row.action,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        request_id=row.request_id,
        detail=json.loads(row.detail),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
