"""The HTTP server's stop: it goes on answering for a while, so that proxies can turn to another process."""

import signal
import time
from collections.abc import Callable
from types import FrameType

import uvicorn

from app.cli.balanced_listener import ConnectionCounts
from app.cli.server import LoggedServer

_CLOSE = (b"connection", b"close")


class DrainingServer(LoggedServer):
    """Server that after SIGTERM answers for `drain_s` seconds more, and closes each connection after its answer.

    Then it closes its sockets and waits for the requests in hand. `begin_drain` is called when that begins, or when the
    server was told to stop before it had started.
    Ctrl+C, or a second signal, ends the waiting.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        drain_s: float,
        begin_drain: Callable[[], None],
        at_end: Callable[[], None],
        shared: tuple[ConnectionCounts, int] | None = None,
    ):
        super().__init__(config, at_end, shared)
        self._drain_s = drain_s
        self._begin_drain = begin_drain
        self._stop_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.started:
            self._begin_drain()
        if sig != signal.SIGTERM or self._stop_at is not None or not self.started:
            super().handle_exit(sig, frame)
            return
        self._captured_signals.append(sig)
        self._stop_at = time.monotonic() + self._drain_s
        self._begin_drain()
        self.config.encoded_headers.append(_CLOSE)
        self.server_state.default_headers = [*self.server_state.default_headers, _CLOSE]

    async def on_tick(self, counter: int) -> bool:
        if self._stop_at is not None and time.monotonic() >= self._stop_at:
            self.should_exit = True
        return await super().on_tick(counter)
