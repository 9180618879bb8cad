"""API key management: creating, authenticating, rotating and revoking keys."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from app.domain.access.keys import OVERLAP, Caller, Key, Organisation, Scope, hash_of, hint_of, is_secret, new_secret
from app.domain.core.errors import InvalidInput, MissingScope, NotFound, Unauthenticated
from app.services.access.last_uses import LastUses
from app.services.ports import Clock, Store, Transaction

_GOOD_FOR_S = 1.0
_MOST_SEEN = 1_000


@dataclass(frozen=True, slots=True)
class ManageKeys:
    """API key management.

    `by`, in what follows, is the key or the admin that asks; without one it is whoever runs the command, who may do
    all. A caller reaches the keys of its own organisation only, and grants no scope that it does not have, no higher
    limit and no later end.

    Authenticating only reads. When keys were last used is remembered, and stored later (`LastUses`).
    """

    store: Store
    clock: Clock
    last_uses: LastUses
    default_per_hour: int = 0
    """Requests an hour of a key without a limit of its own; 0: any."""
    _seen: dict[str, tuple[float, Key]] = field(default_factory=dict)

    def cached(self, secret: str) -> Key | None:
        """Key of a secret that was authenticated within the last second, without a query."""
        since, key = self._seen.get(hash_of(secret), (0.0, None))
        return key if key and time.monotonic() - since < _GOOD_FOR_S and key.valid_at(self.clock()) else None

    def forget_seen(self) -> None:
        """Has every key looked up again."""
        self._seen.clear()

    def create(
        self,
        name: str,
        scopes: Sequence[Scope],
        organisation: str,
        expires_at: datetime | None = None,
        limit_per_hour: int | None = None,
        by: Caller | None = None,
    ) -> tuple[str, Key]:
        """Creates a key, and the organisation when new; returns the secret, which is not stored, and the key.

        One that a key makes inherits the limit and the end of that key where none are given. Raises `MissingScope`,
        and `InvalidInput` for a higher limit or a later end.
        """
        with self.store.writing() as tx:
            owner = by.organisation if by else tx.access.ensure_organisation(organisation)
            if isinstance(by, Key):
                limit_per_hour, expires_at = _within(by, self._limited(by).limit_per_hour, limit_per_hour, expires_at)
            return add_key(tx, owner, name, scopes, self.clock(), expires_at, limit_per_hour, by)

    def authenticate(self, secret: str) -> Key:
        """Authenticates a secret. Raises `Unauthenticated` for one that is unknown, revoked or expired."""
        key_hash = hash_of(secret)
        key = None
        if is_secret(secret):
            with self.store.reading() as tx:
                key = tx.access.key_by_hash(key_hash)
        now = self.clock()
        if key is None or not key.valid_at(now):
            raise Unauthenticated(
                "this key is unknown, revoked or expired: ask whoever runs this service for a new one"
            )
        self.last_uses.note("key", key.id, key.last_used_at, now)
        if len(self._seen) > _MOST_SEEN:
            self._seen.clear()
        self._seen[key_hash] = (time.monotonic(), key)
        return key

    def all(self, organisation: Organisation | None = None) -> list[Key]:
        """Keys of an organisation; without one, of all."""
        with self.store.reading() as tx:
            return [self._with_last_use(key) for key in tx.access.keys(organisation)]

    def get(self, key_id: str, by: Caller | None = None) -> Key:
        """Key by id. Raises `NotFound`, also for one of another organisation."""
        with self.store.reading() as tx:
            return self._with_last_use(_existing(tx, key_id, by))

    def rotate(self, key_id: str, overlap: timedelta = OVERLAP, by: Caller | None = None) -> tuple[str, Key]:
        """Rotates a key's secret; the old one stays valid for `overlap`.

        Raises `NotFound` for a key that is not there or revoked, `MissingScope` where the key can more than `by`:
        whoever gets a secret gets its scopes, its limit and its end.
        """
        secret = new_secret()
        with self.store.writing() as tx:
            key = _existing(tx, key_id, by)
            if key.revoked_at:
                raise NotFound("this key is revoked: make a new one")
            _require_scopes(by, key.scopes)
            if isinstance(by, Key) and by.id != key.id:
                _require_no_more(self._limited(by), self._limited(key))
            tx.access.rotate(key_id, hash_of(secret), hint_of(secret), self.clock() + overlap)
            rotated = _existing(tx, key_id, by)
            tx.audit.add("key.rotated", "key", key_id, organisation_id=key.organisation.id)
        self._seen.clear()
        return secret, rotated

    def revoke(self, key_id: str, by: Caller | None = None) -> None:
        """Revokes a key: here at once, in other processes within a second. Raises `NotFound`."""
        with self.store.writing() as tx:
            key = _existing(tx, key_id, by)
            if not tx.access.revoke(key_id, self.clock()):
                raise NotFound("there is no such key that is not revoked already")
            tx.audit.add("key.revoked", "key", key_id, organisation_id=key.organisation.id)
        self._seen.clear()

    def _limited(self, key: Key) -> Key:
        """The key with the limit that holds for it."""
        default = self.default_per_hour or None
        return replace(key, limit_per_hour=default if key.limit_per_hour is None else key.limit_per_hour)

    def _with_last_use(self, key: Key) -> Key:
        return replace(key, last_used_at=self.last_uses.last("key", key.id, key.last_used_at))

    def organisation(self, name: str) -> Organisation:
        """The organisation of this name, created when new."""
        with self.store.writing() as tx:
            return tx.access.ensure_organisation(name)


def add_key(
    tx: Transaction,
    organisation: Organisation,
    name: str,
    scopes: Sequence[Scope],
    now: datetime,
    expires_at: datetime | None = None,
    limit_per_hour: int | None = None,
    by: Caller | None = None,
) -> tuple[str, Key]:
    """Stores a new key; returns its secret and the key. Raises `MissingScope` where `by` lacks one of the scopes."""
    _require_scopes(by, scopes)
    secret = new_secret()
    key = Key(
        id=str(uuid4()),
        name=name,
        hint=hint_of(secret),
        organisation=organisation,
        scopes=frozenset(scopes),
        created_at=now,
        expires_at=expires_at,
        limit_per_hour=limit_per_hour,
    )
    tx.access.add_key(key, hash_of(secret))
    tx.audit.add("key.created", "key", key.id, organisation_id=organisation.id)
    return secret, key


def _existing(tx: Transaction, key_id: str, by: Caller | None) -> Key:
    key = tx.access.key(key_id)
    if key is None or (by and by.organisation.key != key.organisation.key):
        raise NotFound("there is no such key")
    return key


def _require_scopes(by: Caller | None, scopes: Sequence[Scope] | frozenset[Scope]) -> None:
    more = [f"'{scope}'" for scope in sorted(set(scopes) - by.scopes)] if by else []
    if more:
        raise MissingScope(f"your key does not have {', '.join(more)}: it cannot grant what it does not have")


def _within(
    by: Key, most_per_hour: int | None, limit_per_hour: int | None, expires_at: datetime | None
) -> tuple[int | None, datetime | None]:
    """Limit and end of a key that `by` makes, for which `most_per_hour` holds.

    Raises `InvalidInput` where more is asked for than it has.
    """
    limit, ends = by.limit_per_hour if limit_per_hour is None else limit_per_hour, expires_at or by.expires_at
    if limit is not None and most_per_hour is not None and limit > most_per_hour:
        raise InvalidInput.at(
            "/limit_per_hour", f"is over the limit of the key that asks, {most_per_hour:,}: ask for no more"
        )
    if ends and by.expires_at and ends > by.expires_at:
        raise InvalidInput.at(
            "/expires_at", f"is after the end of the key that asks, {by.expires_at:%Y-%m-%dT%H:%MZ}: ask for no later"
        )
    return limit, ends


def _require_no_more(by: Key, key: Key) -> None:
    more = by.limit_per_hour is not None and (key.limit_per_hour is None or key.limit_per_hour > by.limit_per_hour)
    longer = by.expires_at is not None and (key.expires_at is None or key.expires_at > by.expires_at)
    if more or longer:
        raise MissingScope("that key has a higher limit or a later end than yours: rotate it with one that has as much")
