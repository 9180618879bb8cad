"""Answers of the service about keys and organisations."""

from dataclasses import dataclass, field
from datetime import datetime

from refrain_client.bodies import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key, by its hint; the secret before its last rotation is good until `previous_until`."""

    id: str
    name: str
    hint: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    previous_until: datetime | None
    limit_per_hour: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey(Key):
    """A key with its secret, which is not shown again."""

    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """Numbers of what an organisation contributed to the shared archive; `last_day`: in the last 24 hours."""

    statements: int
    findings: int
    counter_examples: int
    last_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Withdrawal of what an organisation contributed since a moment; None: ever."""

    id: str
    at: datetime
    since: datetime | None
    reason: str | None
    restored_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Withdrawal):
    """A withdrawal, with the numbers of what it took; `links` are those to the organisation's narratives."""

    statements: int
    findings: int
    counter_examples: int
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Whose keys, checks and private statements these are; an `operator`'s admin keys make others."""

    id: str
    name: str
    operator: bool
    limit_per_hour: int | None
    created_at: datetime | None
    contributions: Contributions | None = None
    """Not of an organisation that was just made."""
    check_retention_days: int | None = None
    """Days that checks are kept, 0 for ever; None: as the service is set up."""
    closed_at: datetime | None = None
    """Since when it is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation(Organisation):
    """A new organisation with its first key, whose secret is not shown again."""

    key: NewKey
