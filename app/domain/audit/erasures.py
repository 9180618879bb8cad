"""Erasures: what was erased on a request, with who, when and why; the erased thing itself is gone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.audit.entries import ActorKind

LONGEST_REASON: Final = 500


class ErasureKind(StrEnum):
    """Kind of thing that can be erased."""

    ACCOUNT = "account"
    STATEMENT = "statement"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Erasure:
    """Trace of an erasure."""

    id: str
    at: datetime
    kind: ErasureKind
    subject_id: str
    reason: str
    """Why: the law or the request, without the data that was erased."""
    reference: str | None
    """Number or address of the request."""
    organisation_id: str | None
    by_kind: ActorKind
    by_id: str | None
    number: int = 0
    """Place in the list; rises with each."""


def pseudonym_of(account_id: str) -> str:
    """Name and login of an erased account: the beginning of its id, which says nothing of the person."""
    return f"erased-{account_id[:8]}"
