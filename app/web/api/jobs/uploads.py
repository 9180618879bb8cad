"""Uploads of many lines: the raw body, or a form with the file in its field `file`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import PurePath
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app.domain.access.keys import Key
from app.domain.core.errors import InvalidInput
from app.domain.core.text import unstorable
from app.domain.jobs.jobs import Job, JobKind
from app.services import Services
from app.web.problems import MalformedBody

LINES = "application/x-ndjson"
_BLOCK = 256 * 1024
_LONGEST_NAME = 200


def upload_description(example: str) -> dict[str, Any]:
    """OpenAPI description of a request body with lines."""
    form = {
        "type": "object",
        "required": ["file"],
        "properties": {
            "file": {
                "type": "string",
                "format": "binary",
                "contentMediaType": LINES,
                "description": "One JSON object a line.",
            }
        },
        "additionalProperties": False,
    }
    content = {
        LINES: {
            "schema": {"type": "string", "minLength": 1, "description": "One JSON object a line."},
            "example": example,
        },
        "multipart/form-data": {"schema": form},
    }
    return {"requestBody": {"required": True, "content": content}}


Stored = Callable[[AsyncIterator[bytes], str | None, str | None], Awaitable[Job]]
"""Stores the blocks of a file as a job; with the file's name and its media type."""


async def accept(request: Request, services: Services, key: Key, kind: JobKind) -> Job:
    """Stores a file of lines as a job. Raises `Conflict`, `InvalidInput`, `TooLarge`, `MalformedBody`."""

    async def store(content: AsyncIterator[bytes], name: str | None, _: str | None) -> Job:
        receiving = await run_in_threadpool(services.accept_upload.begin, kind, key.organisation, name)
        try:
            async for block in content:
                await run_in_threadpool(receiving.put, block)
            return await run_in_threadpool(receiving.finish)
        except BaseException:
            await run_in_threadpool(receiving.abort)
            raise

    return await accept_file(request, store)


async def accept_file(request: Request, store: Stored) -> Job:
    """Hands the uploaded file on: the raw body, or the file of a form. Raises `InvalidInput`, `MalformedBody`."""
    media_type = request.headers.get("content-type", "")
    if media_type.lower().startswith("multipart/"):
        try:
            async with request.form(max_files=1, max_fields=0) as form:
                file = form.get("file")
                if not isinstance(file, UploadFile):
                    raise InvalidInput.at("/file", "is missing: send the file in a field of this name")
                return await store(_blocks(file), _name(file.filename), file.content_type)
        except (FormParserError, HTTPException) as error:
            raise MalformedBody("the body is not a form with one file in its field 'file'") from error
    return await store(request.stream(), None, media_type)


async def _blocks(file: UploadFile) -> AsyncIterator[bytes]:
    while block := await file.read(_BLOCK):
        yield block


def _name(given: str | None) -> str | None:
    """The last part of a file's name, where it can be kept."""
    name = PurePath(given or "").name[:_LONGEST_NAME]
    return name if name and not unstorable(name) else None
