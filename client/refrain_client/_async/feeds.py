"""Feeds: addresses for feed readers."""

from collections.abc import AsyncIterator

from refrain_client._async.transport import AsyncTransport
from refrain_client.decoding import decode
from refrain_client.service_answers import Feed, NewFeed


class AsyncFeeds:
    """Your organisation's feeds."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def create(self, name: str, *, narrative: str | None = None, view: str | None = None) -> NewFeed:
        """Makes a feed of new flags, of a narrative, or of a shared view. Keep its addresses: they are not shown
        again."""
        body = {"name": name, "narrative": narrative, **({"view": view} if view is not None else {})}
        return decode(NewFeed, await self._to.ask("POST", ("feeds",), body=body))

    def list(self) -> AsyncIterator[Feed]:
        """Feeds, the newest first."""
        return self._to.pages(("feeds",), Feed)

    async def revoke(self, feed_id: str) -> None:
        """Ends a feed: its addresses answer nothing from now on."""
        await self._to.ask("DELETE", ("feeds", feed_id))
