"""Exports as downloads: streamed, with the errors of their beginning answered as problems."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from fastapi import Request
from fastapi.responses import StreamingResponse

from app.domain.exports.formats import FILE_TYPES, ExportFormat
from app.services import Services
from app.services.exports.export_records import Export


def export_response(
    request: Request, services: Services, export_format: ExportFormat, export: Export
) -> StreamingResponse:
    """An export as a file to save. What its first page raises is raised here, before a byte is sent."""
    chunks = services.export_records.chunks(replace(export, base_url=base_url(request)), export_format)
    first = next(chunks, b"")
    services.view_log.note(f"{export.noted_as}s.exported", export.noted_as, format=export_format.value)
    headers = {
        "Content-Disposition": f'attachment; filename="{export.filename(export_format)}"',
        "Cache-Control": "private, no-store",
    }
    stream: Iterator[bytes] = chain([first], chunks)
    return StreamingResponse(stream, headers=headers, media_type=FILE_TYPES[export_format].media_type)


def base_url(request: Request) -> str:
    """Address of the service as its readers know it, without a slash at the end."""
    return str(request.app.state.public_url or request.base_url).rstrip("/")
