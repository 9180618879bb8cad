"""`/v1/search`, and what archived statements have to do with each other."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.core.dates import parse_period
from app.schemas.fields import QueryDate, QueryText
from app.schemas.search import FoundOut, RelationOut, RelationsOut, SearchOut
from app.services.checks.related_statements import Relation
from app.services.search.search_statements import FoundStatement, SearchBy
from app.services.statements.ports import StatementFilter
from app.web.api.answers import answers
from app.web.api.languages import canonical_parameter_or_refused
from app.web.api.statements.statements import shown
from app.web.deps import MayRead, ThePage, TheServices
from app.web.json_route import JsonRoute

router = APIRouter(tags=["statements"], route_class=JsonRoute)


@router.get("/search", operation_id="searchStatements", responses=answers(401, 403, 422, 503))
def search_statements(
    services: TheServices,
    key: MayRead,
    page: ThePage,
    q: Annotated[QueryText, Query(min_length=1, max_length=500, description="What is looked for.")],
    by: Annotated[SearchBy, Query(description="Whether by what statements mean or by the words in them.")] = "meaning",
    speaker: Annotated[QueryText | None, Query(max_length=500)] = None,
    language: Annotated[QueryText | None, Query(max_length=35)] = None,
    narrative: Annotated[QueryText | None, Query(max_length=500, description="Id, external id or title.")] = None,
    source: Annotated[QueryText | None, Query(max_length=500, description="Name of the outlet.")] = None,
    said_from: Annotated[QueryDate | None, Query(description="Said on this day or later.")] = None,
    said_to: Annotated[QueryDate | None, Query(description="Said on this day or earlier.")] = None,
) -> SearchOut:
    """Statements that are not withdrawn. By meaning the closest first, whatever their language; by words those in whose
    title or text each of them occurs, the last said first."""
    wanted = StatementFilter(
        None,
        speaker,
        canonical_parameter_or_refused(services, language),
        narrative,
        source,
        parse_period(said_from) if said_from else None,
        parse_period(said_to) if said_to else None,
    )
    skipped = page.before or 0
    found = services.search_statements(q, by, wanted, skipped, page.limit + 1, key.organisation)
    numbers = {one.statement.key: number for number, one in enumerate(found, skipped + 1)}
    entries, cursor = page.of(found, lambda one: numbers[one.statement.key])
    return SearchOut(items=_found(services, entries), next_cursor=cursor)


@router.get("/statements/{statement_id}/relations", operation_id="tellRelations", responses=answers(401, 403, 404, 503))
def tell_relations(statement_id: str, services: TheServices, key: MayRead) -> RelationsOut:
    """The precedents of an archived statement and its later echoes, ten at most of each. Nothing is recorded."""
    relations = services.tell_relations(statement_id, key.organisation)
    return RelationsOut(
        precedents=_related(services, relations.precedents), echoes=_related(services, relations.echoes)
    )


def _found(services: TheServices, some: Sequence[FoundStatement]) -> list[FoundOut]:
    statements = shown(services, [one.statement for one in some])
    return [
        FoundOut(statement=statement, similarity=one.similarity, found=list(one.passage.found))
        for statement, one in zip(statements, some, strict=True)
    ]


def _related(services: TheServices, some: Sequence[Relation]) -> list[RelationOut]:
    statements = shown(services, [one.statement for one in some])
    return [
        RelationOut(statement=statement, tier=one.tier, score=one.score, days=one.days)
        for statement, one in zip(statements, some, strict=True)
    ]
