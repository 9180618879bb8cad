"""Server that logs where it listens, when it is asked to stop, and when it has stopped; it may share its sockets."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable

import uvicorn

from app.cli.balanced_listener import BalancedListener, ConnectionCounts

logger = logging.getLogger("refrain.service")


class LoggedServer(uvicorn.Server):
    """Uvicorn's server, with log lines for the port that it got and for its end."""

    def __init__(
        self, config: uvicorn.Config, at_stop: Callable[[], None], shared: tuple[ConnectionCounts, int] | None = None
    ):
        """`at_stop` is called in a thread when the last request has ended. `shared`: numbers of connections of the
        processes that listen at the same sockets, and the number of this one; None: it is alone."""
        super().__init__(config)
        self._at_stop = at_stop
        self._shared = shared

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=[] if self._shared else sockets)
        if self._shared:
            for listener in sockets or []:
                server = BalancedListener(listener, self._new_protocol, self.config.backlog, self._may_take)
                self.servers.append(server)  # type: ignore[arg-type]  # it has what is used of asyncio's
        for address in [one.getsockname() for server in self.servers for one in server.sockets]:
            logger.info("listening", extra={"host": address[0], "port": address[1]})

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        captured = self._captured_signals
        asked_by = signal.Signals(captured[-1]).name if captured else None
        logger.info("stop requested", extra={"signal": asked_by})
        if self._shared:
            counts, number = self._shared
            counts.write(number, None)
        await super().shutdown(sockets=sockets)
        await asyncio.to_thread(self._at_stop)
        logger.info("stopped")

    async def on_tick(self, counter: int) -> bool:
        self._may_take(0)
        return await super().on_tick(counter)

    def _may_take(self, opening: int) -> bool:
        """Notes how many connections there are; True where no process that listens too has fewer."""
        if self._shared is None:
            return True
        counts, number = self._shared
        counts.write(number, len(self.server_state.connections) + opening)
        return counts.is_fewest(number)

    def _new_protocol(self) -> asyncio.Protocol:
        return self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
