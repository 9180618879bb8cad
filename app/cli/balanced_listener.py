"""Listening of processes that share a socket: a new connection goes to the process that has the fewest.

Left to themselves the one that wakes first takes all that wait. Connections are kept, so it would have all the work.
"""

import asyncio
import logging
import mmap
import socket
from collections.abc import Callable
from typing import Final

_LEAVE_S: Final = 0.01
"""Seconds in which a process with more connections than another leaves a new one to that; then it takes it itself."""
_AGAIN_AFTER_S: Final = 1.0
"""Seconds until a process without a free file descriptor looks for connections again."""
_TAKES_NONE: Final = 2**62
_BYTES: Final = 8

logger = logging.getLogger("refrain.connections")


class ConnectionCounts:
    """Numbers of open connections of processes 1 to `count`, in memory that they share. Made before they are forked."""

    def __init__(self, count: int):
        self._counts = memoryview(mmap.mmap(-1, _BYTES * count)).cast("q")
        for number in range(1, count + 1):
            self.write(number, None)

    def write(self, number: int, connections: int | None) -> None:
        """Replaces the number of a process; None for one that takes no connections."""
        self._counts[number - 1] = _TAKES_NONE if connections is None else connections

    def is_fewest(self, number: int) -> bool:
        """True where no process that takes connections has fewer than this one."""
        return self._counts[number - 1] <= min(self._counts)


class BalancedListener:
    """Listener at a socket that several processes share, with the interface of `asyncio.Server`."""

    def __init__(
        self,
        listener: socket.socket,
        new_protocol: Callable[[], asyncio.BaseProtocol],
        backlog: int,
        may_take: Callable[[int], bool],
    ):
        """`may_take`: told how many connections are being opened; False leaves the next to other processes at first."""
        self.sockets = (listener,)
        self._new_protocol = new_protocol
        self._may_take = may_take
        self._loop = asyncio.get_running_loop()
        self._opening: set[asyncio.Task[None]] = set()
        self._closed = False
        listener.setblocking(False)
        listener.listen(backlog)
        self._wait()

    def close(self) -> None:
        """Takes no more connections."""
        self._closed = True
        self._loop.remove_reader(self.sockets[0])

    async def wait_closed(self) -> None:
        """Returns when the connections that were taken are open."""
        await asyncio.gather(*self._opening)

    def _wait(self) -> None:
        if not self._closed:
            self._loop.add_reader(self.sockets[0], self._arrived)

    def _arrived(self) -> None:
        if self._may_take(len(self._opening)):
            self._take()
        else:
            self._pause(_LEAVE_S, self._take)

    def _pause(self, seconds: float, then: Callable[[], None]) -> None:
        def go_on() -> None:
            if not self._closed:
                self._wait()
                then()

        self._loop.remove_reader(self.sockets[0])
        self._loop.call_later(seconds, go_on)

    def _take(self) -> None:
        """Takes one connection, where no other process has."""
        try:
            connection, _ = self.sockets[0].accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return
        except OSError as error:
            logger.error("no connection can be taken: %s", error.strerror)  # noqa: TRY400 - a limit of the system
            self._pause(_AGAIN_AFTER_S, lambda: None)
            return
        opening = self._loop.create_task(self._open(connection))
        self._opening.add(opening)
        opening.add_done_callback(self._opening.discard)
        self._may_take(len(self._opening))

    async def _open(self, connection: socket.socket) -> None:
        try:
            connection.setblocking(False)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await self._loop.connect_accepted_socket(self._new_protocol, connection)
        except OSError:
            connection.close()
