"""`/v1/statements`: what the archive holds."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.domain.access.contributors import is_curator
from app.domain.checks.reviews import Actor
from app.domain.core.dates import parse_period
from app.domain.core.errors import StatementWithdrawn
from app.domain.statements.statements import Statement, Submissions
from app.schemas.fields import QueryDate, QueryText
from app.schemas.statements import SightingsOut, StatementIn, StatementList, StatementOut, StatementPatch
from app.schemas.timeline import RevisionList, RevisionOut
from app.services import Services
from app.services.statements.merge_drafts import Outcome
from app.services.statements.ports import StatementFilter
from app.web.api.answers import answers, known
from app.web.api.languages import require_language_parameter
from app.web.deps import MayRead, MayWrite, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/statements", tags=["statements"], route_class=JsonRoute)

_KNOWN = known(StatementOut, "It was there already; what is new in it was added.")


@router.post(
    "",
    status_code=201,
    operation_id="recordStatement",
    responses={**_KNOWN, **answers(400, 401, 403, 409, 413, 422)},
)
def record_statement(body: StatementIn, services: TheServices, key: MayWrite, response: Response) -> StatementOut:
    """Puts a statement into the archive; it can be matched as soon as this has answered.

    One that another organisation brought stays as it is: yours is one more submission, and its findings are added.
    """
    draft = body.drafted(key.organisation)
    outcome, stored = services.record_statements.record_one(
        draft, body.narratives, seen_by=key.organisation, by=Actor(key.id, key.name)
    )
    if outcome is Outcome.WITHDRAWN:
        raise StatementWithdrawn(stored.statement.id)
    if outcome is not Outcome.NEW:
        response.status_code = 200
    return _out(stored.statement, stored.submissions)


@router.get("", operation_id="listStatements", responses=answers(401, 403, 422))
def list_statements(
    services: TheServices,
    key: MayRead,
    page: ThePage,
    q: Annotated[QueryText | None, Query(max_length=500, description="Words that occur in title or text.")] = None,
    speaker: Annotated[QueryText | None, Query(max_length=500)] = None,
    language: Annotated[QueryText | None, Query(max_length=35)] = None,
    narrative: Annotated[QueryText | None, Query(max_length=500, description="Id, external id or title.")] = None,
    source: Annotated[QueryText | None, Query(max_length=500, description="Name of the outlet.")] = None,
    said_from: Annotated[QueryDate | None, Query(description="Said on this day or later.")] = None,
    said_to: Annotated[QueryDate | None, Query(description="Said on this day or earlier.")] = None,
) -> StatementList:
    """Statements that are not withdrawn, the newest first."""
    filters = StatementFilter(
        q,
        speaker,
        require_language_parameter(services, language),
        narrative,
        source,
        parse_period(said_from) if said_from else None,
        parse_period(said_to) if said_to else None,
    )
    found = services.edit_statement.find(filters, page.before, page.limit + 1, key.organisation)
    entries, cursor = page.of(found, lambda statement: statement.key)
    services.view_log.note("statements.listed", "statement", count=len(entries))
    return StatementList(items=statements_out(services, entries), next_cursor=cursor)


@router.get("/{statement_id}", operation_id="getStatement", responses=answers(401, 403, 404))
def get_statement(statement_id: str, services: TheServices, key: MayRead) -> StatementOut:
    """Returns a statement, withdrawn or not."""
    statement = services.edit_statement.get(statement_id, key.organisation)
    services.view_log.note("statement.viewed", "statement", statement_id)
    return statements_out(services, [statement])[0]


@router.get("/{statement_id}/revisions", operation_id="listRevisions", responses=answers(401, 403, 404, 422))
def list_revisions(statement_id: str, services: TheServices, key: MayRead, page: ThePage) -> RevisionList:
    """The history of a statement: who changed what and when, the newest first."""
    revisions, cursor = page.newest_of(services.statement_history(statement_id, key.organisation))
    services.view_log.note("statement.viewed", "statement", statement_id)
    return RevisionList(items=[RevisionOut.model_validate(revision) for revision in revisions], next_cursor=cursor)


@router.patch("/{statement_id}", operation_id="changeStatement", responses=answers(400, 401, 403, 404, 409, 413, 422))
def change_statement(statement_id: str, body: StatementPatch, services: TheServices, key: MayWrite) -> StatementOut:
    """Corrects a statement that your organisation brought, or restores a withdrawn one; others propose it."""
    known = services.edit_statement.get(statement_id, key.organisation)
    changes = body.changes(known, services.edit_statement.clock())
    by = Actor(key.id, key.name)
    changed = services.edit_statement.change(
        statement_id, changes, body.narratives, key.organisation, by, curator=is_curator(key)
    )
    return statements_out(services, [changed])[0]


@router.delete("/{statement_id}", status_code=204, operation_id="withdrawStatement", responses=answers(401, 403, 404))
def withdraw_statement(statement_id: str, services: TheServices, key: MayWrite) -> None:
    """Withdraws a statement: no later check finds it, stored checks keep it and mark it."""
    by = Actor(key.id, key.name)
    services.edit_statement.withdraw(statement_id, key.organisation, by, curator=is_curator(key))


def statements_out(services: Services, statements: Sequence[Statement]) -> list[StatementOut]:
    """Statements as the API shows them, with how often they were sent to us."""
    seen = services.edit_statement.submissions(statements)
    return [_out(statement, submissions) for statement, submissions in zip(statements, seen, strict=True)]


def _out(statement: Statement, submissions: Submissions) -> StatementOut:
    sightings = SightingsOut.model_validate(submissions)
    return StatementOut.model_validate(statement).model_copy(update={"sightings": sightings})
