"""Health checks: alive and ready, without a key, and without a shared thread."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from app.services import Services
from app.services.search.index_worker import IndexWorker

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """Liveness: the process answers."""

    status: str = "alive"


class Readiness(BaseModel):
    """Readiness to answer checks, with the reason if not."""

    ready: bool
    reason: str | None = None
    index_size: int


@router.get("/livez", operation_id="alive")
async def livez() -> Alive:
    """200 as long as the process answers at all."""
    return Alive()


@router.get("/readyz", operation_id="ready", responses={503: {"model": Readiness, "description": "Not ready."}})
async def readyz(request: Request) -> JSONResponse:
    """200 when every statement can be found and the database answers; otherwise 503, and why."""
    services: Services = request.app.state.services
    keeper: IndexWorker = request.app.state.keeper
    reason = keeper.trouble
    if reason is None and not services.archive.ready:
        reason = "statements are being embedded"
    if getattr(request.app.state, "stopping", False):
        reason = "the service is stopping"
    state = Readiness(ready=reason is None, reason=reason, index_size=services.archive.size)
    headers = {} if state.ready else {"Retry-After": "2"}
    return JSONResponse(state.model_dump(exclude_none=True), 200 if state.ready else 503, headers)
