"""Feeds: addresses for feed readers."""

from collections.abc import Iterator

from refrain_client._sync.transport import Transport
from refrain_client.decoding import decode
from refrain_client.service_answers import Feed, NewFeed


class Feeds:
    """Your organisation's feeds."""

    def __init__(self, to: Transport):
        self._to = to

    def create(self, name: str, *, narrative: str | None = None, view: str | None = None) -> NewFeed:
        """Makes a feed of new flags, of a narrative, or of a shared view. Keep its addresses: they are not shown
        again."""
        body = {"name": name, "narrative": narrative, **({"view": view} if view is not None else {})}
        return decode(NewFeed, self._to.ask("POST", ("feeds",), body=body))

    def list(self) -> Iterator[Feed]:
        """Feeds, the newest first."""
        return self._to.pages(("feeds",), Feed)

    def revoke(self, feed_id: str) -> None:
        """Ends a feed: its addresses answer nothing from now on."""
        self._to.ask("DELETE", ("feeds", feed_id))
