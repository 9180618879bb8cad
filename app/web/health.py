"""Health checks: alive and ready, without a key, and without a shared thread."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.services import Services
from app.services.health.monitor import HealthMonitor

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
    """200 when every statement can be found and the database takes changes; otherwise 503, and why."""
    services: Services = request.app.state.services
    monitor: HealthMonitor = request.app.state.monitor
    health = monitor.health()
    reasons = [*health.reasons]
    if getattr(request.app.state, "stopping", False):
        reasons.append("the service is stopping")
    if not reasons and not services.archive.ready:
        reasons = ["statements are being embedded"]
    state = Readiness(
        ready=not reasons,
        reason=next(iter(reasons), None),
        reasons=reasons,
        warnings=[*health.warnings],
        index_size=services.archive.size,
    )
    headers = {} if state.ready else {"Retry-After": "2"}
    return JSONResponse(state.model_dump(exclude_none=True), 200 if state.ready else 503, headers)
