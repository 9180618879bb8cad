"""Error pages in plain language for people. Programs get problems as JSON (`app/web/problems.py`)."""

from typing import Any, Final
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.accounts import CsrfMismatch, PasswordChangeRequired, SignInRequired
from app.domain.access.contributors import NotContributor
from app.domain.access.second_factor import SecondFactorRequired
from app.schemas.problems import Problem
from app.web.pages.access.session import load_session
from app.web.pages.rendering import is_partial, messages_of, path_of, render

_NOT_PAGES: Final = (
    "/v1/",
    "/livez",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/docs",
    "/problems/",
    "/static/",
    "/static-",
)
_MESSAGES: Final = {
    403: "problem-forbidden",
    404: "problem-not-found",
    405: "problem-not-found",
    409: "problem-conflict",
    422: "problem-invalid",
    429: "problem-too-many",
    500: "problem-internal",
    503: "problem-unavailable",
}
_SAYS_MORE: Final = (409, 422)


def as_page(request: Request, problem: Problem, error: Exception | None = None) -> Response | None:
    """Problem as a page for a person, and None for a program; a reader who is not signed in is redirected to sign in.

    For a part of a page that htmx asked for, and for a change, it is a message in the bar: the page stays as it is,
    with what was typed.
    """
    by_htmx = "hx-request" in request.headers
    if request.url.path.startswith(_NOT_PAGES) or not (by_htmx or "text/html" in request.headers.get("accept", "")):
        return None
    if isinstance(error, SignInRequired):
        return _sign_in_redirect(request, f"/sign-in?next={quote(_return_path(request), safe='')}")
    if isinstance(error, PasswordChangeRequired | SecondFactorRequired):
        return _redirect(request, "/account")
    load_session(request)
    message = _message(problem, error)
    said: dict[str, Any] = {
        "title_id": message,
        "detail": messages_of(request).reason(problem.detail) if problem.status in _SAYS_MORE else "",
        "request_id": getattr(request.state, "request_id", None),
    }
    if is_partial(request) or (by_htmx and request.method != "GET"):
        bar = {
            "HX-Retarget": "#messages",
            "HX-Reswap": "innerHTML",
            "HX-Reselect": ".message",
            "HX-Push-Url": "false",
        }
        return render(request, "problem_message.html", status=problem.status, headers=bar, **said)
    return render(request, "problem.html", status=problem.status, **said)


def _message(problem: Problem, error: Exception | None) -> str:
    if isinstance(error, CsrfMismatch):
        return "problem-forged"
    if isinstance(error, NotContributor):
        return "problem-not-contributor"
    return _MESSAGES.get(problem.status, "problem-other")


def _sign_in_redirect(request: Request, to: str) -> Response:
    if "hx-request" in request.headers:
        # The desk's script asks to sign in over the page (static/sending.js); htmx alone would go to the sign-in.
        return Response(status_code=401, headers={"HX-Redirect": to, "Cache-Control": "no-store"})
    return RedirectResponse(to, 303)


def _redirect(request: Request, to: str) -> Response:
    if "hx-request" in request.headers:
        return Response(status_code=200, headers={"HX-Redirect": to})
    return RedirectResponse(to, 303)


def _return_path(request: Request) -> str:
    """The page to come back to: of a change, the page that it was made on."""
    if request.method == "GET" and not is_partial(request):
        return path_of(request)
    try:
        page = urlsplit(request.headers.get("hx-current-url") or request.headers.get("referer") or "/")
    except ValueError:
        return "/"
    return page.path + (f"?{page.query}" if page.query else "")
