"""Health checks: alive and ready, without a key, and without a shared thread."""

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.services import Services
from app.services.health.monitor import HealthMonitor
from app.services.health.process_reports import ProcessReports

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """Liveness: the process answers."""

    status: str = "alive"


class Readiness(BaseModel):
    """Readiness to answer checks, with the reasons if not."""

    ready: bool
    reason: str | None = Field(None, description="The first of `reasons`.")
    reasons: list[str] = Field(description="Why checks cannot be answered, or not recorded; empty when ready.")
    warnings: list[str] = Field(description="What somebody should look at although checks are answered.")
    index_size: int


@router.get("/livez", operation_id="alive")
async def livez() -> Alive:
    """200 as long as the process answers at all."""
    return Alive()


@router.get("/readyz", operation_id="ready", responses={503: {"model": Readiness, "description": "Not ready."}})
async def readyz(request: Request) -> JSONResponse:
    """200 when every statement can be found and the database takes changes; otherwise 503, and why.

    Where several processes answer at the port, it speaks for all of them.
    """
    services: Services = request.app.state.services
    monitor: HealthMonitor = request.app.state.monitor
    reports: ProcessReports = request.app.state.reports
    others = reports.others()
    found = [*reasons(request.app), *(fault for other in others for fault in other.faults)]
    state = Readiness(
        ready=not found,
        reason=next(iter(found), None),
        reasons=found,
        warnings=[*monitor.health().warnings],
        index_size=min([services.archive.size, *(other.index_size for other in others)]),
    )
    headers = {} if state.ready else {"Retry-After": "2"}
    return JSONResponse(state.model_dump(exclude_none=True), 200 if state.ready else 503, headers)


def reasons(app: FastAPI) -> list[str]:
    """Why this process cannot answer checks, or not record them; empty when it can."""
    services: Services = app.state.services
    monitor: HealthMonitor = app.state.monitor
    found = [*monitor.health().reasons]
    if is_stopping(app):
        found.append("the service is stopping")
    if not found and not services.archive.ready:
        found = ["statements are being embedded"]
    return found


def is_stopping(app: FastAPI) -> bool:
    """True once the process was asked to stop."""
    return getattr(app.state, "stopping", False)
