"""Origin of a request for the audit log: nobody until authentication says who acts."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.audit.entries import ActorKind
from app.services.audit.origin import Origin, acting


class RequestOrigin:
    """Middleware: gives each request an `Origin` with its request id, which authentication fills in."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = scope.get("state", {}).get("request_id")
        with acting(Origin(ActorKind.NOBODY, request_id=request_id)):
            await self.app(scope, receive, send)
