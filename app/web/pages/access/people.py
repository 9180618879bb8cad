"""The people of an organisation, for its admins: who may sign in, and as what."""

from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.accounts import LONGEST_LOGIN, Account, Role
from app.domain.core.errors import Conflict, InvalidInput
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAdmin, SignedIn, pages
from app.web.pages.rendering import render

router = pages()


@router.get("/people")
def people(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """All accounts of the organisation, and what was done with them of late."""
    return _page(request, services, admin)


@router.post("/people")
def invite(
    request: Request,
    services: TheServices,
    admin: AnAdmin,
    role: Annotated[Role, Form()],
    login: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
) -> Response:
    """A new account, with a password for its first sign-in that is shown once."""
    values = {"login": login[:LONGEST_LOGIN], "name": name[:LONGEST_LOGIN], "role": role}
    try:
        made, password = services.manage_accounts.create(login, name, role, by=admin.account)
    except InvalidInput as error:
        faults = {(fault.pointer or "")[1:]: "people-name-fault" for fault in error.errors}
        return _page(request, services, admin, status=422, faults=faults, asked=values)
    except Conflict:
        return _page(request, services, admin, status=409, faults={"login": "people-login-taken"}, asked=values)
    return _page(request, services, admin, status=201, made=made, password=password)


@router.post("/people/{account_id}/role")
def change_role(
    request: Request, services: TheServices, admin: AnAdmin, account_id: str, role: Annotated[Role, Form()]
) -> Response:
    """Changes an account's role; the last admin keeps theirs."""
    try:
        changed = services.manage_accounts.change_role(account_id, role, by=admin.account)
    except Conflict:
        return _page(request, services, admin, status=409, refused="people-last-admin")
    return _redirect("people-role-changed", changed)


@router.post("/people/{account_id}/disable")
def disable(request: Request, services: TheServices, admin: AnAdmin, account_id: str) -> Response:
    """Closes an account, and signs it out everywhere."""
    try:
        closed = services.manage_accounts.disable(account_id, by=admin.account)
    except Conflict:
        return _page(request, services, admin, status=409, refused="people-last-admin")
    return _redirect("people-disabled", closed, undo=f"/people/{closed.id}/enable")


@router.post("/people/{account_id}/enable")
def enable(services: TheServices, admin: AnAdmin, account_id: str) -> Response:
    """Opens a closed account again."""
    return _redirect("people-enabled", services.manage_accounts.enable(account_id, by=admin.account))


@router.post("/people/{account_id}/reset")
def reset(request: Request, services: TheServices, admin: AnAdmin, account_id: str) -> Response:
    """A password for the next sign-in, shown once; the account is signed out everywhere."""
    account, password = services.manage_accounts.reset_password(account_id, by=admin.account)
    return _page(request, services, admin, made=account, password=password)


@router.post("/people/{account_id}/reset-second-factor")
def reset_second_factor(services: TheServices, admin: AnAdmin, account_id: str) -> Response:
    """Removes the second factor of somebody who lost it; the account is signed out everywhere."""
    return _redirect("people-factor-reset", services.reset_second_factor(account_id, by=admin.account))


def _redirect(message: str, account: Account, undo: str | None = None) -> Response:
    answer = RedirectResponse("/people", 303)
    flash.set_notice(answer, flash.Notice(message, {"name": account.name}, undo=undo))
    return answer


def _page(request: Request, services: Services, admin: SignedIn, **more: Any) -> Response:
    values = {"faults": {}, "asked": {}, "made": None, "password": None, "refused": None, **more}
    return render(
        request,
        "people.html",
        people=services.manage_accounts.all(admin.organisation),
        events=services.manage_accounts.events(admin.organisation),
        roles=list(Role),
        **values,
    )
