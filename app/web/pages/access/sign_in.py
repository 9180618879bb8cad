"""Signing in and out."""

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.accounts import SignInRefused, TooManyAttempts
from app.domain.access.second_factor import CODE_WITHIN, CodeRefused
from app.services.access.sign_in import FORGOTTEN_AFTER, LASTS, PendingSignIn, SignInResult
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access import cookies
from app.web.pages.access.session import AReader, pages
from app.web.pages.rendering import render

router = pages()
PENDING: Final = "refrain_code"
"""Cookie of a sign-in that waits for its code."""

BROWSER: Final = "refrain_browser"
"""Cookie that identifies a browser after signing out, so that it is not slowed down by others' wrong passwords."""

START: Final = "/overview"
"""Page after signing in, where none was asked for."""

Typed = Annotated[str, Form(max_length=1_000)]


@router.get("/sign-in")
def sign_in_page(request: Request, services: TheServices, to: Annotated[str, Query(alias="next")] = START) -> Response:
    """The form; who is signed in already goes on."""
    token = cookies.session_token(request)
    if token and services.sign_in.session(token):
        return RedirectResponse(local_path(to), 303)
    answer = render(request, "sign_in.html", to=local_path(to), sso=services.single_sign_on.available)
    if token:
        cookies.forget_session(request, answer)  # of a session that has ended: the form has no token of it
    return answer


@router.post("/sign-in")
def sign_in(
    request: Request,
    services: TheServices,
    login: Typed = "",
    password: Typed = "",
    to: Annotated[str, Form(alias="next")] = START,
) -> Response:
    """A session for a login and its password."""
    address = request.client.host if request.client else ""
    browser, sso = request.cookies.get(BROWSER), services.single_sign_on.available
    try:
        opened = services.sign_in(
            login, password, address=address, agent=request.headers.get("user-agent", ""), browser=browser
        )
    except SignInRefused:
        return render(
            request, "sign_in.html", status=401, to=local_path(to), login=login[:200], error="sign-in-refused", sso=sso
        )
    except TooManyAttempts as error:
        wait = {"Retry-After": str(error.retry_after_s)}
        return render(
            request,
            "sign_in.html",
            status=429,
            headers=wait,
            to=local_path(to),
            login=login[:200],
            wait_s=error.retry_after_s,
            sso=sso,
        )
    if isinstance(opened, PendingSignIn):
        answer = RedirectResponse(f"/sign-in/code?next={quote(local_path(to), safe='')}", 303)
        keep_pending(request, answer, opened.token, int(CODE_WITHIN.total_seconds()))
        return answer
    return remember(request, opened, local_path(to))


@router.get("/sign-in/code")
def code_page(request: Request, to: Annotated[str, Query(alias="next")] = START) -> Response:
    """The form for the code of the second factor, after the password."""
    if not request.cookies.get(PENDING):
        return RedirectResponse("/sign-in", 303)
    return render(request, "sign_in_code.html", to=local_path(to))


@router.post("/sign-in/code")
def sign_in_with_code(
    request: Request, services: TheServices, code: Typed = "", to: Annotated[str, Form(alias="next")] = START
) -> Response:
    """Completes a sign-in by a code of the app, or by a recovery code."""
    try:
        opened = services.sign_in.complete(
            request.cookies.get(PENDING, ""),
            code,
            agent=request.headers.get("user-agent", ""),
            browser=request.cookies.get(BROWSER),
        )
    except CodeRefused:
        return render(request, "sign_in_code.html", status=401, to=local_path(to), error="sign-in-code-refused")
    except TooManyAttempts as error:
        wait = {"Retry-After": str(error.retry_after_s)}
        return render(
            request, "sign_in_code.html", status=429, headers=wait, to=local_path(to), wait_s=error.retry_after_s
        )
    answer = remember(request, opened, local_path(to))
    keep_pending(request, answer, "", 0)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, services: TheServices, reader: AReader) -> Response:
    """Ends the session of this browser."""
    services.sign_in.sign_out(reader.session)
    answer = RedirectResponse("/sign-in", 303, {"Clear-Site-Data": '"cache"'})
    cookies.forget_session(request, answer)
    flash.set_notice(answer, flash.Notice("sign-in-signed-out"))
    return answer


def keep_pending(request: Request, answer: Response, token: str, seconds: int) -> None:
    """Sets the cookie of a sign-in that waits for its code."""
    secure = cookies.is_secure(request)
    answer.set_cookie(PENDING, token, max_age=seconds, path="/sign-in", secure=secure, httponly=True, samesite="lax")


def remember(request: Request, opened: SignInResult, to: str) -> Response:
    """Sets the cookie of a new session, and redirects."""
    answer = RedirectResponse(to, 303)
    keep_session(request, answer, opened)
    return answer


def keep_session(request: Request, answer: Response, opened: SignInResult) -> None:
    """Sets the cookies of a new session, and of the browser that opened it."""
    cookies.keep_session(request, answer, opened.token, int(LASTS.total_seconds()))
    answer.set_cookie(
        BROWSER,
        opened.browser,
        max_age=int(FORGOTTEN_AFTER.total_seconds()),
        path="/sign-in",
        secure=cookies.is_secure(request),
        httponly=True,
        samesite="lax",
    )


def local_path(to: str) -> str:
    """Local path to redirect to, or the start page: never another site's address."""
    bad = not to.startswith("/") or to.startswith(("//", "/\\")) or any(ord(sign) < 33 or sign == "\\" for sign in to)
    return START if bad or to.startswith("/sign-") or not to.isascii() else to
