"""Metrics for Prometheus at `/metrics`: for this machine alone, or for whoever has the token."""

import asyncio
import hmac
from ipaddress import ip_address
from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from app.domain.core.errors import Unauthenticated
from app.services import Services
from app.services.observability.ports import Metrics
from app.web import health

PATH: Final = "/metrics"

_FIGURES_WITHIN_S: Final = 2.0
"""A database that does not answer by then is reported as down, with the figures of before."""
_FORWARDING: Final = ("forwarded", "x-forwarded-for", "x-real-ip")

router = APIRouter(include_in_schema=False)


@router.get(PATH)
async def metrics(request: Request) -> Response:
    """All metrics of this process. Raises `Unauthenticated`."""
    _require_access(request, request.app.state.metrics_token)
    services: Services = request.app.state.services
    of_process: Metrics = request.app.state.metrics
    ready = (await health.readyz(request)).status_code == 200
    reading = asyncio.ensure_future(run_in_threadpool(services.read_figures))
    done, _ = await asyncio.wait({reading}, timeout=_FIGURES_WITHIN_S)
    figures = reading.result() if done else services.read_figures.last(database_up=False)
    body = await run_in_threadpool(of_process.render, figures, ready=ready)
    return Response(body, headers={"Content-Type": of_process.content_type, "Cache-Control": "no-store"})


def _require_access(request: Request, token: str) -> None:
    if token:
        kind, _, sent = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not hmac.compare_digest(sent.strip().encode(), token.encode()):
            raise Unauthenticated("send the header 'Authorization: Bearer <token>' with REFRAIN_METRICS_TOKEN")
    elif not _is_of_this_machine(request):
        raise Unauthenticated("metrics are for this machine alone: set REFRAIN_METRICS_TOKEN to read them from another")


def _is_of_this_machine(request: Request) -> bool:
    """False for what a proxy on this machine hands on, too."""
    if request.client is None or any(name in request.headers for name in _FORWARDING):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
