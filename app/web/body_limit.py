"""Body limits: bodies are read whole before a request is admitted, so that a slow client holds nothing but its
socket."""

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.schemas.problems import Problem
from app.web.problems import SLOW_BODY, TOO_LARGE, respond

MOST_BYTES = 8 * 1024 * 1024
"""Room for a batch of a hundred texts of 5,000 characters, escaped."""
_IN_MEMORY = 1024 * 1024
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class BodyBounds:
    """Limits of a request body: bytes, and seconds until it must have arrived."""

    most_bytes: int
    within_s: float


class _TooLarge(Exception):
    pass


class _Disconnected(Exception):
    """The client hung up."""


class BodyLimit:
    """Answers 413 to a body over its bound as soon as that is known, and 408 to one that does not arrive in time.

    Paths in `uploads` have bounds of their own. What is over a mebibyte waits on disk.
    """

    def __init__(self, app: ASGIApp, bounds: BodyBounds, uploads: Mapping[str, BodyBounds] | None = None):
        self.app = app
        self.bounds = bounds
        self.uploads = uploads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if "content-length" not in headers and "transfer-encoding" not in headers:
            await self.app(scope, receive, send)
            return
        bounds = self.uploads.get(scope["path"], self.bounds)
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            try:
                if _content_length(headers) > bounds.most_bytes:
                    raise _TooLarge
                async with asyncio.timeout(bounds.within_s):
                    scope["state"]["body_hash"] = await _read(receive, body, bounds.most_bytes)
            except _TooLarge:
                problem = TOO_LARGE.saying(f"the body is over {bounds.most_bytes:,} bytes: send it in parts")
                await _refuse(problem, scope, receive, send)
            except TimeoutError:
                problem = SLOW_BODY.saying(f"the body did not arrive within {bounds.within_s:g} seconds: send it again")
                await _refuse(problem, scope, receive, send)
            except _Disconnected:
                return
            else:
                body.seek(0)
                await self.app(scope, _replaying(body, receive), send)


async def _read(receive: Receive, into: "tempfile.SpooledTemporaryFile[bytes]", most_bytes: int) -> str:
    """Reads a body to its end; its SHA-256, by which a retry is recognised."""
    received, more, seen = 0, True, sha256()
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Disconnected
        chunk = message.get("body", b"")
        received += len(chunk)
        if received > most_bytes:
            raise _TooLarge
        into.write(chunk)
        seen.update(chunk)
        more = message.get("more_body", False)
    return seen.hexdigest()


def _replaying(body: "tempfile.SpooledTemporaryFile[bytes]", receive: Receive) -> Receive:
    """ASGI `receive` that replays the body, and then passes on later messages."""
    ended = False

    async def again() -> Message:
        nonlocal ended
        if ended:
            return await receive()
        chunk = body.read(_CHUNK)
        ended = len(chunk) < _CHUNK
        return {"type": "http.request", "body": chunk, "more_body": not ended}

    return again


def _content_length(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length[:20]) if length.isascii() and length.isdigit() else 0


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with a problem and closes the connection without reading the rest of the body."""
    await respond(problem, scope["state"]["request_id"], {"Connection": "close"})(scope, receive, send)
