"""Middleware: what a request does waits for the database for under a second; jobs and commands wait for longer."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.services.lock_timeout import as_request


class RequestLockTimeout:
    """Puts the context of each HTTP request, and of the threads that it uses, under `as_request`."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with as_request():
            await self.app(scope, receive, send)
