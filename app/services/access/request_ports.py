"""Ports for answering requests: idempotency records and rate limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.access.rate_limits import Quota, RateLimitResult


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """First response to an idempotent request, kept for replays. Without a body where that held a secret."""

    status: int
    media_type: str | None
    body: bytes | None
    language: str | None = None
    """Language of its sentences, where it has any."""


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """Earlier request with the same idempotency key; without an answer it is still being processed."""

    request_hash: str
    claimed_until: datetime
    expires_at: datetime
    answer: StoredResponse | None


class IdempotencyKeys(Protocol):
    """Store of idempotency keys, by organisation."""

    def get(self, organisation: Organisation, idempotency_key: str) -> StoredRequest | None: ...
    def claim(
        self,
        organisation: Organisation,
        idempotency_key: str,
        request_hash: str,
        claim: str,
        claimed_until: datetime,
        expires_at: datetime,
    ) -> None:
        """Replaces the holder of the claim."""

    def answer(self, organisation: Organisation, idempotency_key: str, claim: str, answer: StoredResponse) -> None: ...
    def release(self, organisation: Organisation, idempotency_key: str, claim: str) -> None: ...
    def forget_expired(self, now: datetime) -> None: ...


class Limits(Protocol):
    """Counters of quotas, shared by all processes."""

    def take(self, quotas: Sequence[Quota], cost: int, now: datetime) -> RateLimitResult:
        """Takes `cost` from every quota, or from none. At most one quota a subject, and two of them."""

    def close(self) -> None: ...
