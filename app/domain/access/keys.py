"""API keys: organisations, keys, scopes, and the caller of a request."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

DEFAULT_ORGANISATION = "default"
"""Organisation of commands that name none."""

OVERLAP = timedelta(hours=24)
"""Default period for which the old secret of a rotated key stays valid."""

_PREFIX = "rfr_"
_SECRET = re.compile(rf"{_PREFIX}[A-Za-z0-9_-]{{43}}")


class Scope(StrEnum):
    """Permission of an API key; none includes another."""

    CHECK = "check"
    READ = "read"
    WRITE = "write"
    REVIEW = "review"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Organisation:
    """Organisation (tenant) that owns keys, accounts, checks, flags and private statements."""

    key: int
    id: str
    name: str
    operator: bool = False
    """Operator of the service: its admin keys create other organisations."""
    limit_per_hour: int | None = None
    """Limit on requests an hour of all its keys together; None: that of the settings."""
    created_at: datetime | None = None
    check_retention_days: int | None = None
    """Days that its checks are kept, 0 for ever; None: that of the settings."""
    closed_at: datetime | None = None
    """Moment since when its members cannot sign in and its keys and feeds do not work; None: it is open."""


@dataclass(frozen=True, slots=True)
class Key:
    """API key without its secret; only the hint by which its owner recognises it.

    A rotated key has a new secret; the one before is good until `previous_until`.
    """

    id: str
    name: str
    hint: str
    organisation: Organisation
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    limit_per_hour: int | None = None
    previous_until: datetime | None = None

    def valid_at(self, now: datetime) -> bool:
        lasts = self.expires_at is None or now < self.expires_at
        return lasts and self.revoked_at is None and self.organisation.closed_at is None


class Caller(Protocol):
    """Caller of a request: an API key, or an account that is signed in."""

    @property
    def organisation(self) -> Organisation: ...
    @property
    def scopes(self) -> frozenset[Scope]: ...


def new_secret() -> str:
    """New key with 256 random bits, for which a plain hash is secure."""
    return _PREFIX + secrets.token_urlsafe(32)


def is_secret(secret: str) -> bool:
    """True if it has the form of a secret; nothing else need be looked up."""
    return bool(_SECRET.fullmatch(secret))


def hash_of(secret: str) -> str:
    """Hash of a key's secret (SHA-256), the only form in which it is stored."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def hint_of(secret: str) -> str:
    """Hint of a key: enough to recognise it, and too little to use it."""
    return secret[: len(_PREFIX) + 4]
