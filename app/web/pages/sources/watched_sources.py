"""The watched sources of an organisation, for its admins: what is read when, what was found, and what failed."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import Conflict, InvalidInput
from app.domain.sources.watched_sources import USUAL_INTERVAL, ReadFrom
from app.schemas.faults import validated
from app.schemas.watched_sources import WatchedSourceIn
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAdmin, SignedIn, pages
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import render

router = pages()
_MOST = 100
_ENTRIES = 100
_LONGEST_ADDRESS = 2_000
_MINUTES = (15, 30, 60, 180, 720, 1_440)


@router.get("/watched-sources")
def watched_sources(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """All watched sources, and a form for a new one."""
    return _page(request, services, admin)


@router.post("/watched-sources")
def watch(
    request: Request,
    services: TheServices,
    admin: AnAdmin,
    url: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    read_from: Annotated[str, Form()] = ReadFrom.ENTRY,
    interval_minutes: Annotated[str, Form()] = "30",
) -> Response:
    """Has a feed read from now on."""
    minutes = int(interval_minutes) if interval_minutes.isdecimal() and len(interval_minutes) < 6 else interval_minutes
    asked = {"url": url.strip(), "name": name.strip() or None, "read_from": read_from, "interval_minutes": minutes}
    try:
        body = validated(WatchedSourceIn, asked)
        source = services.edit_sources.add(
            admin.organisation, body.url, body.name, body.read_from, body.interval, body.language
        )
    except InvalidInput as error:
        shown = {**asked, "url": url[:_LONGEST_ADDRESS], "name": name[:200]}
        return _page(request, services, admin, status=422, faults=messages_at_fields(request, error), asked=shown)
    except Conflict:
        return _redirect("", flash.Notice("sources-most", tone="bad"))
    return _redirect(f"/{source.id}", flash.Notice("sources-added"))


@router.get("/watched-sources/{source_id}")
def watched_source(request: Request, services: TheServices, admin: AnAdmin, source_id: str) -> Response:
    """Shows a source with what was found in it."""
    source, tally = services.edit_sources.get(admin.organisation, source_id)
    entries = services.edit_sources.entries(admin.organisation, source_id, None, _ENTRIES)
    return render(request, "watched_source.html", source=source, tally=tally, entries=entries)


@router.post("/watched-sources/{source_id}/read")
def read(services: TheServices, admin: AnAdmin, source_id: str) -> Response:
    """Has a source read now, and again if it was stopped."""
    services.edit_sources.change(admin.organisation, source_id, {"active": True})
    return _redirect(f"/{source_id}", flash.Notice("sources-read"))


@router.post("/watched-sources/{source_id}/stop")
def stop(services: TheServices, admin: AnAdmin, source_id: str) -> Response:
    """Stops reading a source."""
    services.edit_sources.change(admin.organisation, source_id, {"active": False})
    return _redirect(f"/{source_id}", flash.Notice("sources-stopped"))


@router.post("/watched-sources/{source_id}/remove")
def remove(services: TheServices, admin: AnAdmin, source_id: str) -> Response:
    """Forgets a source; what was found in it stays."""
    services.edit_sources.remove(admin.organisation, source_id)
    return _redirect("", flash.Notice("sources-removed"))


def _page(request: Request, services: Services, admin: SignedIn, status: int = 200, **more: Any) -> Response:
    usual = {
        "url": "", "name": "", "read_from": ReadFrom.ENTRY, "interval_minutes": USUAL_INTERVAL // timedelta(minutes=1),
    }  # fmt: skip
    listed = services.edit_sources.find(admin.organisation, None, _MOST)
    values = {"faults": {}, "asked": usual, **more}
    return render(request, "watched_sources.html", status=status, sources=listed, minutes=_MINUTES, **values)


def _redirect(path: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(f"/watched-sources{path}", 303)
    flash.set_notice(answer, notice)
    return answer
