"""Organisations and keys: rows to domain objects and back."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, String, bindparam, insert, select, update

from app.domain.access.keys import Key, Organisation, Scope
from app.store.tables import api_keys, organisations

OWNER: Final = tuple(column.label(f"organisation_{column.name}") for column in organisations.c if column.name != "key")
"""Columns of the organisation that a row belongs to, beside the row's own `organisation_key`."""


def _keys() -> Select[Any]:
    return select(api_keys, *OWNER).join(organisations, organisations.c.key == api_keys.c.organisation_key)


_HASH = bindparam("hash", type_=String)
_BY_HASH = _keys().where((api_keys.c.hash == _HASH) | (api_keys.c.previous_hash == _HASH))


class AccessRows:
    """SQL implementation of `app.services.access.ports.Access`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def ensure_organisation(self, name: str) -> Organisation:
        row = self._connection.execute(select(organisations).where(organisations.c.name == name)).first()
        if row is None:
            values = {"id": str(uuid4()), "name": name, "created_at": datetime.now(UTC)}
            self._connection.execute(insert(organisations), values)
            return self.ensure_organisation(name)
        return _organisation_of(row)

    def organisation(self, name_or_id: str) -> Organisation | None:
        by_either = (organisations.c.id == name_or_id) | (organisations.c.name == name_or_id)
        rows = self._connection.execute(select(organisations).where(by_either)).all()
        found = {row.id == name_or_id: _organisation_of(row) for row in rows}
        return found.get(True) or found.get(False)

    def organisations(self) -> list[Organisation]:
        listed = select(organisations).order_by(organisations.c.key)
        return [_organisation_of(row) for row in self._connection.execute(listed)]

    def keeps_archive(self, organisation: int) -> bool:
        first = select(organisations.c.key, organisations.c.operator).order_by(
            organisations.c.operator.desc(), organisations.c.key
        )
        row = self._connection.execute(first.limit(1)).first()
        if row is None or row.key == organisation or not row.operator:
            return row is not None and row.key == organisation
        operator = select(organisations.c.operator).where(organisations.c.key == organisation)
        return bool(self._connection.scalar(operator))

    def change_organisation(self, changed: Organisation) -> None:
        values = {
            "name": changed.name,
            "operator": changed.operator,
            "limit_per_hour": changed.limit_per_hour,
            "check_retention_days": changed.check_retention_days,
            "closed_at": changed.closed_at,
        }
        self._connection.execute(update(organisations).where(organisations.c.key == changed.key), values)

    def add_key(self, key: Key, secret_hash: str) -> None:
        values = {
            "id": key.id,
            "organisation_key": key.organisation.key,
            "name": key.name,
            "hint": key.hint,
            "hash": secret_hash,
            "scopes": sorted(key.scopes),
            "created_at": key.created_at,
            "expires_at": key.expires_at,
            "limit_per_hour": key.limit_per_hour,
        }
        self._connection.execute(insert(api_keys), values)

    def key_by_hash(self, secret_hash: str) -> Key | None:
        row = self._connection.execute(_BY_HASH, {"hash": secret_hash}).first()
        if row is None or row.hash == secret_hash:
            return _key_of(row) if row else None
        ends = min(row.previous_until, row.expires_at or row.previous_until)
        return replace(_key_of(row), expires_at=ends)

    def key(self, key_id: str) -> Key | None:
        row = self._connection.execute(_keys().where(api_keys.c.id == key_id)).first()
        return _key_of(row) if row else None

    def keys(self, organisation: Organisation | None = None) -> list[Key]:
        listed = _keys().order_by(api_keys.c.key)
        if organisation:
            listed = listed.where(api_keys.c.organisation_key == organisation.key)
        return [_key_of(row) for row in self._connection.execute(listed)]

    def rotate(self, key_id: str, secret_hash: str, hint: str, previous_until: datetime) -> None:
        rotated = update(api_keys).where(api_keys.c.id == key_id)
        values = {"previous_hash": api_keys.c.hash, "previous_until": previous_until, "hash": secret_hash, "hint": hint}
        self._connection.execute(rotated.values(values))

    def revoke(self, key_id: str, at: datetime) -> bool:
        alive = (api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
        revoked = update(api_keys).where(*alive).values(revoked_at=at).returning(api_keys.c.key)
        return self._connection.scalar(revoked) is not None

    def used(self, key_id: str, at: datetime) -> None:
        self._connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(last_used_at=at))


def _key_of(row: Row[Any]) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        hint=row.hint,
        organisation=owner_of(row),
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
        limit_per_hour=row.limit_per_hour,
        previous_until=row.previous_until,
    )


def owner_of(row: Row[Any]) -> Organisation:
    """The organisation of a row with the columns `OWNER`."""
    return Organisation(
        key=row.organisation_key,
        id=row.organisation_id,
        name=row.organisation_name,
        operator=row.organisation_operator,
        limit_per_hour=row.organisation_limit_per_hour,
        created_at=row.organisation_created_at,
        check_retention_days=row.organisation_check_retention_days,
        closed_at=row.organisation_closed_at,
    )


def _organisation_of(row: Row[Any]) -> Organisation:
    limits = (row.limit_per_hour, row.created_at, row.check_retention_days)
    return Organisation(row.key, row.id, row.name, row.operator, *limits, row.closed_at)
