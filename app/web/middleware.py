"""Middleware: request ids, access log, error handling, and a limit on concurrent requests."""

import asyncio
import logging
import re
import time
from collections.abc import Mapping
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.core.logged_errors import exc_info_of
from app.schemas.problems import Problem
from app.web.problems import OVERLOADED, TOO_SLOW, problem_of, respond

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
_AT_ONCE = 30
"""Below the 40 threads that routes share, so that what is admitted never waits for a thread."""
_UNBOUNDED = ("/livez", "/readyz", "/metrics")

logger = logging.getLogger("refrain.request")


class RequestContext:
    """Assigns each request an id (the client's own where it is valid), and logs its outcome, never its text.

    Headers that a route left in `request.state.headers` go with the answer, whatever it is.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope).get("x-request-id", "")
        request_id = sent if _REQUEST_ID.fullmatch(sent) else uuid4().hex
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        began = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.update(state.get("headers", {}))
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            line = {
                "request_id": request_id,
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "key": state.get("key_hint"),
            }
            logger.info("answered", extra=line)


class ServerErrors:
    """Turns unexpected exceptions into a problem without internal details."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answering = False

        async def send_on(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except Exception as error:
            number = scope.get("state", {}).get("request_id")
            logger.error("unexpected error in request %s", number, exc_info=exc_info_of(error))  # noqa: TRY400
            if answering or scope["type"] != "http":
                raise
            await _answer(problem_of(error), scope, receive, send)


class ConcurrencyLimit:
    """Answers 503 with `Retry-After` to requests above the limit, but for health checks.

    One that takes too long is answered the same; it keeps its place until it is done, for nobody can stop its thread.
    """

    def __init__(self, app: ASGIApp, timeout_s: float, at_once: int = _AT_ONCE):
        self.app = app
        self.timeout_s = timeout_s
        self.free = at_once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _UNBOUNDED:
            await self.app(scope, receive, send)
        elif self.free > 0:
            await self._admitted(scope, receive, send)
        else:
            problem = OVERLOADED.saying("too many requests are under way: try again in a second")
            await _answer(problem, scope, receive, send, {"Retry-After": "1"})

    async def _admitted(self, scope: Scope, receive: Receive, send: Send) -> None:
        answering = given_up = False

        async def send_on(message: Message) -> None:
            nonlocal answering
            if not given_up:
                answering = True
                await send(message)

        self.free -= 1
        work = asyncio.ensure_future(self.app(scope, receive, send_on))
        work.add_done_callback(self._release)
        done, _ = await asyncio.wait({work}, timeout=self.timeout_s)
        if not done and not answering:
            given_up = True
            work.add_done_callback(_note_failure)
            problem = TOO_SLOW.saying("no answer in time; it may still be done: send it again with its Idempotency-Key")
            await _answer(problem, scope, receive, send, {"Retry-After": "5"})
        else:
            await work

    def _release(self, _: object) -> None:
        self.free += 1


def _note_failure(work: asyncio.Future[None]) -> None:
    """Logs a request whose client has disconnected."""
    error = None if work.cancelled() else work.exception()
    if error:
        logger.error("a request failed after it was answered as too slow", exc_info=exc_info_of(error))


async def _answer(
    problem: Problem, scope: Scope, receive: Receive, send: Send, headers: Mapping[str, str] | None = None
) -> None:
    page = scope["app"].state.as_page(Request(scope), problem, None) if scope["type"] == "http" else None
    if page:
        page.headers.update(headers or {})
    await (page or respond(problem, scope.get("state", {}).get("request_id"), headers))(scope, receive, send)
