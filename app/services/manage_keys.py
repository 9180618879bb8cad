"""Keys: making, checking and revoking them."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from app.domain.access import Key, Organisation, Scope, hash_of, hint_of, new_secret
from app.domain.errors import NotFound, Unauthenticated
from app.services.ports import Clock, Store

_USE_NOTED_EVERY = timedelta(minutes=1)
_GOOD_FOR_S = 1.0
_MOST_SEEN = 1_000


@dataclass(frozen=True, slots=True)
class ManageKeys:
    """Who may use the service."""

    store: Store
    clock: Clock
    _seen: dict[str, tuple[float, Key]] = field(default_factory=dict)

    def remembered(self, secret: str) -> Key | None:
        """The key of a secret that was good within the last second, without asking the database."""
        since, key = self._seen.get(hash_of(secret), (0.0, None))
        return key if key and time.monotonic() - since < _GOOD_FOR_S and key.valid_at(self.clock()) else None

    def create(
        self, name: str, scopes: Sequence[Scope], organisation: str, expires_at: datetime | None = None
    ) -> tuple[str, Key]:
        """A new key's secret, which is not kept, and the key; the organisation is created when new."""
        secret = new_secret()
        with self.store.writing() as tx:
            key = Key(
                id=str(uuid4()),
                name=name,
                hint=hint_of(secret),
                organisation=tx.access.ensure_organisation(organisation),
                scopes=frozenset(scopes),
                created_at=self.clock(),
                expires_at=expires_at,
            )
            tx.access.add_key(key, hash_of(secret))
        return secret, key

    def authenticate(self, secret: str) -> Key:
        """The key of a secret. Raises `Unauthenticated` for one that is unknown, revoked or expired."""
        key_hash = hash_of(secret)
        with self.store.reading() as tx:
            key = tx.access.key_by_hash(key_hash)
        now = self.clock()
        if key is None or not key.valid_at(now):
            raise Unauthenticated(
                "this key is unknown, revoked or expired: ask whoever runs this service for a new one"
            )
        if key.last_used_at is None or now - key.last_used_at > _USE_NOTED_EVERY:
            with self.store.writing() as tx:
                tx.access.used(key.id, now)
        if len(self._seen) > _MOST_SEEN:
            self._seen.clear()
        self._seen[key_hash] = (time.monotonic(), key)
        return key

    def all(self) -> list[Key]:
        with self.store.reading() as tx:
            return tx.access.keys()

    def revoke(self, key_id: str) -> None:
        """Ends a key: here at once, in other processes within a second. Raises `NotFound`."""
        with self.store.writing() as tx:
            if not tx.access.revoke(key_id, self.clock()):
                raise NotFound("there is no such key that is not revoked already")
        self._seen.clear()

    def organisation(self, name: str) -> Organisation:
        """The organisation of this name, created when new."""
        with self.store.writing() as tx:
            return tx.access.ensure_organisation(name)
