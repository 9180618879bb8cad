"""Body limits: bodies are read whole before a request is admitted, so that a slow client holds nothing but its
socket."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.access.accounts import SignInRequired
from app.domain.access.keys import Organisation
from app.schemas.problems import Problem
from app.web.authentication import has_body, is_api
from app.web.problems import OVERLOADED, SLOW_BODY, TOO_LARGE, TOO_MANY_AT_ONCE, answer, problem_of

MOST_BYTES = 8 * 1024 * 1024
"""Room for a batch of a hundred texts of 5,000 characters, escaped."""
MOST_ANONYMOUS_BYTES = 64 * 1024
"""Bound for who is not signed in, and has nothing to send but a form to sign in with."""
_IN_MEMORY = 256 * 1024
_CHUNK = 256 * 1024
_UPLOADS_AT_ONCE = 4
_SIGN_IN = "/sign-in"


@dataclass(frozen=True, slots=True)
class BodyBounds:
    """Limits of a request body: bytes, and seconds until it must have arrived."""

    most_bytes: int
    within_s: float


class _TooLarge(Exception):
    pass


class _NoRoom(Exception):
    """All bodies in hand together, or those of one organisation, are as large as they may be."""


class _TooManyUploads(Exception):
    pass


class _Disconnected(Exception):
    """The client hung up."""


@dataclass(slots=True)
class _Held:
    """Bytes of the bodies in hand, in all and an organisation, and uploads under way."""

    most_bytes: int
    most_of_one: int
    total: int = 0
    bytes_of: Counter[int] = field(default_factory=Counter)
    uploads_of: Counter[int] = field(default_factory=Counter)

    @contextmanager
    def body(self, organisation: Organisation | None, *, upload: bool) -> Iterator["_HeldBody"]:
        """Counts a body until it was answered. Raises `_TooManyUploads`."""
        owner = organisation.key if organisation else 0
        if upload and self.uploads_of[owner] >= _UPLOADS_AT_ONCE:
            raise _TooManyUploads
        self.uploads_of[owner] += upload
        held = _HeldBody(self, owner)
        try:
            yield held
        finally:
            self.uploads_of[owner] -= upload
            self.total -= held.size
            self.bytes_of[owner] -= held.size
            for counter in (self.uploads_of, self.bytes_of):
                if not counter[owner]:
                    del counter[owner]


@dataclass(slots=True)
class _HeldBody:
    all: _Held
    owner: int
    size: int = 0

    def has_room(self, more: int) -> bool:
        fits = self.all.total + more <= self.all.most_bytes
        return fits and self.all.bytes_of[self.owner] + more <= self.all.most_of_one

    def grow(self, more: int) -> None:
        """Raises `_NoRoom`."""
        if not self.has_room(more):
            raise _NoRoom
        self.size += more
        self.all.total += more
        self.all.bytes_of[self.owner] += more


class BodyLimit:
    """Middleware: answers 413 to a body over its bound as soon as that is known, and 408 to one that does not arrive in
    time.

    Paths in `uploads` have bounds of their own, anonymous callers small ones. What is over a quarter of a mebibyte
    waits on disk. All bodies in hand have `most_held` bytes at most, and those of one organisation half of them.
    """

    def __init__(
        self,
        app: ASGIApp,
        bounds: BodyBounds,
        uploads: Mapping[str, BodyBounds] | None = None,
        most_held: int = 64 * MOST_BYTES,
    ):
        self.app = app
        self.bounds = bounds
        self.uploads = uploads or {}
        self.anonymous = BodyBounds(MOST_ANONYMOUS_BYTES, bounds.within_s)
        largest = max(bound.most_bytes for bound in (bounds, *self.uploads.values()))
        self.held = _Held(max(most_held, largest), max(most_held // 2, largest))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not has_body(scope):
            await self.app(scope, receive, send)
            return
        organisation: Organisation | None = scope["state"].get("organisation")
        upload = self.uploads.get(scope["path"])
        bounds = (upload or self.bounds) if organisation else self.anonymous
        try:
            with (
                tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body,
                self.held.body(organisation, upload=upload is not None) as held,
            ):
                await self._read(scope, receive, body, held, bounds)
                body.seek(0)
                await self.app(scope, _replaying(body, receive), send)
        except _TooLarge:
            if organisation is None and not is_api(scope["path"]) and scope["path"] != _SIGN_IN:
                error = SignInRequired("sign in to send this")
                await answer(problem_of(error), scope, receive, send, _CLOSING, error)
            else:
                problem = TOO_LARGE.problem(f"the body is over {bounds.most_bytes:,} bytes: send it in parts")
                await _refuse(problem, scope, receive, send)
        except _TooManyUploads:
            sentence = f"your organisation has {_UPLOADS_AT_ONCE} uploads under way: wait until one is here"
            problem = TOO_MANY_AT_ONCE.problem(sentence)
            await _refuse(problem, scope, receive, send, 10)
        except _NoRoom:
            problem = OVERLOADED.problem("the bodies under way leave no room for this one: try again in some seconds")
            await _refuse(problem, scope, receive, send, 5)
        except _Late:
            problem = SLOW_BODY.problem(f"the body did not arrive within {bounds.within_s:g} seconds: send it again")
            await _refuse(problem, scope, receive, send)
        except _Disconnected:
            return

    async def _read(
        self,
        scope: Scope,
        receive: Receive,
        into: "tempfile.SpooledTemporaryFile[bytes]",
        held: _HeldBody,
        bounds: BodyBounds,
    ) -> None:
        """Reads a body to its end; leaves its SHA-256, by which a retry is recognised, in the state of the request."""
        length = _content_length(Headers(scope=scope))
        if length > bounds.most_bytes:
            raise _TooLarge
        if not held.has_room(length):
            raise _NoRoom
        more, seen = True, sha256()
        try:
            async with asyncio.timeout(bounds.within_s):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _Disconnected
                    chunk = message.get("body", b"")
                    if held.size + len(chunk) > bounds.most_bytes:
                        raise _TooLarge
                    held.grow(len(chunk))
                    into.write(chunk)
                    seen.update(chunk)
                    more = message.get("more_body", False)
        except TimeoutError as error:
            raise _Late from error
        except OSError as error:
            raise _NoRoom from error
        scope["state"]["body_hash"] = seen.hexdigest()


class _Late(Exception):
    """The body did not arrive in time."""


_CLOSING: Mapping[str, str] = {"Connection": "close"}


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


async def _refuse(
    problem: Problem, scope: Scope, receive: Receive, send: Send, retry_after_s: int | None = None
) -> None:
    """Answers with a problem and closes the connection without reading the rest of the body."""
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s else {}
    await answer(problem, scope, receive, send, {**_CLOSING, **headers})
