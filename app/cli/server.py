"""Server that logs where it listens, when it is asked to stop, and when it has stopped."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable

import uvicorn

logger = logging.getLogger("refrain.service")


class LoggedServer(uvicorn.Server):
    """Uvicorn's server, with log lines for the port that it got and for its end."""

    def __init__(self, config: uvicorn.Config, at_stop: Callable[[], None]):
        """`at_stop` is called in a thread when the last request has ended."""
        super().__init__(config)
        self._at_stop = at_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        for address in [one.getsockname() for server in self.servers for one in server.sockets]:
            logger.info("listening", extra={"host": address[0], "port": address[1]})

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        captured = self._captured_signals
        asked_by = signal.Signals(captured[-1]).name if captured else None
        logger.info("stop requested", extra={"signal": asked_by})
        await super().shutdown(sockets=sockets)
        await asyncio.to_thread(self._at_stop)
        logger.info("stopped")
