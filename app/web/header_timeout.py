"""Timeout for clients that open a connection and do not send their request headers."""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_HEADERS_WITHIN_S = 20.0


class HeaderTimeoutProtocol(HttpToolsProtocol):
    """Ends a connection whose headers do not arrive in time: uvicorn waits for them for ever."""

    _due: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start_timer()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._start_timer()

    def on_headers_complete(self) -> None:
        self._cancel_timer()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_timer()
        super().connection_lost(exc)

    def _start_timer(self) -> None:
        self._cancel_timer()
        self._due = self.loop.call_later(_HEADERS_WITHIN_S, self.transport.close)

    def _cancel_timer(self) -> None:
        if self._due:
            self._due.cancel()
            self._due = None
