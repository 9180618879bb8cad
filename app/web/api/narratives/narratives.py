"""`/v1/narratives`: recurring scripts."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.domain.access.contributors import is_curator
from app.domain.core.dates import parse_period
from app.domain.statements.statements import NarrativeDraft
from app.schemas.checks import RecurrenceOut
from app.schemas.fields import QueryDate, QueryText
from app.schemas.narratives import NarrativeIn, NarrativeList, NarrativeOut, NarrativePatch
from app.schemas.predictions import TallyOut
from app.schemas.timeline import NarrativeWithTally, TimelineEntryOut, TimelineOut
from app.web.api.answers import answers, known
from app.web.deps import MayRead, MayWrite, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage, cursor_of

router = APIRouter(prefix="/narratives", tags=["narratives"], route_class=JsonRoute)

_KNOWN = known(NarrativeOut, "It was there already, and is as sent now.")


@router.post(
    "",
    status_code=201,
    operation_id="recordNarrative",
    responses={**_KNOWN, **answers(400, 401, 403, 413, 422)},
)
def record_narrative(body: NarrativeIn, services: TheServices, key: MayWrite, response: Response) -> NarrativeOut:
    """Records a narrative, or updates the one with this external id or title, if your organisation brought it."""
    owner = key.organisation.key if body.private else None
    draft = NarrativeDraft(body.title, body.external_id, body.description, body.parent, owner)
    narrative, new = services.edit_narrative.record(draft, key.organisation, curator=is_curator(key))
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
    return NarrativeList(items=[NarrativeOut.model_validate(narrative) for _, narrative in entries], next_cursor=cursor)


@router.get("/{narrative_id}", operation_id="getNarrative", responses=answers(401, 403, 404))
def get_narrative(narrative_id: str, services: TheServices, key: MayRead) -> NarrativeWithTally:
    """Returns a narrative with the tally of its statements' predictions."""
    narrative = services.edit_narrative.get(narrative_id, key.organisation)
    tally = TallyOut.model_validate(services.narrative_timeline.tally(narrative, key.organisation))
    return NarrativeWithTally(**NarrativeOut.model_validate(narrative).model_dump(), predictions=tally)


@router.get("/{narrative_id}/timeline", operation_id="getTimeline", responses=answers(401, 403, 404, 422))
def get_timeline(
    narrative_id: str,
    services: TheServices,
    key: MayRead,
    page: ThePage,
    known_at: Annotated[QueryDate | None, Query(description="As it was known then.")] = None,
    *,
    include_children: Annotated[bool, Query(description="Of the narratives below this one too.")] = False,
) -> TimelineOut:
    """Returns the appearances of a narrative in order of time, with the spans that vary."""
    start = page.before or 0
    timeline = services.narrative_timeline(
        narrative_id,
        start,
        page.limit,
        key.organisation,
        parse_period(known_at) if known_at else None,
        include_children=include_children,
    )
    return TimelineOut(
        recurrence=RecurrenceOut.model_validate(timeline.recurrence),
        predictions=TallyOut.model_validate(timeline.predictions),
        variable_roles=list(timeline.variable_roles),
        items=[TimelineEntryOut.model_validate(entry) for entry in timeline.entries],
        next_cursor=cursor_of(timeline.next) if timeline.next else None,
    )


@router.patch("/{narrative_id}", operation_id="changeNarrative", responses=answers(400, 401, 403, 404, 413, 422))
def change_narrative(narrative_id: str, body: NarrativePatch, services: TheServices, key: MayWrite) -> NarrativeOut:
    """Changes title, description or parent of a narrative that your organisation brought; others propose it."""
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    changed = services.edit_narrative.change(narrative_id, changes, key.organisation, curator=is_curator(key))
    return NarrativeOut.model_validate(changed)
