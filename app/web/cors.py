"""CORS: browsers may call the API from the origins that the settings name, and from no others."""

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from app.web import idempotency, rate_limits

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_SENT = ("Authorization", "Content-Type", "If-Match", idempotency.HEADER, "X-Request-Id")
_READ = (
    "X-Request-Id", "ETag", "Location", "Content-Language", "Retry-After", rate_limits.POLICY, rate_limits.STANDING,
    idempotency.REPLAYED,
)  # fmt: skip
_ASKED_AGAIN_AFTER_S = 600


class AllowedOrigins(CORSMiddleware):
    """CORS without cookies: a page sends its key itself."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]):
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_SENT,
            expose_headers=_READ,
            max_age=_ASKED_AGAIN_AFTER_S,
        )
