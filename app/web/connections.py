"""Connections of a process: how many may be open, and how large the head of a request may be."""

import logging
import resource
import time
from asyncio import Transport
from typing import ClassVar, Final

from app.schemas.problems import Problem
from app.web.header_timeout import HeaderTimeoutProtocol
from app.web.problems import MEDIA_TYPE, OVERLOADED, TOO_LARGE_HEAD

_MOST_HEADERS: Final = 100
_MOST_HEAD_BYTES: Final = 32 * 1024
"""Bound on address and headers together."""
_MOST_UNREAD_BYTES: Final = 320 * 1024
"""Bound on what arrives of a head that does not end: asyncio hands over a quarter of a mebibyte at once."""
_MOST: Final = 2_000
_SAID_EVERY_S: Final = 60.0

logger = logging.getLogger("refrain.connections")


class BoundedProtocol(HeaderTimeoutProtocol):
    """Protocol: closes idle connections, the longest idle first, where there would be more than `most_connections`.

    Where none is idle the new one is answered 503. A head of more than 100 headers or 32 KiB is answered 431.
    """

    most_connections: ClassVar[int] = _MOST
    _said_at: ClassVar[float] = float("-inf")

    _idle_since: float = 0.0
    _in_head: bool = True
    _head_bytes: int = 0
    _unread_bytes: int = 0
    _refused: bool = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        self._idle_since = time.monotonic()
        full = len(self.connections) >= self.most_connections
        idle = self._longest_idle() if full else None
        super().connection_made(transport)
        if full:
            self._say_full()
        if idle:
            idle.transport.abort()
            self.connections.discard(idle)
        elif full:
            self._refuse(_full_refusal())

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        began_before = self._in_head
        super().data_received(data)
        if self._in_head and began_before:
            self._unread_bytes += len(data)
        if self._head_too_large():
            self._refuse(_head_refusal())

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_bytes, self._unread_bytes = True, 0, 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._head_bytes += len(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_bytes += len(name) + len(value)
        if not self._head_too_large():
            super().on_header(name, value)
        if len(self.headers) > _MOST_HEADERS:
            self._head_bytes += _MOST_HEAD_BYTES

    def on_headers_complete(self) -> None:
        self._in_head = False
        if not self._head_too_large():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self._head_too_large():
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._head_too_large():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        self._idle_since = time.monotonic()
        super().on_response_complete()

    def _head_too_large(self) -> bool:
        return self._head_bytes > _MOST_HEAD_BYTES or self._unread_bytes > _MOST_UNREAD_BYTES

    def _longest_idle(self) -> "BoundedProtocol | None":
        idle = [
            connection
            for connection in self.connections
            if isinstance(connection, BoundedProtocol)
            and (connection.cycle is None or connection.cycle.response_complete)
        ]
        # A head that is still arriving counts as idle too: who sends it slowly is no better than who sends nothing.
        return min(idle, key=lambda connection: connection._idle_since, default=None)

    def _refuse(self, answer: bytes) -> None:
        self._refused = True
        self._cancel_timer()
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(answer)
        self.transport.close()

    def _say_full(self) -> None:
        now = time.monotonic()
        if now - BoundedProtocol._said_at > _SAID_EVERY_S:
            BoundedProtocol._said_at = now
            logger.warning(
                "%s connections are open, as many as this process takes: idle ones are closed for new ones",
                self.most_connections,
            )


def bounded_protocol(most_connections: int) -> type[BoundedProtocol]:
    """Protocol class for a server that takes so many connections."""
    return type("BoundedProtocol", (BoundedProtocol,), {"most_connections": most_connections})


def connections_for(setting: int) -> int:
    """Raises the limit of file descriptors as far as this process may; how many connections it leaves room for.

    A connection has a descriptor for its socket and may need one for its body; a quarter is left for everything else.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError) as error:
        logger.warning("the limit of open files cannot be raised: %s", error)
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = _MOST if soft == resource.RLIM_INFINITY else max(16, soft * 3 // 8)
    return min(setting or _MOST, room)


def _full_refusal() -> bytes:
    problem = OVERLOADED.problem("this process has as many open connections as it may: try again in some seconds")
    return _written(problem, "Service Unavailable", b"retry-after: 5\r\n")


def _head_refusal() -> bytes:
    sizes = f"over {_MOST_HEAD_BYTES:,} bytes or {_MOST_HEADERS} lines"
    return _written(
        TOO_LARGE_HEAD.problem(f"address and headers have {sizes}: send less"), "Request Header Fields Too Large"
    )


def _written(problem: Problem, phrase: str, headers: bytes = b"") -> bytes:
    """The whole answer, for a connection that no request was read from."""
    body = problem.model_dump_json(exclude_none=True, by_alias=True).encode()
    head = f"HTTP/1.1 {problem.status} {phrase}\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\n"
    return head.encode() + headers + b"connection: close\r\n\r\n" + body
