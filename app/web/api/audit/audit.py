"""`/v1/audit`: who saw, changed and reviewed what."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.core.dates import last_moment_of, moment_of, parse_period
from app.schemas.audit import AuditEntryOut, AuditList
from app.schemas.fields import QueryDate, QueryText
from app.services.audit.ports import AuditFilter
from app.web.api.answers import answers
from app.web.deps import MayAdminister, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/audit", tags=["audit"], route_class=JsonRoute)

Id = Annotated[QueryText | None, Query(max_length=64)]


@router.get("", operation_id="listAuditEntries", responses=answers(401, 403, 422))
def list_entries(
    services: TheServices,
    key: MayAdminister,
    page: ThePage,
    actor: Id = None,
    action: Annotated[
        QueryText | None, Query(max_length=64, description="`review.confirmed`, or `review` for all of `review.…`.")
    ] = None,
    subject: Id = None,
    subject_kind: Annotated[
        QueryText | None, Query(max_length=32, description="`statement`, `flag`, `account`, …: what it happened to.")
    ] = None,
    organisation: Annotated[
        QueryText | None, Query(max_length=36, description="Id of an organisation, for keys of the operator's.")
    ] = None,
    begins: Annotated[QueryDate | None, Query(alias="from", description="At this moment or later.")] = None,
    ends: Annotated[QueryDate | None, Query(alias="to", description="On this day or earlier.")] = None,
) -> AuditList:
    """Entries of the organisation's audit log, the newest first; for keys of the operator's organisation, of all."""
    filters = AuditFilter(
        organisation_id=organisation,
        actor_id=actor,
        action=action,
        subject_id=subject,
        subject_kind=subject_kind,
        since=moment_of(parse_period(begins)) if begins else None,
        until=last_moment_of(parse_period(ends)) if ends else None,
    )
    found, names = services.audit.find(filters, page.before, page.limit + 1, key)
    services.view_log.note("audit.viewed", "audit")
    entries, cursor = page.of(found, lambda entry: entry.number)
    return AuditList(items=[AuditEntryOut.of(entry, names) for entry in entries], next_cursor=cursor)
