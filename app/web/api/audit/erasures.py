"""`/v1/erasures`: erasing accounts, statements and checks on a request; the trace is kept."""

from fastapi import APIRouter

from app.schemas.erasures import ErasureIn, ErasureList, ErasureOut
from app.web.api.answers import answers
from app.web.deps import MayAdminister, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/erasures", tags=["audit"], route_class=JsonRoute)


@router.post("", status_code=201, operation_id="erase", responses=answers(400, 401, 403, 404, 409, 413, 422))
def erase(body: ErasureIn, services: TheServices, key: MayAdminister) -> ErasureOut:
    """Erases an account, a statement or a check of the organisation. It cannot be taken back."""
    return ErasureOut.of(services.erase(body.kind, body.id, body.reason, body.reference, key))


@router.get("", operation_id="listErasures", responses=answers(401, 403, 422))
def list_erasures(services: TheServices, key: MayAdminister, page: ThePage) -> ErasureList:
    """Lists erasures, each with its moment, actor and reason; keys of the operator's organisation see those of all."""
    found = services.erase.find(page.before, page.limit + 1, key)
    entries, cursor = page.of(found, lambda erasure: erasure.number)
    return ErasureList(items=[ErasureOut.of(entry) for entry in entries], next_cursor=cursor)
