"""The layout on disk of the attempts of a delivery: a JSON list, each of its entries with these names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from app.domain.webhooks.webhooks import Attempt


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    """Stored attempt: the HTTP status of the response, or the error that prevented one."""

    at: datetime
    status: int | None = None
    error: str | None = None
    ms: int = 0


_ATTEMPTS = TypeAdapter(tuple[StoredAttempt, ...])


def attempts_as_json(attempts: Sequence[Attempt]) -> Any:
    """Attempts as their column keeps them."""
    stored = tuple(StoredAttempt(attempt.at, attempt.status, attempt.error, attempt.ms) for attempt in attempts)
    return _ATTEMPTS.dump_python(stored, mode="json")


def attempts_from_json(column: Any) -> tuple[Attempt, ...]:
    """The attempts that a column keeps."""
    return tuple(
        Attempt(at=stored.at, status=stored.status, error=stored.error, ms=stored.ms)
        for stored in _ATTEMPTS.validate_python(column)
    )
