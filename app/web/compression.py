"""Compression of the API's answers, which are repetitive JSON: a tenth of their size.

Pages are left as they are: their forms hold secrets, and the length of a compressed page that also repeats what was
asked would give them away letter by letter (BREACH). The API takes no cookies.
"""

from typing import Final

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.authentication import is_api

_LEAST_BYTES: Final = 1_000
_LEVEL: Final = 3
"""Of 9. Higher ones save a twentieth more and take twice the time."""


class Compression:
    """Middleware: compresses answers of the API with gzip for clients that accept it."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self.compressing = GZipMiddleware(app, minimum_size=_LEAST_BYTES, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        compressed = scope["type"] == "http" and is_api(scope["path"])
        await (self.compressing if compressed else self.app)(scope, receive, send)
