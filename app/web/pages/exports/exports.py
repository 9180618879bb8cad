"""Exports from the pages: what a page shows, as a file, with the filter in its address."""

from dataclasses import replace
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import StreamingResponse

from app.domain.exports.formats import ExportFormat
from app.domain.search.snippets import query_terms
from app.services.search.search_statements import MOST_SEMANTIC_RESULTS
from app.web.deps import TheServices
from app.web.exports import export_response
from app.web.pages.access.session import AReader, pages
from app.web.pages.desk.queue_query import FlagListQuery
from app.web.pages.statements.archive_query import ArchiveQuery, read_query

router = pages()


@router.get("/exports/archive/{export_format}")
def export_archive(
    request: Request,
    services: TheServices,
    reader: AReader,
    export_format: ExportFormat,
    query: Annotated[ArchiveQuery, Query()],
) -> StreamingResponse:
    """All statements that a search of the archive finds, of every page; by meaning the closest."""
    filters = read_query(query, services.languages).filters
    if query.q.strip() and query.by == "meaning":
        found = services.search_statements(query.q, query.by, filters, 0, MOST_SEMANTIC_RESULTS, reader.organisation)
        filters = replace(filters, keys=tuple(one.statement.key for one in found))
    else:
        filters = replace(filters, words=query_terms(query.q))
    export = services.export_records.statements(filters, reader.organisation)
    return export_response(request, services, export_format, export)


@router.get("/exports/flags/{export_format}")
def export_flags(
    request: Request,
    services: TheServices,
    reader: AReader,
    export_format: ExportFormat,
    query: Annotated[FlagListQuery, Query()],
) -> StreamingResponse:
    """All flags of a list, of every page."""
    filters = query.read(services.languages, reader.account.id).filters
    export = services.export_records.flags(filters, reader.organisation)
    return export_response(request, services, export_format, export)


@router.get("/exports/flag/{flag_id}/{export_format}")
def export_flag(
    request: Request, services: TheServices, reader: AReader, flag_id: str, export_format: ExportFormat
) -> StreamingResponse:
    """One flag with its precedents."""
    export = services.export_records.flag(flag_id, reader.organisation)
    return export_response(request, services, export_format, export)


@router.get("/exports/narrative/{narrative_id}/{export_format}")
def export_narrative(
    request: Request, services: TheServices, reader: AReader, narrative_id: str, export_format: ExportFormat
) -> StreamingResponse:
    """A narrative and those below it, with their statements."""
    export = services.export_records.narrative(narrative_id, reader.organisation)
    return export_response(request, services, export_format, export)


@router.get("/exports/check/{check_id}/{export_format}")
def export_check(
    request: Request, services: TheServices, reader: AReader, check_id: str, export_format: ExportFormat
) -> StreamingResponse:
    """One check with its precedents, a flag or not."""
    export = services.export_records.check(check_id, reader.organisation)
    return export_response(request, services, export_format, export)


@router.get("/exports/checks/{export_format}")
def export_checks(
    request: Request,
    services: TheServices,
    reader: AReader,
    export_format: ExportFormat,
    flagged: bool | None = None,
) -> StreamingResponse:
    """All checks of the organisation, or those that raised a flag or none."""
    export = services.export_records.checks(flagged, reader.organisation)
    return export_response(request, services, export_format, export)


@router.get("/exports/document/{document_id}/{export_format}")
def export_document(
    request: Request, services: TheServices, reader: AReader, document_id: str, export_format: ExportFormat
) -> StreamingResponse:
    """One article with its claims."""
    export = services.export_records.document(document_id, reader.organisation)
    return export_response(request, services, export_format, export)


@router.get("/exports/documents/{export_format}")
def export_documents(
    request: Request, services: TheServices, reader: AReader, export_format: ExportFormat
) -> StreamingResponse:
    """All articles that the organisation had checked."""
    export = services.export_records.documents(reader.organisation)
    return export_response(request, services, export_format, export)
