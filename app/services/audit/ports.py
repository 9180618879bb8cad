"""Ports of the audit log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.audit.entries import AuditEntry
from app.services.audit.origin import Origin


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What is to become an entry: it has no place in the chain yet."""

    at: datetime
    origin: Origin
    action: str
    subject_kind: str
    subject_id: str | None


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted; None: any.

    `action`: a dotted name, or its beginning up to a dot, such as `review` for all of `review.…`.
    """

    organisation_id: str | None = None
    actor_id: str | None = None
    action: str | None = None
    subject_id: str | None = None
    since: datetime | None = None
    """Moment from which on."""
    until: datetime | None = None
    """Last moment."""


class Audit(Protocol):
    """Audit log. Entries are appended within the transaction of what they are about, and never changed."""

    def add(
        self,
        action: str,
        subject_kind: str,
        subject_id: str | None = None,
        *,
        organisation_id: str | None = None,
        **detail: str | int,
    ) -> None:
        """Appends an entry of the current origin. `organisation_id`: whose admins see it, where not the actor's."""

    def add_each(self, action: str, subject_kind: str, subject_ids: Iterable[str]) -> None:
        """Appends an entry for each subject."""

    def add_events(self, events: Sequence[AuditEvent]) -> None:
        """Appends entries for what happened before this transaction."""

    def find(self, filters: AuditFilter, before: int | None, limit: int) -> list[AuditEntry]:
        """The newest first; `before` is the number of the last one seen."""

    def stream(self, filters: AuditFilter) -> Iterator[AuditEntry]:
        """All that match, the oldest first, a thousand in memory at once."""

    def names(self, entries: Sequence[AuditEntry]) -> Mapping[str, str]:
        """Present names of the accounts and keys that acted, or were acted on, by id; names of erased ones are gone."""
