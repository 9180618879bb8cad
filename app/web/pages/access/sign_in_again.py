"""Signing in over a page whose session has ended, so that nothing on the page is lost. The answers are JSON, for the
script of the desk (`static/sending.js`)."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from app.domain.access.accounts import Account, SignInRefused, TooManyAttempts
from app.domain.access.second_factor import CODE_WITHIN, CodeRefused
from app.services.access.sign_in import PendingSignIn, SignInResult
from app.web.deps import TheServices
from app.web.pages.access import cookies, sign_in
from app.web.pages.access.csrf import csrf_of
from app.web.pages.access.session import pages
from app.web.pages.rendering import messages_of

router = pages()
_UNKNOWN = 401
_TOO_MANY = 429


@router.get("/sign-in/again")
def signed_in_account(request: Request, services: TheServices) -> Response:
    """The account that is signed in at this browser by now, in another window perhaps; 401 if none is."""
    token = cookies.session_token(request)
    session = services.sign_in.session(token) if token else None
    if token is None or session is None:
        return _answer({}, _UNKNOWN)
    return _answer(_signed_in(session.account, token))


@router.post("/sign-in/again")
def sign_in_again(
    request: Request, services: TheServices, login: sign_in.Typed = "", password: sign_in.Typed = ""
) -> Response:
    """A new session for a login and its password, or the question for the code of the second factor."""
    address = request.client.host if request.client else ""
    try:
        opened = services.sign_in(
            login,
            password,
            address=address,
            agent=request.headers.get("user-agent", ""),
            browser=request.cookies.get(sign_in.BROWSER),
        )
    except SignInRefused:
        return _refused(request, "sign-in-refused", _UNKNOWN)
    except TooManyAttempts as error:
        return _refused(request, "sign-in-wait", _TOO_MANY, seconds=error.retry_after_s)
    if isinstance(opened, PendingSignIn):
        answer = _answer({"code": True})
        sign_in.keep_pending(request, answer, opened.token, int(CODE_WITHIN.total_seconds()))
        return answer
    return _opened(request, opened)


@router.post("/sign-in/again/code")
def complete(request: Request, services: TheServices, code: Annotated[str, Form(max_length=1_000)] = "") -> Response:
    """Completes the sign-in by a code of the second factor."""
    try:
        opened = services.sign_in.complete(
            request.cookies.get(sign_in.PENDING, ""),
            code,
            agent=request.headers.get("user-agent", ""),
            browser=request.cookies.get(sign_in.BROWSER),
        )
    except CodeRefused:
        return _refused(request, "sign-in-code-refused", _UNKNOWN)
    except TooManyAttempts as error:
        return _refused(request, "sign-in-code-wait", _TOO_MANY, seconds=error.retry_after_s)
    answer = _opened(request, opened)
    sign_in.keep_pending(request, answer, "", 0)
    return answer


def _opened(request: Request, opened: SignInResult) -> Response:
    answer = _answer(_signed_in(opened.session.account, opened.token))
    sign_in.keep_session(request, answer, opened)
    return answer


def _signed_in(account: Account, token: str) -> dict[str, object]:
    return {"account": account.id, "name": account.name, "csrf": csrf_of(token)}


def _refused(request: Request, message: str, status: int, **values: int) -> Response:
    return _answer({"error": messages_of(request).format_message(message, **values)}, status)


def _answer(said: dict[str, object], status: int = 200) -> Response:
    return JSONResponse(said, status, {"Cache-Control": "no-store"})
