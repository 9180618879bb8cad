"""A kept HTTP/1.1 connection that costs the processor little, for the load shares the processors with what it measures.

A tenth of what httpx takes for a request: `httptools`, which reads requests in uvicorn, reads answers here.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import httptools

TIMEOUT_S = 120.0


@dataclass
class Answer:
    """An answer as it came, compressed or not."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class _Reader(asyncio.Protocol):
    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.waiting: asyncio.Future[Answer] | None = None
        self.lost = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own is of no such class

    def data_received(self, data: bytes) -> None:
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._failed(error)

    def connection_lost(self, error: Exception | None) -> None:
        self.lost.set()
        self._failed(error or ConnectionError("the connection was closed"))

    def _failed(self, error: Exception) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(error)

    def expect(self) -> "asyncio.Future[Answer]":
        self.parser = httptools.HttpResponseParser(self)
        self.answer, self.parts = Answer(), list[bytes]()
        self.waiting = asyncio.get_running_loop().create_future()
        return self.waiting

    def on_header(self, name: bytes, value: bytes) -> None:
        self.answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self.parts.append(body)

    def on_message_complete(self) -> None:
        self.answer.status = self.parser.get_status_code()
        self.answer.body = b"".join(self.parts)
        if self.waiting and not self.waiting.done():
            self.waiting.set_result(self.answer)


class Connections:
    """Kept connections to one port of this machine: as many as there are requests at once."""

    def __init__(self, port: int):
        self.port = port
        self._free: list[_Reader] = []
        self._open: list[_Reader] = []

    async def ask(self, request: bytes) -> Answer:
        """Sends a whole request and waits for its answer. Raises `OSError`, `TimeoutError`."""
        reader = self._free.pop() if self._free else None
        if reader is None or reader.transport is None or reader.transport.is_closing():
            loop = asyncio.get_running_loop()
            _, reader = await loop.create_connection(_Reader, "127.0.0.1", self.port)
            self._open.append(reader)
        assert reader.transport
        waiting = reader.expect()
        reader.transport.write(request)
        async with asyncio.timeout(TIMEOUT_S):
            answer = await waiting
        self._free.append(reader)
        return answer

    async def close(self) -> None:
        for reader in self._open:
            if reader.transport:
                reader.transport.close()
                await reader.lost.wait()


def written(method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """A request in the bytes of HTTP/1.1, which takes compressed answers."""
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
