"""`/v1/organisations`: one's own; and for keys of the operator's, all of them."""

from fastapi import APIRouter, Response

from app.domain.access.keys import Scope
from app.schemas.access import (
    NewOrganisationOut,
    OrganisationIn,
    OrganisationList,
    OrganisationOut,
    OrganisationPatch,
)
from app.web.api.access.keys import SECRET
from app.web.api.answers import answers
from app.web.deps import MayAdminister, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/organisations", tags=["access"], route_class=JsonRoute)


@router.post("", status_code=201, operation_id="createOrganisation", responses=answers(400, 401, 403, 409, 413, 422))
def create_organisation(
    body: OrganisationIn, services: TheServices, key: MayAdminister, response: Response
) -> NewOrganisationOut:
    """Makes an organisation and its first key; for keys of the operator's organisation."""
    scopes = [Scope(scope) for scope in body.scopes]
    organisation, secret, first = services.manage_organisations.create_with_key(
        body.name, body.limit_per_hour, scopes, key
    )
    response.headers.update(SECRET)
    return NewOrganisationOut.with_key(organisation, first, secret)


@router.get("", operation_id="listOrganisations", responses=answers(401, 403, 422))
def list_organisations(services: TheServices, key: MayAdminister, page: ThePage) -> OrganisationList:
    """Lists the key's own organisation; for keys of the operator, all of them, the oldest first."""
    entries, cursor = page.part_of(services.manage_organisations.all(key))
    counts = services.withdraw_contributions.counts()
    return OrganisationList(
        items=[OrganisationOut.counted(organisation, counts) for organisation in entries], next_cursor=cursor
    )


@router.get("/{organisation_id}", operation_id="getOrganisation", responses=answers(401, 403, 404))
def get_organisation(organisation_id: str, services: TheServices, key: MayAdminister) -> OrganisationOut:
    """Returns an organisation."""
    organisation = services.manage_organisations.get(organisation_id, key)
    return OrganisationOut.counted(organisation, services.withdraw_contributions.counts())


@router.patch(
    "/{organisation_id}", operation_id="changeOrganisation", responses=answers(400, 401, 403, 404, 409, 413, 422)
)
def change_organisation(
    organisation_id: str, body: OrganisationPatch, services: TheServices, key: MayAdminister
) -> OrganisationOut:
    """Changes its name or what it may use, closes or reopens it; for keys of the operator's organisation."""
    changes = {name: getattr(body, name) for name in body.model_fields_set - {"closed"}}
    manage = services.manage_organisations
    organisation = manage.change(organisation_id, changes, key)
    if body.closed is not None:
        organisation = (manage.close if body.closed else manage.reopen)(organisation_id, key)
    return OrganisationOut.counted(organisation, services.withdraw_contributions.counts())
