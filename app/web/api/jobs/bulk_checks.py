"""`/v1/bulk-checks`: many checks at once, answered in the background."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from app.domain.jobs.jobs import JobKind
from app.schemas.jobs import BulkCheckList, BulkCheckOut
from app.services.jobs.job_parts import answers_of
from app.web.api.answers import answers
from app.web.api.checks.checks import check_out
from app.web.api.jobs import uploads
from app.web.api.jobs.bulk_lines import result_line
from app.web.deps import MayCheck, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/bulk-checks", tags=["checks"], route_class=JsonRoute)

_RESULTS_AT_ONCE = 200
_EXAMPLE = (
    '{"text": "Militants are about to stage a chemical attack in Idlib.", "said_at": "2021-05-23"}\n'
    '{"text": "Grain exports rose by ten percent in April.", "record": false}\n'
)
_RESULTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "JSON lines: `line`, with its `check` or its `problem`.",
        "content": {uploads.LINES: {"schema": {"type": "string", "description": "One JSON object a line."}}},
    }
}


@router.post(
    "",
    status_code=202,
    operation_id="createBulkCheck",
    responses=answers(400, 401, 403, 409, 413, 422),
    openapi_extra=uploads.upload_description(_EXAMPLE),
)
async def create_bulk_check(request: Request, services: TheServices, key: MayCheck, response: Response) -> BulkCheckOut:
    """Takes in a file of checks, each line as `POST /v1/checks` takes it, and answers it in the background."""
    job = await uploads.accept(request, services, key, JobKind.BULK_CHECK)
    response.headers["Location"] = f"/v1/bulk-checks/{job.id}"
    return BulkCheckOut.model_validate(job)


@router.get("", operation_id="listBulkChecks", responses=answers(401, 403, 422))
def list_bulk_checks(services: TheServices, key: MayCheck, page: ThePage) -> BulkCheckList:
    """The organisation's bulk checks of the last days, the newest first."""
    found = services.run_jobs.find(key.organisation, JobKind.BULK_CHECK, page.before, page.limit + 1)
    entries, cursor = page.of(found, lambda job: job.key)
    return BulkCheckList(items=[BulkCheckOut.model_validate(job) for job in entries], next_cursor=cursor)


@router.get("/{bulk_check_id}", operation_id="getBulkCheck", responses=answers(401, 403, 404))
def get_bulk_check(bulk_check_id: str, services: TheServices, key: MayCheck) -> BulkCheckOut:
    """Returns the progress of a bulk check."""
    return BulkCheckOut.model_validate(services.run_jobs.get(key.organisation, JobKind.BULK_CHECK, bulk_check_id))


@router.get(
    "/{bulk_check_id}/results",
    operation_id="getBulkCheckResults",
    response_class=StreamingResponse,
    responses={**_RESULTS, **answers(401, 403, 404)},
)
def get_bulk_check_results(
    request: Request, bulk_check_id: str, services: TheServices, key: MayCheck
) -> StreamingResponse:
    """Returns the answers so far, in the order of the lines; all of them once the job is `done`."""
    job = services.run_jobs.get(key.organisation, JobKind.BULK_CHECK, bulk_check_id)

    def lines() -> Iterator[str]:
        after = 0
        while batch := services.run_jobs.lines(job, after, _RESULTS_AT_ONCE):
            after = batch[-1].number
            for number, found in answers_of(batch):
                yield result_line(number, found, lambda check: check_out(request, check))

    return StreamingResponse(lines(), media_type=uploads.LINES)


@router.post("/{bulk_check_id}/cancel", operation_id="cancelBulkCheck", responses=answers(401, 403, 404, 409))
def cancel_bulk_check(bulk_check_id: str, services: TheServices, key: MayCheck) -> BulkCheckOut:
    """Ends a bulk check. What is answered by then can be downloaded."""
    return BulkCheckOut.model_validate(services.run_jobs.cancel(key.organisation, JobKind.BULK_CHECK, bulk_check_id))
