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
from app.web.api.languages import require_language_parameter
from app.web.api.statements.statements import statements_out
from app.web.deps import MayRead, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(tags=["statements"], route_class=JsonRoute)


@router.get("/search", operation_id="searchStatements", responses=answers(401, 403, 422, 503))
def search_statements(
    services: TheServices,
    key: MayRead,
    page: ThePage,
    q: Annotated[QueryText, Query(min_length=1, max_length=500, description="Query.")],
    by: Annotated[SearchBy, Query(description="Semantic search, or search by keywords.")] = "meaning",
    speaker: Annotated[QueryText | None, Query(max_length=500)] = None,
    language: Annotated[QueryText | None, Query(max_length=35)] = None,
    narrative: Annotated[QueryText | None, Query(max_length=500, description="Id, external id or title.")] = None,
    source: Annotated[QueryText | None, Query(max_length=500, description="Name of the outlet.")] = None,
    said_from: Annotated[QueryDate | None, Query(description="Said on this day or later.")] = None,
    said_to: Annotated[QueryDate | None, Query(description="Said on this day or earlier.")] = None,
) -> SearchOut:
    """Searches statements that are not withdrawn. Semantically: the closest first, whatever their language; by
    keywords: those in whose title or text each word occurs, the latest first."""
    filters = StatementFilter(
        None,
        speaker,
        require_language_parameter(services, language),
        narrative,
        source,
        parse_period(said_from) if said_from else None,
        parse_period(said_to) if said_to else None,
    )
    skipped = page.before or 0
    found = services.search_statements(q, by, filters, skipped, page.limit + 1, key.organisation)
    numbers = {result.statement.key: number for number, result in enumerate(found, skipped + 1)}
    entries, cursor = page.of(found, lambda item: numbers[item.statement.key])
    services.view_log.note("statements.listed", "statement", count=len(entries))
    return SearchOut(items=_found(services, entries), next_cursor=cursor)


@router.get("/statements/{statement_id}/relations", operation_id="getRelations", responses=answers(401, 403, 404, 503))
def related_statements(statement_id: str, services: TheServices, key: MayRead) -> RelationsOut:
    """Returns the precedents of an archived statement and its later matches, ten at most of each. Nothing is
    recorded."""
    relations = services.related_statements(statement_id, key.organisation)
    shown = len(relations.precedents) + len(relations.echoes)
    services.view_log.note("statements.listed", "statement", statement_id, count=shown)
    return RelationsOut(
        precedents=_related(services, relations.precedents), echoes=_related(services, relations.echoes)
    )


def _found(services: TheServices, found: Sequence[FoundStatement]) -> list[FoundOut]:
    statements = statements_out(services, [result.statement for result in found])
    return [
        FoundOut(statement=statement, similarity=result.similarity, found=list(result.passage.found))
        for statement, result in zip(statements, found, strict=True)
    ]


def _related(services: TheServices, relations: Sequence[Relation]) -> list[RelationOut]:
    statements = statements_out(services, [relation.statement for relation in relations])
    return [
        RelationOut(statement=statement, tier=relation.tier, score=relation.score, days=relation.days)
        for statement, relation in zip(statements, relations, strict=True)
    ]
