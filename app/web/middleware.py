"""Middleware: request ids, access log, error handling, and headers that every answer has."""

import logging
import re
import time
from typing import Final
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.core.logged_errors import exc_info_of
from app.web.problems import answer, problem_of

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
_SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Where a route sets one itself, that one counts."""

logger = logging.getLogger("refrain.request")


class RequestContext:
    """Assigns each request an id (the client's own where it is valid), and logs its outcome, never its text.

    Headers that a route left in `request.state.headers` go with the answer, whatever it is, and so do those that keep
    browsers from framing it, from guessing its type and from sending its address to other sites.
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
                for name, value in _SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
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
            await answer(problem_of(error), scope, receive, send)
