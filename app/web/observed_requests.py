"""Middleware: notifies observers of each request, and gives the log lines of its work the request's id, key and
organisation."""

import re
from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.services.observability.log_fields import log_fields
from app.services.observability.observers import UNROUTED, ObservedRequest, observers
from app.web.problems import ALL, MEDIA_TYPE

_SLUG: Final = re.compile(rb'"type":\s*"/problems/([a-z-]{1,50})"')
_SLUGS: Final = frozenset(kind.slug for kind in ALL)
_TRACE_HEADERS: Final = ("traceparent", "tracestate")
_API: Final = "/v1"


class ObservedRequests:
    """Tells the observers of each request: method, route, status and the slug of a problem; never a path or a text.

    It belongs right inside `RequestContext`, which gives the request its id.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope)
        state: dict[str, Any] = scope.setdefault("state", {})
        request = ObservedRequest(scope["method"], {name: sent[name] for name in _TRACE_HEADERS if name in sent})
        is_problem = False

        async def send_on(message: Message) -> None:
            nonlocal is_problem
            if message["type"] == "http.response.start":
                request.status = message["status"]
                is_problem = Headers(raw=message["headers"]).get("content-type", "").startswith(MEDIA_TYPE)
            elif is_problem:
                is_problem = False
                request.problem = _slug_of(message.get("body", b""))
            await send(message)

        with log_fields(lambda: _log_fields_of(state)), observers.request(request):
            try:
                await self.app(scope, receive, send_on)
            finally:
                request.route = _route_of(scope)


def _log_fields_of(state: Mapping[str, Any]) -> dict[str, object]:
    signed_in = state.get("signed_in")
    found = {
        "request_id": state.get("request_id"),
        "key": state.get("key_hint"),
        "organisation_id": signed_in.organisation.id if signed_in else state.get("organisation_id"),
    }
    return {name: value for name, value in found.items() if value}


def _slug_of(body: bytes) -> str:
    """Slug of a problem, which its body begins with."""
    found = _SLUG.search(body[:500])
    slug = found[1].decode() if found else ""
    return slug if slug in _SLUGS else "other"


def _route_of(scope: Scope) -> str:
    """Template of the path: of a mounted application its prefix."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return scope.get("root_path") or UNROUTED if "endpoint" in scope else UNROUTED
    # FastAPI leaves the prefix of an included router out of the route.
    is_api = scope["path"].startswith(f"{_API}/") and not path.startswith(f"{_API}/")
    return f"{_API}{path}" if is_api else str(path)
