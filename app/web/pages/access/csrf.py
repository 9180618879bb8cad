"""CSRF protection of the pages: a change has to come from a page of ours, by its origin and by the session's token."""

import hmac
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData

from app.domain.access.accounts import CsrfMismatch
from app.web.pages.access.cookies import session_token

CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "X-CSRF-Token"
SAFE_METHODS: Final = ("GET", "HEAD")


async def require_csrf_token(request: Request) -> None:
    """Verifies that a change was requested by a page of ours: by its origin, and by the session's CSRF token.

    Browsers send `Sec-Fetch-Site` and `Origin` with every POST; whatever sends neither is none that has our cookies.
    Without a session (signing in) the origin is all there is to go by. Raises `CsrfMismatch`.
    """
    if request.method in SAFE_METHODS:
        return
    public: str = request.app.state.public_url
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if (site or "same-origin") != "same-origin" or not (site or origin):
        raise CsrfMismatch("the request does not come from a page of this service")
    if origin and _place(origin) not in (request.headers.get("host"), urlsplit(public).netloc or None):
        raise CsrfMismatch("the request comes from another place than this service")
    token = session_token(request)
    if token is None:
        return
    sent: Any = request.headers.get(CSRF_HEADER)
    if sent is None:
        form: FormData = await request.form()
        sent = form.get(CSRF_FIELD)
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode("utf-8", "replace"), csrf_of(token).encode()):
        raise CsrfMismatch("the form is of another session")


def _place(origin: str) -> str:
    """Host and port of an origin; empty for what is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def csrf_of(token: str) -> str:
    """CSRF token of a session's forms: derived from the session token, which it does not reveal."""
    return sha256(b"refrain csrf\x00" + token.encode("utf-8", "surrogatepass")).hexdigest()
