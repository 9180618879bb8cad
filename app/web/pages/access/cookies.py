"""The cookie of a session."""

from typing import Final

from fastapi import Request
from starlette.responses import Response

_PLAIN: Final = "refrain_session"
_SECURE: Final = "__Host-refrain_session"
"""Browsers take a cookie of this name only over TLS, from this host, for all of it."""


def session_token(request: Request) -> str | None:
    """Session token from the request's cookie."""
    return request.cookies.get(_name(request)) or None


def keep_session(request: Request, answer: Response, token: str, seconds: int) -> None:
    """Sets the session cookie: out of reach of scripts, and of other sites' forms."""
    answer.set_cookie(
        _name(request), token, max_age=seconds, path="/", secure=is_secure(request), httponly=True, samesite="lax"
    )


def forget_session(request: Request, answer: Response) -> None:
    """Deletes the session cookie."""
    answer.delete_cookie(_name(request), path="/", secure=is_secure(request), httponly=True, samesite="lax")


def is_secure(request: Request) -> bool:
    """True if readers use TLS: by the settings, or by the request itself."""
    public: str = request.app.state.public_url
    return public.startswith("https://") if public else request.url.scheme == "https"


def _name(request: Request) -> str:
    return _SECURE if is_secure(request) else _PLAIN
