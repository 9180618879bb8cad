"""`/v1/imports`: many statements at once, read in the background."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.domain.jobs.jobs import JobKind
from app.schemas.jobs import ImportDetailOut, ImportList, ImportOut, RejectedList, RejectedOut
from app.web.api.answers import answers
from app.web.api.jobs import uploads
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
) -> ImportOut:
    """Takes in a file of statements, one JSON object a line, and reads it in the background."""
    job = await uploads.accept(request, services, key, JobKind.IMPORT, private=private)
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
