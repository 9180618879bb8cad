"""Entries of the audit log, as they go out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from app.domain.audit.entries import ActorKind, AuditEntry
from app.schemas.fields import Shown


class ActorOut(Shown):
    """Account, key or process that acted."""

    kind: ActorKind
    id: str | None = Field(description="Id of the key, the account or the job; null where none is known.")
    name: str | None = Field(description="Its present name; null where it has none, or was erased.")


class SubjectOut(Shown):
    """Subject of an action."""

    kind: str = Field(examples=["statement"])
    id: str | None
    name: str | None = Field(description="Present name of an account or a key; null for anything else.")


class AuditEntryOut(Shown):
    """An entry of the audit log. It holds ids and moments; texts and names are looked up."""

    number: int = Field(description="Place in the chain, from 1 without gaps.")
    at: datetime
    organisation_id: str | None
    actor: ActorOut
    action: str = Field(examples=["statement.created"])
    subject: SubjectOut
    request_id: str | None
    detail: Mapping[str, str | int]
    previous_hash: str
    hash: str = Field(description="SHA-256 of the previous entry's hash and of this entry's canonical content.")

    @classmethod
    def of(cls, entry: AuditEntry, names: Mapping[str, str]) -> "AuditEntryOut":
        return cls(
            number=entry.number,
            at=entry.at,
            organisation_id=entry.organisation_id,
            actor=ActorOut(kind=entry.actor_kind, id=entry.actor_id, name=names.get(entry.actor_id or "")),
            action=entry.action,
            subject=SubjectOut(kind=entry.subject_kind, id=entry.subject_id, name=names.get(entry.subject_id or "")),
            request_id=entry.request_id,
            detail=entry.detail,
            previous_hash=entry.previous_hash,
            hash=entry.hash,
        )


class AuditList(Shown):
    """Entries of the audit log, the newest first."""

    items: Sequence[AuditEntryOut]
    next_cursor: str | None = None
