"""The keys of an organisation, for its admins."""

from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.keys import Scope
from app.domain.core.errors import InvalidInput
from app.domain.statements.statements import LONGEST_NAME
from app.schemas.access import KeyIn
from app.schemas.faults import validated
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAdmin, SignedIn, pages
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import render

router = pages()


@router.get("/keys")
def keys(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """All keys, and a form for a new one."""
    return _page(request, services, admin)


@router.post("/keys")
def make(
    request: Request,
    services: TheServices,
    admin: AnAdmin,
    scopes: Annotated[list[str] | None, Form()] = None,
    name: Annotated[str, Form()] = "",
) -> Response:
    """A new key, whose secret is shown once."""
    try:
        body = validated(KeyIn, {"name": name, "scopes": scopes or []})
    except InvalidInput as error:
        faults = messages_at_fields(request, error, instead={"scopes": "keys-scopes-fault"})
        values = {"name": name[:LONGEST_NAME], "scopes": scopes or ()}
        return _page(request, services, admin, status=422, faults=faults, asked=values)
    secret, key = services.manage_keys.create(body.name, body.scopes, admin.organisation.name, by=admin.account)
    return _page(request, services, admin, status=201, secret=secret, made=key)


@router.post("/keys/{key_id}/rotate")
def rotate(request: Request, services: TheServices, admin: AnAdmin, key_id: str) -> Response:
    """Rotates a key's secret; the old one stays valid for a day."""
    secret, key = services.manage_keys.rotate(key_id, by=admin.account)
    return _page(request, services, admin, secret=secret, made=key)


@router.post("/keys/{key_id}/revoke")
def revoke(services: TheServices, admin: AnAdmin, key_id: str) -> Response:
    """Ends a key."""
    key = services.manage_keys.get(key_id, by=admin.account)
    services.manage_keys.revoke(key_id, by=admin.account)
    answer = RedirectResponse("/keys", 303)
    flash.set_notice(answer, flash.Notice("keys-revoked", {"name": key.name}))
    return answer


def _page(request: Request, services: Services, admin: SignedIn, **more: Any) -> Response:
    values = {"faults": {}, "asked": {"name": "", "scopes": [Scope.CHECK]}, "secret": None, "made": None, **more}
    listed = reversed(services.manage_keys.all(admin.organisation))
    now = services.manage_keys.clock()
    return render(request, "keys.html", keys=list(listed), now=now, all_scopes=list(Scope), **values)
