"""Changes that a page may send again: one that arrived, but whose answer was lost, is answered as it was at first.

The desk's script sends an `Idempotency-Key` with every change. The key counts for one account; the token of the session
is no part of the request, so that it can be sent again after signing in again.
"""

import json
from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any, Final

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.responses import Response

from app.domain.access.accounts import Account
from app.domain.core import strict_json
from app.domain.core.errors import RequestInProgress
from app.services import Services
from app.services.access.idempotency import Claim, current_claim
from app.services.access.ports import StoredResponse
from app.web.idempotency import HEADER, is_key
from app.web.pages.access.cookies import session_token
from app.web.pages.access.csrf import CSRF_FIELD, SAFE_METHODS
from app.web.pages.flash import COOKIE, keep_notice

_REDIRECT: Final = 303
_BUSY: Final = 503
_IN_JSON: Final = "application/json"


class RepeatedChange(Exception):
    """A change that was made before, with the answer of then."""

    def __init__(self, answer: StoredResponse):
        super().__init__()
        self.answer = answer


class PageRoute(APIRoute):
    """Route of a page that remembers the redirects with which claimed changes were answered, and their notices."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        if self.methods and self.methods <= set(SAFE_METHODS):
            return handler

        async def once(request: Request) -> Response:
            services: Services = request.app.state.services
            response = None
            try:
                response = await handler(request)
            except RepeatedChange as before:
                return _again(before.answer)
            except RequestInProgress:
                return Response(status_code=_BUSY, headers={"Retry-After": "1"})
            finally:
                claim: Claim | None = getattr(request.state, "claim", None)
                if claim:
                    await run_in_threadpool(services.idempotency.settle, claim, _kept(response))
            return response

        return once


async def claim_change(request: Request) -> None:
    """Claims a change that came with a key.

    Raises `RepeatedChange` if it was made before, `RequestInProgress` while it is being made, and `IdempotencyMismatch`
    where the key came with another change.
    """
    raw = request.headers.get(HEADER, "")
    if request.method in SAFE_METHODS or not is_key(raw):
        return
    services: Services = request.app.state.services
    token = session_token(request)
    session = await run_in_threadpool(services.sign_in.session, token) if token else None
    if session is None:
        return
    key = _key_of(session.account, raw)
    asked = _hash_of(request, await request.form())
    found = await run_in_threadpool(services.idempotency.begin, session.account.organisation, key, asked)
    if isinstance(found, StoredResponse):
        raise RepeatedChange(found)
    if found is None:
        raise RequestInProgress("the same change is being made right now: send it again in a second")
    request.state.claim = found
    current_claim.set(found)


def _key_of(account: Account, raw: str) -> str:
    return f"page:{sha256(f'{account.id} {raw}'.encode()).hexdigest()}"


def _hash_of(request: Request, form: FormData) -> str:
    digest = sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    for name, value in form.multi_items():
        if name != CSRF_FIELD:
            said = value if isinstance(value, str) else f"{value.filename} {value.size}"
            digest.update(json.dumps([name, said]).encode())
    return digest.hexdigest()


def _kept(response: Response | None) -> StoredResponse | None:
    """A redirect with its notice. What is answered with a page was refused, or shows a secret, and is not kept."""
    if response is None or response.status_code != _REDIRECT:
        return None
    notices = [
        value.decode("latin-1").split(";")[0].removeprefix(f"{COOKIE}=").strip('"')
        for name, value in response.raw_headers
        if name == b"set-cookie" and value.startswith(f"{COOKIE}=".encode())
    ]
    said = {"location": response.headers["location"], "notice": notices[-1] if notices else ""}
    return StoredResponse(_REDIRECT, _IN_JSON, json.dumps(said).encode())


def _again(answer: StoredResponse) -> Response:
    said = strict_json.loads(answer.body or b"{}")
    redirect = RedirectResponse(said["location"], _REDIRECT)
    if said["notice"]:
        keep_notice(redirect, said["notice"])
    return redirect
