"""Reading of a feed by its token: the newest flags of its organisation or of a saved view, or what is new under its
narrative."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.access.rate_limits import Quota
from app.domain.core.errors import NotFound, RateLimitExceeded
from app.domain.desk.flags import Flag
from app.domain.feeds.feeds import Feed, is_feed_token
from app.domain.statements.statements import Statement
from app.services.access.ports import Limits
from app.services.desk.ports import FlagFilter
from app.services.exports.export_records import Export, Record, missing_narratives, own_parts
from app.services.ports import Clock, Store, Transaction
from app.services.statements.ports import StatementFilter

ENTRIES: Final = 50
READS_PER_HOUR: Final = 120
"""Of one feed: readers ask every few minutes at most."""


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """Reads a feed for whoever has its token; no key and no session is asked for, and none helps."""

    store: Store
    clock: Clock
    limits: Limits
    read_query: Callable[[str, str], FlagFilter]
    """The filter of a view's query, for the account or the key with an id."""

    def authenticate(self, feed_id: str, token: str) -> Feed:
        """Feed of this id and token. Raises `NotFound` for any other, and `RateLimitExceeded`."""
        with self.store.reading() as tx:
            found = tx.feeds.by_id(feed_id)
        if found is None or not is_feed_token(token, found[1]):
            raise NotFound("there is no such feed, or it was revoked: ask whoever gave you the address")
        quota = Quota("feed", f"feed:{feed_id}", READS_PER_HOUR)
        charged = self.limits.take((quota,), 1, self.clock())
        if not charged.granted:
            raise RateLimitExceeded(1, charged.standings)
        return found[0]

    def __call__(self, feed: Feed) -> Export:
        """The newest entries of a feed, the newest first."""
        with self.store.reading() as tx:
            records = self._flags(tx, feed) if feed.narrative is None else _of_narrative(tx, feed)
        title = feed.narrative.title if feed.narrative else feed.view.name if feed.view else "New flags"
        return Export(
            "flags" if feed.narrative is None else "statements",
            f"feed-{feed.id}",
            title,
            f"feed {feed.id}",
            iter(records),
            organisation=feed.organisation.name,
            dated_by_record=True,
        )

    def _flags(self, tx: Transaction, feed: Feed) -> list[Record]:
        filters = self.read_query(feed.view.query, feed.view.by_id) if feed.view else FlagFilter()
        return [flag for _, flag in tx.flags.find(feed.organisation, filters, "newest", None, ENTRIES)]


def _of_narrative(tx: Transaction, feed: Feed) -> list[Record]:
    """Statements of the narrative and of those below it, and flags with precedents in it, after their narratives."""
    ref, viewer = feed.narrative, feed.organisation
    if ref is None:
        return []
    written: set[int] = set()
    below = tuple(tx.members.below(ref.key))
    statements = tx.statements.find(StatementFilter(within=below), None, ENTRIES, viewer)
    keys = [one.key for statement in statements for one in statement.narratives]
    narratives = missing_narratives(tx, keys, written, viewer)
    flags = [flag for _, flag in tx.flags.find(viewer, FlagFilter(narrative=ref.id), "newest", None, ENTRIES)]
    entries: list[Statement | Flag] = [*(own_parts(statement, written) for statement in statements), *flags]
    return [*narratives, *sorted(entries, key=_recorded_at, reverse=True)[:ENTRIES]]


def _recorded_at(entry: Statement | Flag) -> datetime:
    return entry.check.created_at if isinstance(entry, Flag) else entry.created_at
