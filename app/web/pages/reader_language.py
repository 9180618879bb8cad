"""The language of the pages: as their reader chose it for the account or the browser, else as the browser asks."""

from typing import Final

from fastapi import Request
from starlette.responses import Response

from app.web.accept_language import accepted_languages
from app.web.pages.access.cookies import is_secure

COOKIE: Final = "refrain_language"
_KEPT_S: Final = 365 * 24 * 3600
_LONGEST: Final = 35


def reader_languages(request: Request) -> tuple[str, ...]:
    """Tags of the languages that a reader wants, the best first: of the account, of the cookie, of the browser."""
    signed_in = getattr(request.state, "signed_in", None)
    chosen = [signed_in.account.language if signed_in else None, request.cookies.get(COOKIE, "")[:_LONGEST]]
    return (*filter(None, chosen), *accepted_languages(request.headers.get("accept-language", "")))


def keep_language(request: Request, answer: Response, language: str | None) -> None:
    """Keeps a language in the browser, for who is not signed in; None: as the browser asks."""
    if language is None:
        answer.delete_cookie(COOKIE, path="/", secure=is_secure(request), httponly=True, samesite="lax")
        return
    answer.set_cookie(
        COOKIE, language, max_age=_KEPT_S, path="/", secure=is_secure(request), httponly=True, samesite="lax"
    )
