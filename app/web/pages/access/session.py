"""Session and CSRF checks of pages: the signed-in account, and proof that a change came from our own forms."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from app.domain.access.accounts import (
    Account,
    PasswordChangeRequired,
    Role,
    RoleMissing,
    Session,
    SignInRequired,
)
from app.domain.access.keys import Organisation
from app.domain.access.second_factor import SecondFactorPolicy, SecondFactorRequired
from app.domain.audit.entries import ActorKind
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput, NotFound
from app.domain.core.text import unstorable
from app.services.audit.origin import current_origin
from app.web.deps import TheServices
from app.web.pages.access.cookies import session_token
from app.web.pages.access.csrf import SAFE_METHODS, csrf_of, require_csrf_token
from app.web.pages.repeated_changes import PageRoute, claim_change

_LEAVING: Final = ("/account", "/sign-out")
"""Paths that an account can reach whose password was set by an admin."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Signed-in reader of a page."""

    account: Account
    session: Session
    csrf: str

    @property
    def organisation(self) -> Organisation:
        return self.account.organisation

    @property
    def reviewer(self) -> Actor:
        return self.account.actor


def _signed_in(request: Request, services: TheServices) -> SignedIn:
    token = session_token(request)
    session = services.sign_in.session(token) if token else None
    if token is None or session is None:
        raise SignInRequired("sign in to see this")
    signed_in = SignedIn(session.account, session, csrf_of(token))
    request.state.signed_in = signed_in
    current_origin().identify(ActorKind.ACCOUNT, session.account.id, session.account.organisation.id)
    return signed_in


def load_session(request: Request) -> None:
    """Provides the signed-in account to a public page, where there is one and the database answers."""
    token, services = session_token(request), request.app.state.services
    if token and not hasattr(request.state, "signed_in"):
        with suppress(Exception):
            session = services.sign_in.session(token)
            request.state.signed_in = SignedIn(session.account, session, csrf_of(token)) if session else None


def needs_second_factor(request: Request, signed_in: SignedIn) -> bool:
    """True if the service wants a second factor of this account, which has none."""
    policy: SecondFactorPolicy = request.app.state.require_second_factor
    account = signed_in.account
    return policy.applies_to(account) and not account.second_factor and not signed_in.session.single_sign_on


def require_role(role: Role) -> Callable[..., SignedIn]:
    """Dependency that requires a role. Raises `SignInRequired`, `PasswordChangeRequired`,
    `SecondFactorRequired`, `RoleMissing`."""

    def check(request: Request, signed_in: Annotated[SignedIn, Depends(_signed_in)]) -> SignedIn:
        if signed_in.account.must_change_password and not request.url.path.startswith(_LEAVING):
            raise PasswordChangeRequired("set a password of your own first")
        if needs_second_factor(request, signed_in) and not request.url.path.startswith(_LEAVING):
            raise SecondFactorRequired("set up a second factor first")
        if not signed_in.account.role.has_role(role):
            raise RoleMissing(f"this needs the role {role}; yours is {signed_in.account.role}")
        return signed_in

    return check


AReader = Annotated[SignedIn, Depends(require_role(Role.READER))]
AnAnalyst = Annotated[SignedIn, Depends(require_role(Role.ANALYST))]
AnAdmin = Annotated[SignedIn, Depends(require_role(Role.ADMIN))]


async def require_storable(request: Request) -> None:
    """Rejects input that no database can store. Raises `NotFound` for an id, `InvalidInput` for anything else."""
    if any(unstorable(str(part)) for part in request.path_params.values()):
        raise NotFound("there is nothing with this id, which no database can hold")
    form = await request.form() if request.method not in SAFE_METHODS else FormData()
    for name, value in (*request.query_params.multi_items(), *form.multi_items()):
        if isinstance(value, str) and (fault := unstorable(value)):
            raise InvalidInput.in_parameter("" if unstorable(name) else name, fault)


async def close_form(request: Request) -> AsyncIterator[None]:
    """Closes the files of a form once the request is answered."""
    try:
        yield
    finally:
        await request.close()


def pages() -> APIRouter:
    """Router for pages: outside the OpenAPI document, with CSRF protection and checks for storable input."""
    return APIRouter(
        include_in_schema=False,
        route_class=PageRoute,
        default_response_class=HTMLResponse,
        dependencies=[
            Depends(close_form),
            Depends(require_csrf_token),
            Depends(require_storable),
            Depends(claim_change),
        ],
    )
