"""`/v1/narratives`: recurring scripts."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.domain.statements import NarrativeDraft
from app.web.api.answers import answers, known
from app.web.api.archive_schemas import NarrativeIn, NarrativeList, NarrativeOut, NarrativePatch
from app.web.api.fields import QueryText
from app.web.deps import MayRead, MayWrite, ThePage, TheServices
from app.web.json_route import JsonRoute

router = APIRouter(prefix="/narratives", tags=["narratives"], route_class=JsonRoute)

_KNOWN = known(NarrativeOut, "It was there already, and is as sent now.")


@router.post(
    "",
    status_code=201,
    operation_id="recordNarrative",
    responses={**_KNOWN, **answers(400, 401, 403, 413, 422)},
)
def record_narrative(body: NarrativeIn, services: TheServices, key: MayWrite, response: Response) -> NarrativeOut:
    """Records a narrative, or updates the one with this external id or title."""
    owner = key.organisation.key if body.private else None
    draft = NarrativeDraft(body.title, body.external_id, body.description, body.parent, owner)
    narrative, new = services.edit_narrative.record(draft, key.organisation)
    if not new:
        response.status_code = 200
    return NarrativeOut.model_validate(narrative)


@router.get("", operation_id="listNarratives", responses=answers(401, 403, 422))
def list_narratives(
    services: TheServices,
    key: MayRead,
    page: ThePage,
    q: Annotated[
        QueryText | None, Query(max_length=500, description="Words that occur in title or description.")
    ] = None,
) -> NarrativeList:
    """Narratives, the newest first."""
    found = services.edit_narrative.find(q, page.before, page.limit + 1, key.organisation)
    entries, cursor = page.of(found, lambda entry: entry[0])
    return NarrativeList(items=[NarrativeOut.model_validate(one) for _, one in entries], next_cursor=cursor)


@router.get("/{narrative_id}", operation_id="getNarrative", responses=answers(401, 403, 404))
def get_narrative(narrative_id: str, services: TheServices, key: MayRead) -> NarrativeOut:
    """One narrative."""
    return NarrativeOut.model_validate(services.edit_narrative.get(narrative_id, key.organisation))


@router.patch("/{narrative_id}", operation_id="changeNarrative", responses=answers(400, 401, 403, 404, 413, 422))
def change_narrative(narrative_id: str, body: NarrativePatch, services: TheServices, key: MayWrite) -> NarrativeOut:
    """Changes title, description or parent."""
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    return NarrativeOut.model_validate(services.edit_narrative.change(narrative_id, changes, key.organisation))
