"""Organisations and keys: rows to domain objects and back."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from app.domain.access import Key, Organisation, Scope
from app.store.tables import api_keys, organisations


def _keys() -> Select[Any]:
    return select(
        api_keys, organisations.c.id.label("organisation_id"), organisations.c.name.label("organisation_name")
    ).join(organisations, organisations.c.key == api_keys.c.organisation_key)


_BY_HASH = _keys().where(api_keys.c.hash == bindparam("hash"))


class AccessRows:
    """`app.services.ports.Access`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def ensure_organisation(self, name: str) -> Organisation:
        row = self._connection.execute(select(organisations).where(organisations.c.name == name)).first()
        if row is None:
            values = {"id": str(uuid4()), "name": name, "created_at": datetime.now(UTC)}
            self._connection.execute(insert(organisations), values)
            return self.ensure_organisation(name)
        return Organisation(row.key, row.id, row.name)

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
        }
        self._connection.execute(insert(api_keys), values)

    def key_by_hash(self, secret_hash: str) -> Key | None:
        row = self._connection.execute(_BY_HASH, {"hash": secret_hash}).first()
        return _key_of(row) if row else None

    def keys(self) -> list[Key]:
        return [_key_of(row) for row in self._connection.execute(_keys().order_by(api_keys.c.key))]

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
        organisation=Organisation(row.organisation_key, row.organisation_id, row.organisation_name),
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )
