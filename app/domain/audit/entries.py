"""Entries of the audit log, and the chain of hashes that they form."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

FIRST_PREVIOUS_HASH: Final = "0" * 64
"""Hash that the first entry has in place of that of an entry before it."""


class ActorKind(StrEnum):
    """Kind of whoever acted."""

    KEY = "key"
    ACCOUNT = "account"
    COMMAND = "command"
    """Somebody at the command line, who is not named."""
    JOB = "job"
    SERVICE = "service"
    """The service itself, such as the deletion of what has expired."""
    NOBODY = "nobody"
    """A request before it has signed in, or that did not."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Entry of the audit log: ids and moments alone, so that it holds neither a text nor a name."""

    number: int
    """Place in the chain, from 1 without gaps."""
    at: datetime
    organisation_id: str | None
    """Organisation whose admins may see it; None: the operator alone."""
    actor_kind: ActorKind
    actor_id: str | None
    action: str
    """Dotted name, such as `statement.created`."""
    subject_kind: str
    subject_id: str | None
    request_id: str | None
    detail: Mapping[str, str | int] = field(default_factory=dict)
    """Further facts: ids, counts, roles."""
    previous_hash: str = FIRST_PREVIOUS_HASH
    hash: str = ""

    def computed_hash(self) -> str:
        """SHA-256, in hexadecimal, of the previous entry's hash and this entry's canonical content."""
        return sha256(f"{self.previous_hash}\n{self.canonical()}".encode()).hexdigest()

    def canonical(self) -> str:
        """Canonical content: JSON with sorted keys and no blanks; the moment in UTC to the microsecond."""
        content = {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "organisation": self.organisation_id,
            "actor": [self.actor_kind.value, self.actor_id],
            "action": self.action,
            "subject": [self.subject_kind, self.subject_id],
            "request": self.request_id,
            "detail": dict(self.detail),
        }
        return canonical_json(content)


def canonical_json(content: Mapping[str, object]) -> str:
    """JSON with sorted keys and no blanks: the same content is always the same text."""
    return json.dumps(dict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Last entry of a chain, or one that somebody noted: its number and its hash."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class ChainFault:
    """First entry of a chain that is not as it was written."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ChainState:
    """Result of verifying a chain: how far it holds, and its first fault where there is one."""

    head: AuditHead
    fault: ChainFault | None = None


def verify_chain(entries: Iterable[AuditEntry], noted: AuditHead | None = None) -> ChainState:
    """Verifies entries, all of them in order of their numbers, up to the first fault.

    `noted`: a head that was noted before, outside the database. Whoever can write the database can make a whole new
    chain, or cut the end off; neither contains the entry that was noted.
    """
    head = AuditHead(0, FIRST_PREVIOUS_HASH)
    for entry, fault in _checked(entries):
        if fault:
            return ChainState(head, ChainFault(entry.number, fault))
        head = AuditHead(entry.number, entry.hash)
        if noted and noted.number == head.number and noted.hash != head.hash:
            return ChainState(head, ChainFault(entry.number, "it is not the entry that was noted with this number"))
    if noted and noted.number > head.number:
        return ChainState(head, ChainFault(head.number + 1, f"the log ends before entry {noted.number}, noted before"))
    return ChainState(head)


def _checked(entries: Iterable[AuditEntry]) -> Iterator[tuple[AuditEntry, str | None]]:
    number, previous = 0, FIRST_PREVIOUS_HASH
    for entry in entries:
        if entry.number != number + 1:
            yield entry, f"entry {number + 1} is missing before it"
        elif entry.previous_hash != previous:
            yield entry, "it does not follow the entry before it"
        elif entry.computed_hash() != entry.hash:
            yield entry, "its content is not what was written"
        else:
            yield entry, None
        number, previous = entry.number, entry.hash
