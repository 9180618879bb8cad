"""Authentication of each request, before a byte of its body is read.

It only reads from the database, in few threads of its own, so that anonymous callers take none from the routes.
"""

import asyncio
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi.security.utils import get_authorization_scheme_param
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.access.keys import Key, Organisation
from app.domain.core.errors import NotReady, StoreUnavailable, Unauthenticated
from app.services import Services
from app.web.pages.access.cookies import session_token
from app.web.problems import BAD_HOST, answer, error_headers, problem_of

T = TypeVar("T")
API: Final = "/v1"
_OPEN: Final = ("/livez", "/readyz", "/metrics", "/static/", "/static-")
_THREADS: Final = 4
_WITHIN_S: Final = 5.0
_SESSION_KNOWN_FOR_S: Final = 1.0
_MOST_KNOWN: Final = 1_000


class Authentication:
    """Middleware: answers 401 to a call of the API without a valid key, and closes the connection where it has a body.

    Leaves in the state of a request `caller` (the key), and `organisation` (also that of a signed-in reader of pages;
    None for an anonymous caller).
    """

    def __init__(self, app: ASGIApp):
        self.app = app
        self._threads: CapacityLimiter | None = None
        self._sessions: dict[str, tuple[float, Organisation]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_OPEN):
            await self.app(scope, receive, send)
            return
        state = scope["state"]
        state["organisation"] = None
        try:
            if not _is_sound(scope):
                await answer(BAD_HOST.problem("the header Host names no host: send one"), scope, receive, send)
                return
            if not is_api(scope["path"]):
                state["organisation"] = await self._reader(scope)
            elif scope["method"] != "OPTIONS" or has_body(scope):
                caller = await self._caller(scope)
                state.update(caller=caller, organisation=caller.organisation, key_hint=caller.hint)
        except (NotReady, StoreUnavailable, Unauthenticated) as error:
            closing = {"Connection": "close"} if has_body(scope) else {}
            headers = error_headers(Request(scope), error) | closing
            await answer(problem_of(error), scope, receive, send, headers)
        else:
            await self.app(scope, receive, send)

    async def _caller(self, scope: Scope) -> Key:
        scheme, secret = get_authorization_scheme_param(Headers(scope=scope).get("authorization"))
        if scheme.lower() != "bearer" or not secret:
            raise Unauthenticated("send the header 'Authorization: Bearer <key>' with a key of 'refrain keys create'")
        keys = _services(scope).manage_keys
        key = keys.cached(secret)
        return await self._in_thread(lambda: keys.authenticate(secret)) if key is None else key

    async def _reader(self, scope: Scope) -> Organisation | None:
        token = session_token(Request(scope))
        if not token:
            return None
        token_hash = sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
        since, organisation = self._sessions.get(token_hash, (0.0, None))
        if organisation and time.monotonic() - since < _SESSION_KNOWN_FOR_S:
            return organisation
        session = await self._in_thread(lambda: _services(scope).sign_in.current(token))
        if session is None:
            return None
        if len(self._sessions) > _MOST_KNOWN:
            self._sessions.clear()
        self._sessions[token_hash] = (time.monotonic(), session.account.organisation)
        return session.account.organisation

    async def _in_thread(self, ask: Callable[[], T]) -> T:
        if self._threads is None:
            self._threads = CapacityLimiter(_THREADS)
        try:
            async with asyncio.timeout(_WITHIN_S):
                return await to_thread.run_sync(ask, limiter=self._threads, abandon_on_cancel=True)
        except TimeoutError as error:
            raise NotReady("the database did not say in time who you are: try again in a moment", 2) from error


def is_api(path: str) -> bool:
    """True for an address of the API, whether there is anything at it or not."""
    return path == API or path.startswith(f"{API}/")


def has_body(scope: Scope) -> bool:
    """True if a request comes with a body, by its headers."""
    headers = Headers(scope=scope)
    return "transfer-encoding" in headers or headers.get("content-length", "0").strip("0") != ""


def _is_sound(scope: Scope) -> bool:
    """False for a Host that no address can be made of."""
    try:
        return bool(str(Request(scope).base_url))
    except ValueError:
        return False


def _services(scope: Scope) -> Services:
    services: Services = scope["app"].state.services
    return services
