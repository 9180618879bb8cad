"""Feed management: making feeds, listing and revoking them."""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from app.domain.access.keys import Organisation, hash_of
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.feeds.feeds import Feed, feed_hint_of, new_feed_token
from app.services.ports import Clock, Store

MOST_FEEDS: Final = 100
"""Feeds that an organisation may have."""


@dataclass(frozen=True, slots=True)
class ManageFeeds:
    """An organisation's own feeds. Those of others are `NotFound`."""

    store: Store
    clock: Clock

    def create(
        self, organisation: Organisation, name: str, narrative: str | None = None, view: str | None = None
    ) -> tuple[str, Feed]:
        """Makes a feed of new flags, of a narrative by id, external id or title, or of a shared view by id or name;
        returns its token, which is not stored, and the feed.

        Raises `InvalidInput` for an unknown narrative or view and for both at once, and `Conflict` for one feed too
        many.
        """
        if narrative and view:
            raise InvalidInput.at("/view", "cannot go with a narrative: a feed is of one of them")
        token = new_feed_token()
        with self.store.writing() as tx:
            ref = tx.narratives.resolve(narrative, organisation) if narrative else None
            if narrative and ref is None:
                raise InvalidInput.at("/narrative", "names no narrative: send its id, external id or title")
            followed = tx.feeds.shared_view(organisation, view) if view else None
            if view and followed is None:
                raise InvalidInput.at("/view", "names no view that your organisation shares: send its id or name")
            if tx.feeds.count(organisation) >= MOST_FEEDS:
                raise Conflict(f"your organisation has {MOST_FEEDS} feeds: revoke one that nobody reads")
            feed = Feed(0, str(uuid4()), organisation, name, ref, feed_hint_of(token), self.clock(), followed)
            added = tx.feeds.add(feed, hash_of(token))
            tx.audit.add("feed.created", "feed", added.id, organisation_id=organisation.id)
        return token, added

    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[Feed]:
        """The newest first; `before` is the key of the last one seen."""
        with self.store.reading() as tx:
            return tx.feeds.find(organisation, before, limit)

    def revoke(self, organisation: Organisation, feed_id: str) -> None:
        """Ends a feed: its address answers 404 at once. Raises `NotFound`."""
        with self.store.writing() as tx:
            if not tx.feeds.remove(organisation, feed_id):
                raise NotFound("your organisation has no feed with this id")
            tx.audit.add("feed.revoked", "feed", feed_id, organisation_id=organisation.id)
