"""Answers of the service about the audit log and erasures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever acted: a `key`, an `account`, a `command`, a `job` or the `service`, by its present name."""

    kind: str
    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Object of an action; accounts and keys have a name."""

    kind: str
    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """An entry of the audit log; `number` is its place in the chain, `hash` its SHA-256 with the one before."""

    number: int
    at: datetime
    organisation_id: str | None
    actor: Actor
    action: str
    subject: Subject
    request_id: str | None
    detail: dict[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Trace of an erasure."""

    id: str
    at: datetime
    kind: str
    subject_id: str
    reason: str
    reference: str | None
    by_kind: str
    by_id: str | None
