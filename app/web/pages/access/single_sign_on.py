"""Signing in with another provider (OpenID Connect): the way there and the way back."""

import base64
import binascii
import hmac
import json
import logging
from typing import Annotated, Final

from fastapi import Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.accounts import SignInRefused
from app.domain.access.single_sign_on import SingleSignOnFailed
from app.domain.core.errors import Conflict, NotFound
from app.services import Services
from app.services.access.single_sign_on import Attempt, kept
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access import cookies
from app.web.pages.access.session import AReader, load_session, pages
from app.web.pages.access.sign_in import BROWSER, START, local_path, remember
from app.web.pages.rendering import render

router = pages()
logger = logging.getLogger("refrain.access")

_BACK: Final = "/sign-in/sso/callback"
_GOOD_FOR_S: Final = 600
_PLAIN: Final = "refrain_sso"
_SECURE: Final = "__Host-refrain_sso"


@router.get("/sign-in/sso")
def redirect_to_provider(
    request: Request, services: TheServices, to: Annotated[str, Query(alias="next")] = START
) -> Response:
    """Redirects to the provider. A link, not a form: a form may not lead to another site."""
    return _leave(request, services, {"to": local_path(to)})


@router.get("/account/link-sso")
def link_identity(request: Request, services: TheServices, reader: AReader) -> Response:
    """Redirects to the provider, to link an identity of it to the signed-in account."""
    return _leave(request, services, {"to": "/account", "session": reader.session.id})


@router.get(_BACK)
def provider_callback(
    request: Request,
    services: TheServices,
    code: Annotated[str, Query(max_length=4_000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """A session for what the provider says, where this browser began the attempt."""
    sent = _kept(request)
    try:
        if sent is None or not code or not _same(sent["state"], state):
            raise SingleSignOnFailed("it was not begun in this browser, or too long ago, or the provider refused")
        answer = _finish(request, services, sent, code)
    except SingleSignOnFailed as error:
        logger.warning("single sign-on failed: %s", error)
        answer = render(request, "sign_in.html", status=401, to=START, error="sign-in-sso-failed", sso=True)
    except SignInRefused:
        answer = render(request, "sign_in.html", status=401, to=START, error="sign-in-sso-closed", sso=True)
    answer.delete_cookie(_name(request), path="/", secure=cookies.is_secure(request), httponly=True, samesite="lax")
    return answer


def _finish(request: Request, services: Services, sent: dict[str, str], code: str) -> Response:
    attempt = Attempt(sent["state"], sent["nonce"], sent["verifier"])
    if "session" in sent:
        load_session(request)
        signed_in = getattr(request.state, "signed_in", None)
        if signed_in is None or signed_in.session.id != sent["session"]:
            raise SingleSignOnFailed("the session that wanted to link an identity has ended")
        answer = RedirectResponse("/account", 303)
        try:
            services.single_sign_on.link(signed_in.account, attempt, _redirect_uri(request), code)
            flash.set_notice(answer, flash.Notice("account-sso-linked"))
        except Conflict:
            flash.set_notice(answer, flash.Notice("account-sso-taken", tone="bad"))
        return answer
    agent = request.headers.get("user-agent", "")
    opened = services.single_sign_on.complete(
        attempt, _redirect_uri(request), code, agent=agent, browser=request.cookies.get(BROWSER)
    )
    return remember(request, opened, local_path(sent["to"]))


def _leave(request: Request, services: Services, more: dict[str, str]) -> Response:
    if not services.single_sign_on.available:
        raise NotFound("no other provider is set up")
    try:
        attempt, url = services.single_sign_on.begin(_redirect_uri(request))
    except SingleSignOnFailed as error:
        logger.warning("single sign-on failed: %s", error)
        return render(request, "sign_in.html", status=503, to=more["to"], error="sign-in-sso-unreachable", sso=True)
    answer = RedirectResponse(url, 303, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
    value = base64.urlsafe_b64encode(json.dumps(kept(attempt, more)).encode()).decode()
    secure = cookies.is_secure(request)
    answer.set_cookie(
        _name(request), value, max_age=_GOOD_FOR_S, path="/", secure=secure, httponly=True, samesite="lax"
    )
    return answer


def _kept(request: Request) -> dict[str, str] | None:
    try:
        sent = json.loads(base64.urlsafe_b64decode(request.cookies[_name(request)]))
    except (KeyError, ValueError, binascii.Error, RecursionError):
        return None
    needed = {"state", "nonce", "verifier", "to"}
    if (
        not isinstance(sent, dict)
        or not needed <= sent.keys()
        or not all(isinstance(one, str) for one in sent.values())
    ):
        return None
    return sent


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _redirect_uri(request: Request) -> str:
    base: str = request.app.state.public_url or str(request.base_url)
    return f"{base.rstrip('/')}{_BACK}"


def _name(request: Request) -> str:
    return _SECURE if cookies.is_secure(request) else _PLAIN
