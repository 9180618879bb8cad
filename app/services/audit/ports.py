"""Ports of the audit log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.access.accounts import Account
from app.domain.access.keys import Organisation
from app.domain.audit.entries import AuditEntry
from app.domain.audit.erasures import Erasure
from app.domain.statements.statements import Statement
from app.services.audit.origin import Origin


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Event that is to become an entry: it has no place in the chain yet."""

    at: datetime
    origin: Origin
    action: str
    subject_kind: str
    subject_id: str | None
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Filter of entries; None: any.

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
    subject_kind: str | None = None
    """What it happened to, such as `statement`."""


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

    def actor_names(self, action: str, subject_ids: Sequence[str]) -> Mapping[str, str]:
        """Names of the accounts and keys that did this, by the ids of what they did it to."""


class Erasures(Protocol):
    """Erasing, and the traces of erasures."""

    def account(self, account: Account) -> None:
        """Replaces name and login by a pseudonym everywhere, and deletes what signs in and what was private."""

    def any_statement(self, statement_id: str) -> Statement | None:
        """A statement, whoever keeps it private."""

    def owner_of_check(self, check_id: str) -> Organisation | None:
        """Organisation that has a check of this id."""

    def statement(self, statement: Statement, at: datetime, sequence: int) -> None:
        """Empties a statement, withdraws it, and deletes or redacts every copy."""

    def check(self, organisation: Organisation, check_id: str, at: datetime) -> bool:
        """Deletes a check with all that was made of it; one of an article with the article and its other checks.
        False where there is none."""

    def add(self, erasure: Erasure) -> None: ...
    def find(self, organisation_id: str | None, before: int | None, limit: int) -> list[Erasure]:
        """The newest first; of every organisation where none is named."""

    def expire_checks(self, organisation: Organisation, created_before: datetime, limit: int) -> int:
        """Deletes checks that are not flagged, or decided; their number."""

    def expire_documents(self, organisation: Organisation, created_before: datetime) -> int:
        """Deletes articles of which no check is left; their number."""
