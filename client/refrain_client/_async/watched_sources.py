"""Watched sources: feeds that the service reads on a schedule."""

from collections.abc import AsyncIterator
from typing import Unpack

from refrain_client._async.transport import AsyncTransport
from refrain_client.bodies import WatchedSourceChanges, WatchedSourceFields
from refrain_client.decoding import decode
from refrain_client.source_answers import WatchedEntry, WatchedSource


class AsyncWatchedSources:
    """The feeds that your organisation watches."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def add(
        self, url: str, *, idempotency_key: str | None = None, **fields: Unpack[WatchedSourceFields]
    ) -> WatchedSource:
        """Has a feed read from now on."""
        body = {"url": url, **fields}
        answer = await self._to.ask("POST", ("watched-sources",), body=body, idempotency_key=idempotency_key)
        return decode(WatchedSource, answer)

    async def get(self, source_id: str) -> WatchedSource:
        """One source: when it was read, what was found, what failed."""
        return decode(WatchedSource, await self._to.ask("GET", ("watched-sources", source_id)))

    def list(self) -> AsyncIterator[WatchedSource]:
        """Watched sources, the newest first."""
        return self._to.pages(("watched-sources",), WatchedSource)

    def entries(self, source_id: str) -> AsyncIterator[WatchedEntry]:
        """The entries that were met in a source, the newest first."""
        return self._to.pages(("watched-sources", source_id, "entries"), WatchedEntry)

    async def change(self, source_id: str, **changes: Unpack[WatchedSourceChanges]) -> WatchedSource:
        """Changes what is named; `active` stops readings, or begins them anew."""
        return decode(WatchedSource, await self._to.ask("PATCH", ("watched-sources", source_id), body=changes))

    async def read(self, source_id: str) -> WatchedSource:
        """Has a source read as soon as a worker is free."""
        return decode(WatchedSource, await self._to.ask("POST", ("watched-sources", source_id, "read")))

    async def remove(self, source_id: str) -> None:
        """Stops watching a source. What was found stays."""
        await self._to.ask("DELETE", ("watched-sources", source_id))
