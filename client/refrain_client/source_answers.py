"""Answers of the service about watched sources."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ReadFrom = Literal["entry", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTally:
    """Counts of what was found in a source; `failed` entries could not be read."""

    entries: int
    claims: int
    flagged: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSource:
    """A feed that is read on a schedule. `error` says why the last reading failed, None where it did not."""

    id: str
    url: str
    name: str
    read_from: ReadFrom
    interval_minutes: int
    language: str | None
    active: bool
    last_read_at: datetime | None
    next_read_at: datetime | None
    failures: int
    error: str | None
    found: SourceTally
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedEntry:
    """An entry of a source, and what became of it; without a document where it has no claim."""

    url: str | None
    state: Literal["checked", "failed"]
    claims: int
    flagged: int
    document_id: str | None
    error: str | None
    seen_at: datetime
