"""Watched sources: feeds that are read on a schedule, and what was found in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.domain.access.keys import Organisation

SHORTEST_INTERVAL: Final = timedelta(minutes=10)
LONGEST_INTERVAL: Final = timedelta(days=7)
USUAL_INTERVAL: Final = timedelta(minutes=30)
LONGEST_WAIT: Final = timedelta(days=1)
"""Bound on how long a publisher's caching, a `Retry-After` or failures may put off the next reading."""

MOST_TRIES: Final = 3
"""Times that an entry is tried whose page cannot be read."""


class ReadFrom(StrEnum):
    """Place where the text of an entry is read."""

    ENTRY = "entry"
    """The entry itself, as the feed has it."""
    PAGE = "page"
    """The page that the entry links to, which is fetched once."""


class EntryState(StrEnum):
    """State of an entry."""

    CHECKED = "checked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Entry of a feed. `published_at` is a day, such as 2021-05-24."""

    id: str
    url: str | None = None
    title: str | None = None
    text: str | None = None
    author: str | None = None
    published_at: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Feed as it was read: its entries in its own order, `left_out` of them beyond the bound."""

    entries: tuple[FeedEntry, ...]
    title: str | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """Watched source of an organisation. `error` is None where the last reading succeeded."""

    key: int
    id: str
    organisation: Organisation
    url: str
    name: str
    read_from: ReadFrom
    language: str | None
    interval: timedelta
    active: bool
    created_at: datetime
    updated_at: datetime
    next_read_at: datetime
    last_read_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    """Consecutive failed readings."""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class WatchedEntry:
    """Entry that was met in a source. `document_id` is None where it has no claim."""

    key: int
    url: str | None
    state: EntryState
    tries: int
    claims: int
    flagged: int
    document_id: str | None
    error: str | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a source: the entries that were met, their claims, and the flags raised."""

    entries: int = 0
    claims: int = 0
    flagged: int = 0
    failed: int = 0


def wait_after_failures(interval: timedelta, failures: int) -> timedelta:
    """Time to the next reading after `failures` consecutive ones: doubled with each, a day at most."""
    doubled: timedelta = interval * 2 ** min(failures, 12)
    return min(doubled, max(LONGEST_WAIT, interval))
