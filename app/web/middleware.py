"""Around every request: an id, one line in the log, a bound on its size and on how many are under way."""

import json
import logging
import re
import time
from datetime import UTC, datetime
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.problems import OVERLOADED, TOO_LARGE, problem_of, respond

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
_AT_ONCE = 30
"""Below the 40 threads that routes share, so that what is admitted never waits for a thread."""
_MOST_BYTES = 8 * 1024 * 1024
"""Room for a batch of a hundred texts of 5,000 characters, escaped."""
_UNBOUNDED = ("/livez", "/readyz")

logger = logging.getLogger("refrain.request")


class RequestContext:
    """Gives each request an id (the client's own where it sent a sane one), and logs its outcome, never its text."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope).get("x-request-id", "")
        request_id = sent if _REQUEST_ID.fullmatch(sent) else uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        began = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:
            logger.exception("unexpected error in request %s", request_id)
            if status:
                raise
            await respond(problem_of(error), request_id)(scope, receive, send_with_id)
        finally:
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "request_id": request_id,
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "key": scope["state"].get("key_hint"),
            }
            logger.info("%s", json.dumps(line))


class Admission:
    """Answers 503 with `Retry-After` to requests above the bound, but for those that ask how we are."""

    def __init__(self, app: ASGIApp, at_once: int = _AT_ONCE):
        self.app = app
        self.free = at_once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _UNBOUNDED:
            await self.app(scope, receive, send)
        elif self.free > 0:
            self.free -= 1
            try:
                await self.app(scope, receive, send)
            finally:
                self.free += 1
        else:
            problem = OVERLOADED.saying("too many requests are under way: try again in a second")
            request_id = scope["state"]["request_id"]
            await respond(problem, request_id, {"Retry-After": "1"})(scope, receive, send)


class BodyLimit:
    """Answers 413 to a body over the limit, as soon as that is known."""

    def __init__(self, app: ASGIApp, most_bytes: int = _MOST_BYTES):
        self.app = app
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = Headers(scope=scope).get("content-length", "0") if scope["type"] == "http" else "0"
        if length.isascii() and length.isdigit() and int(length[:20]) > self.most_bytes:
            problem = problem_of(self._too_large())
            await respond(problem, scope["state"]["request_id"], {"Connection": "close"})(scope, receive, send)
            return
        received = 0

        async def receive_some() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.most_bytes:
                raise self._too_large()
            return message

        await self.app(scope, receive_some, send)

    def _too_large(self) -> HTTPException:
        return HTTPException(TOO_LARGE.status, f"the body is over {self.most_bytes:,} bytes: send it in parts")
