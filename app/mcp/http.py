"""Streamable HTTP: the ASGI application, which lets in nobody without a key."""

from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.mcp.server import key_of_request, mcp_server
from app.mcp.service import Service

PATH: Final = "/mcp"
_MOST_BYTES: Final = 2 * 1024 * 1024
"""Of a request: an article of the longest kind, with every character escaped."""


def http_app(service: Service, host: str) -> ASGIApp:
    """The application at `PATH` over a service, which it closes at its end.

    It keeps no sessions: each request is its own key's, and says all that it needs.

    On an address of this machine alone, `Host` and `Origin` must name it too, against DNS rebinding.
    """
    app = mcp_server(service, key_of_request).streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, max_request_body_size=_MOST_BYTES, host=host
    )
    return _RequireBearer(app, service)


class _RequireBearer:
    """Middleware: 401 for a request without a bearer token. The service judges the token itself."""

    def __init__(self, app: ASGIApp, service: Service):
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not Headers(scope=scope).get("authorization", "").lower().startswith("bearer "):
            refusal = PlainTextResponse(
                "Send a key of the service as the header Authorization: Bearer.\n",
                401,
                {"WWW-Authenticate": 'Bearer realm="refrain"'},
            )
            await refusal(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "lifespan":
                await self._service.aclose()
