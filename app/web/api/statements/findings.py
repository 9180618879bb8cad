"""`/v1/findings`: what fact-checkers found."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.domain.access.contributors import is_curator
from app.domain.checks.reviews import Actor
from app.schemas.fields import QueryText
from app.schemas.findings import FindingIn, FindingList, FindingOut
from app.web.api.answers import answers, known
from app.web.deps import MayRead, MayWrite, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/findings", tags=["findings"], route_class=JsonRoute)

_KNOWN = known(FindingOut, "The same finding was there already.")


@router.post(
    "", status_code=201, operation_id="recordFinding", responses={**_KNOWN, **answers(400, 401, 403, 413, 422)}
)
def record_finding(body: FindingIn, services: TheServices, key: MayWrite, response: Response) -> FindingOut:
    """Records what was found about a statement, or about every statement of a narrative."""
    draft = body.drafted(body.statement, body.narrative)
    finding, new = services.edit_finding.record(draft, key.organisation, Actor(key.id, key.name))
    if not new:
        response.status_code = 200
    return FindingOut.model_validate(finding)


@router.get("", operation_id="listFindings", responses=answers(401, 403, 422))
def list_findings(
    services: TheServices,
    key: MayRead,
    page: ThePage,
    statement: Annotated[QueryText | None, Query(max_length=100, description="Id of a statement.")] = None,
    narrative: Annotated[QueryText | None, Query(max_length=100, description="Id of a narrative.")] = None,
) -> FindingList:
    """Findings, the newest first."""
    found = services.edit_finding.find(statement, narrative, page.before, page.limit + 1, key.organisation)
    entries, cursor = page.of(found, lambda entry: entry[0])
    return FindingList(items=[FindingOut.model_validate(finding) for _, finding in entries], next_cursor=cursor)


@router.get("/{finding_id}", operation_id="getFinding", responses=answers(401, 403, 404))
def get_finding(finding_id: str, services: TheServices, key: MayRead) -> FindingOut:
    """Returns a finding."""
    return FindingOut.model_validate(services.edit_finding.get(finding_id, key.organisation))


@router.delete("/{finding_id}", status_code=204, operation_id="removeFinding", responses=answers(401, 403, 404))
def remove_finding(finding_id: str, services: TheServices, key: MayWrite) -> None:
    """Takes back a finding that your organisation added. Stored checks keep what they showed."""
    services.edit_finding.remove(finding_id, key.organisation, curator=is_curator(key))
