"""Watched sources: feeds that the service reads on a schedule."""

from collections.abc import Iterator
from typing import Unpack

from refrain_client._sync.transport import Transport
from refrain_client.bodies import WatchedSourceChanges, WatchedSourceFields
from refrain_client.decoding import decode
from refrain_client.source_answers import WatchedEntry, WatchedSource


class WatchedSources:
    """The feeds that your organisation watches."""

    def __init__(self, to: Transport):
        self._to = to

    def add(
        self, url: str, *, idempotency_key: str | None = None, **fields: Unpack[WatchedSourceFields]
    ) -> WatchedSource:
        """Has a feed read from now on."""
        body = {"url": url, **fields}
        answer = self._to.ask("POST", ("watched-sources",), body=body, idempotency_key=idempotency_key)
        return decode(WatchedSource, answer)

    def get(self, source_id: str) -> WatchedSource:
        """One source: when it was read, what was found, what failed."""
        return decode(WatchedSource, self._to.ask("GET", ("watched-sources", source_id)))

    def list(self) -> Iterator[WatchedSource]:
        """Watched sources, the newest first."""
        return self._to.pages(("watched-sources",), WatchedSource)

    def entries(self, source_id: str) -> Iterator[WatchedEntry]:
        """The entries that were met in a source, the newest first."""
        return self._to.pages(("watched-sources", source_id, "entries"), WatchedEntry)

    def change(self, source_id: str, **changes: Unpack[WatchedSourceChanges]) -> WatchedSource:
        """Changes what is named; `active` stops readings, or begins them anew."""
        return decode(WatchedSource, self._to.ask("PATCH", ("watched-sources", source_id), body=changes))

    def read(self, source_id: str) -> WatchedSource:
        """Has a source read as soon as a worker is free."""
        return decode(WatchedSource, self._to.ask("POST", ("watched-sources", source_id, "read")))

    def remove(self, source_id: str) -> None:
        """Stops watching a source. What was found stays."""
        self._to.ask("DELETE", ("watched-sources", source_id))
