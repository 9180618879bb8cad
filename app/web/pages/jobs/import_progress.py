"""One import on the desk: its progress, its rejected lines, and undoing it."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.responses import Response

from app.domain.core.errors import Conflict, NotFound
from app.domain.core.formulas import escape_formula
from app.domain.jobs.jobs import Job, JobKind
from app.domain.statements.imports import Import
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, SignedIn, pages
from app.web.pages.rendering import messages_of, render

router = pages()
_REJECTED: Final = 50
_AT_ONCE: Final = 1_000


@router.get("/imports/{import_id}")
def one(
    request: Request,
    services: TheServices,
    analyst: AnAnalyst,
    import_id: str,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> Response:
    """An import: how far it is, what came of its lines, and those that were rejected."""
    job, what = _found(services, analyst, import_id)
    rejected = services.run_jobs.lines(job, after, _REJECTED + 1, rejected=True) if job else []
    values: dict[str, Any] = {
        "import_id": import_id,
        "job": job,
        "what": what,
        "shown": job or what,
        "by": services.undo_import.started_by([import_id]).get(import_id),
        "rejected": rejected[:_REJECTED],
        "next_after": rejected[_REJECTED - 1].number if len(rejected) > _REJECTED else None,
        "after": after,
    }
    return render(request, "imports/one.html", part="progress", **values)


@router.get("/exports/rejected-lines/{import_id}")
def rejected_lines(request: Request, services: TheServices, analyst: AnAnalyst, import_id: str) -> StreamingResponse:
    """All rejected lines with their reasons, as a table."""
    job = services.run_jobs.get(analyst.organisation, JobKind.IMPORT, import_id)
    phrases = messages_of(request)
    header = [phrases.format_message(name) for name in ("imports-line", "imports-reason")]

    def rows() -> Iterator[str]:
        yield "\ufeff" + _csv_row(header)
        after = 0
        while found := services.run_jobs.lines(job, after, _AT_ONCE, rejected=True):
            after = found[-1].number
            yield "".join(_csv_row([str(line.number), phrases.reason(line.problem or "")]) for line in found)

    headers = {
        "Content-Disposition": f'attachment; filename="rejected-{import_id[:8]}.csv"',
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(rows(), headers=headers, media_type="text/csv; charset=utf-8")


@router.post("/imports/{import_id}/cancel")
def cancel(services: TheServices, analyst: AnAnalyst, import_id: str) -> Response:
    """Ends an import; what is in the archive by then stays."""
    answer = RedirectResponse(f"/imports/{import_id}", 303)
    try:
        services.run_jobs.cancel(analyst.organisation, JobKind.IMPORT, import_id)
        flash.set_notice(answer, flash.Notice("imports-cancelled", tone="plain"))
    except Conflict:
        flash.set_notice(answer, flash.Notice("imports-ended-already", tone="plain"))
    return answer


@router.get("/imports/{import_id}/undo")
def ask(request: Request, services: TheServices, analyst: AnAnalyst, import_id: str) -> Response:
    """Asks whether to undo an import, and says what would go and what would stay."""
    preview = services.undo_import.preview(import_id, analyst.organisation)
    return render(request, "imports/undo.html", preview=preview)


@router.post("/imports/{import_id}/undo")
def undo(services: TheServices, analyst: AnAnalyst, import_id: str) -> Response:
    """Takes out what an import alone brought."""
    undone = services.undo_import(import_id, analyst.organisation)
    answer = RedirectResponse(f"/imports/{import_id}", 303)
    flash.set_notice(answer, flash.Notice("imports-undone", {"count": undone.statements}))
    return answer


def _csv_row(cells: Sequence[str]) -> str:
    """A row of a table that a spreadsheet does not compute."""
    row = io.StringIO()
    csv.writer(row).writerow(map(escape_formula, cells))
    return row.getvalue()


def _found(services: Services, analyst: SignedIn, import_id: str) -> tuple[Job | None, Import | None]:
    """The job of an import, where it is kept, and what was recorded of it. Raises `NotFound`."""
    job, what = None, None
    try:
        job = services.run_jobs.get(analyst.organisation, JobKind.IMPORT, import_id)
    except NotFound:
        what = services.undo_import.get(import_id, analyst.organisation)
    if job and not job.dry_run:
        what = services.undo_import.get(import_id, analyst.organisation)
    return job, what
