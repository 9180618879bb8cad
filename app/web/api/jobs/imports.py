"""`/v1/imports`: many statements at once, read in the background."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from app.domain.jobs.jobs import Job, JobKind
from app.schemas.fields import QueryText
from app.schemas.jobs import ImportDetailOut, ImportList, ImportOut, RejectedList, RejectedOut, UndoneImportOut
from app.services.jobs.accept_file import FileChoices
from app.web.api.answers import answers
from app.web.api.jobs import statement_files, uploads
from app.web.deps import MayWrite, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/imports", tags=["imports"], route_class=JsonRoute)

_REJECTED_SHOWN = 100
_EXAMPLE = (
    '{"id": "1", "text": "Militants are about to stage a chemical attack in Idlib.", "date": "2021-04-24"}\n'
    '{"id": "2", "text": "Grain exports rose by ten percent in April.", "speaker": "The minister"}\n'
)


@router.post(
    "",
    status_code=202,
    operation_id="createImport",
    responses=answers(400, 401, 403, 409, 413, 422),
    openapi_extra=uploads.upload_description(_EXAMPLE),
)
async def create_import(
    request: Request,
    services: TheServices,
    key: MayWrite,
    response: Response,
    private: Annotated[bool, Query(description="true: only your organisation's checks find them.")] = False,
    dry_run: Annotated[bool, Query(description="true: reports what would happen, and records nothing.")] = False,
    encoding: Annotated[
        QueryText | None,
        Query(max_length=40, description="Encoding of a table or a page, such as cp1251; by itself it is found out."),
    ] = None,
    columns: Annotated[
        list[QueryText], Query(alias="map", max_length=50, description="What a column of a table holds: `date=Datum`.")
    ] = [],  # noqa: B006 - FastAPI copies it
    dates: Annotated[
        Literal["dmy", "mdy"] | None, Query(description="Order of day and month in dates such as 4/2/2023.")
    ] = None,
    future: Annotated[
        Literal["keep", "reject"],
        Query(description="Lines with a date in the future; either way the report counts them."),
    ] = "keep",
) -> ImportOut:
    """Takes in a file of statements and reads it in the background: JSON lines, or any format of
    `docs/interchange.md`, which its content decides."""

    async def store(content: AsyncIterator[bytes], name: str | None, media_type: str | None) -> Job:
        begin = partial(
            services.accept_upload.begin,
            JobKind.IMPORT,
            key.organisation,
            name,
            private=private,
            dry_run=dry_run,
            reject_future=future == "reject",
        )
        day_first = None if dates is None else dates == "dmy"
        choices = FileChoices(name, media_type, encoding, tuple(columns), day_first)
        return await statement_files.store_file(content, choices, services.accept_file, begin)

    job = await uploads.accept_file(request, store)
    response.headers["Location"] = f"/v1/imports/{job.id}"
    return ImportOut.model_validate(job)


@router.get("", operation_id="listImports", responses=answers(401, 403, 422))
def list_imports(services: TheServices, key: MayWrite, page: ThePage) -> ImportList:
    """The organisation's imports of the last days, the newest first."""
    found = services.run_jobs.find(key.organisation, JobKind.IMPORT, page.before, page.limit + 1)
    entries, cursor = page.of(found, lambda job: job.key)
    return ImportList(items=[ImportOut.model_validate(entry) for entry in entries], next_cursor=cursor)


@router.get("/{import_id}", operation_id="getImport", responses=answers(401, 403, 404))
def get_import(import_id: str, services: TheServices, key: MayWrite) -> ImportDetailOut:
    """Returns the progress of an import, with the first hundred rejected lines."""
    job = services.run_jobs.get(key.organisation, JobKind.IMPORT, import_id)
    rejected = services.run_jobs.lines(job, 0, _REJECTED_SHOWN, rejected=True)
    shown = ImportOut.model_validate(job).model_dump()
    return ImportDetailOut(**shown, rejected=[RejectedOut.model_validate(line) for line in rejected])


@router.get("/{import_id}/rejected", operation_id="listRejectedLines", responses=answers(401, 403, 404, 422))
def list_rejected_lines(import_id: str, services: TheServices, key: MayWrite, page: ThePage) -> RejectedList:
    """Lists the rejected lines with their reasons, in the file's order."""
    job = services.run_jobs.get(key.organisation, JobKind.IMPORT, import_id)
    found = services.run_jobs.lines(job, page.before or 0, page.limit + 1, rejected=True)
    entries, cursor = page.of(found, lambda line: line.number)
    return RejectedList(items=[RejectedOut.model_validate(entry) for entry in entries], next_cursor=cursor)


@router.post("/{import_id}/cancel", operation_id="cancelImport", responses=answers(401, 403, 404, 409))
def cancel_import(import_id: str, services: TheServices, key: MayWrite) -> ImportOut:
    """Ends an import. Statements that are in the archive by then stay in it."""
    return ImportOut.model_validate(services.run_jobs.cancel(key.organisation, JobKind.IMPORT, import_id))


@router.delete("/{import_id}/statements", operation_id="undoImport", responses=answers(401, 403, 404, 409))
def undo_import(import_id: str, services: TheServices, key: MayWrite) -> UndoneImportOut:
    """Takes out what an import of the organisation alone brought. What others refer to stays, and is named."""
    return UndoneImportOut.model_validate(services.undo_import(import_id, key.organisation))
