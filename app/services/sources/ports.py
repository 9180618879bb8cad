"""Ports of watched sources: what is kept of them, fetching, and reading feeds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.sources.watched_sources import Feed, Tally, WatchedEntry, WatchedSource
from app.services.jobs.ports import TaskSignal


class WatchedSources(Protocol):
    """Watched sources and their entries; an organisation sees its own only."""

    def add(self, source: WatchedSource) -> WatchedSource: ...
    def by_id(self, organisation: Organisation, source_id: str) -> WatchedSource | None: ...
    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[WatchedSource]:
        """The newest first."""

    def count(self, organisation: Organisation) -> int: ...
    def change(self, source: WatchedSource) -> None: ...
    def remove(self, source: WatchedSource) -> None:
        """Forgets it and its entries; documents that were found stay."""

    def claim(self, source_id: str, now: datetime, until: datetime) -> WatchedSource | None:
        """Holds a source that is due until then; None where somebody else does, or it is not due."""

    def extend_lease(self, source: WatchedSource, until: datetime) -> None: ...
    def release(self, source: WatchedSource) -> None:
        """Writes down how the reading ended, and lets go of the source."""

    def due(self, now: datetime) -> list[TaskSignal]:
        """Sources to be read that nobody holds."""

    def entries(self, source: WatchedSource, before: int | None, limit: int) -> list[WatchedEntry]:
        """The newest first."""

    def tallies(self, sources: Collection[WatchedSource]) -> Mapping[int, Tally]:
        """Counts by the key of a source."""

    def note_listed(self, source: WatchedSource, hashes: Collection[str], now: datetime) -> Mapping[str, WatchedEntry]:
        """Known entries among those of these hashes, which are noted as listed now."""

    def put_entry(self, source: WatchedSource, entry_hash: str, entry: WatchedEntry) -> None:
        """Stores an entry, or what became of it at another try."""

    def forget_unlisted(self, source: WatchedSource, before: datetime) -> None:
        """Deletes entries that were last listed before then."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Response to a fetch; `content` is empty where it is not modified."""

    content: bytes
    media_type: str
    charset: str | None
    url: str
    """The address after redirects."""
    modified: bool = True
    etag: str | None = None
    last_modified: str | None = None
    fresh_for_s: float = 0
    """Seconds for which the publisher says that nothing new comes."""


class FetchFailed(Exception):
    """A fetch failed, or is not allowed; the message is written for the owner of the source."""

    def __init__(self, message: str, retry_after_s: float = 0, status: int | None = None):
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.status = status

    @property
    def gone(self) -> bool:
        """True where nobody is to ask again."""
        return self.status == 410


class Fetch(Protocol):
    """Fetches an address of the public web, politely and within limits. Raises `FetchFailed`."""

    def __call__(
        self, url: str, most_bytes: int, accept: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched: ...


class ReadFeed(Protocol):
    """Reads a feed, at most `most` entries of it. Raises `ValueError` for what is none, with a message."""

    def __call__(self, content: bytes, media_type: str, url: str, most: int) -> Feed: ...
