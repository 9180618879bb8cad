"""Port of feeds: their store."""

from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.feeds.feeds import Feed, FeedView


class Feeds(Protocol):
    """Store of feeds; an organisation sees its own only."""

    def add(self, feed: Feed, token_hash: str) -> Feed: ...
    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[Feed]:
        """The newest first; `before` is the key of the last one seen."""

    def count(self, organisation: Organisation) -> int: ...
    def by_id(self, feed_id: str) -> tuple[Feed, str] | None:
        """A feed of any open organisation, with the hash of its token."""

    def shared_view(self, organisation: Organisation, view: str) -> FeedView | None:
        """The view of this id or name that the organisation shares; the id counts for more."""

    def remove(self, organisation: Organisation, feed_id: str) -> bool: ...
