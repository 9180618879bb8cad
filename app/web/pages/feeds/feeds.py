"""The feeds of an organisation, for its admins."""

from typing import Annotated, Any, Final

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import InvalidInput
from app.domain.statements.statements import LONGEST_NAME
from app.schemas.faults import validated
from app.schemas.feeds import FeedIn
from app.schemas.fields import QueryText
from app.services import Services
from app.services.feeds.manage_feeds import MOST_FEEDS
from app.web.deps import TheServices
from app.web.feeds import feed_addresses
from app.web.pages import flash
from app.web.pages.access.session import AnAdmin, SignedIn, pages
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import render

router = pages()
_INSTEAD: Final = {"narrative": "feeds-narrative-fault", "view": "feeds-view-fault"}


@router.get("/feeds")
def feeds(
    request: Request,
    services: TheServices,
    admin: AnAdmin,
    name: Annotated[QueryText, Query()] = "",
    narrative: Annotated[QueryText, Query()] = "",
    view: Annotated[QueryText, Query()] = "",
) -> Response:
    """All feeds, and a form for a new one, which a list, a saved view or a narrative leads to filled in."""
    ref = services.edit_narrative.resolve(narrative, admin.organisation) if narrative else None
    title = ref.title if ref else narrative
    asked = {"name": (name or title)[:LONGEST_NAME], "narrative": title[:LONGEST_NAME], "view": view}
    return _page(request, services, admin, asked=asked)


@router.post("/feeds")
def make(
    request: Request,
    services: TheServices,
    admin: AnAdmin,
    name: Annotated[str, Form()] = "",
    narrative: Annotated[str, Form()] = "",
    view: Annotated[str, Form()] = "",
) -> Response:
    """A new feed, whose addresses are shown once."""
    try:
        given = {"name": name, "narrative": narrative.strip() or None, "view": view.strip() or None}
        body = validated(FeedIn, given)
        token, feed = services.manage_feeds.create(admin.organisation, body.name, body.narrative, body.view)
    except InvalidInput as error:
        faults = messages_at_fields(request, error, instead=_INSTEAD)
        asked = {"name": name[:LONGEST_NAME], "narrative": narrative[:LONGEST_NAME], "view": view}
        return _page(request, services, admin, status=422, faults=faults, asked=asked)
    addresses = feed_addresses(request, feed, token)
    answer = _page(request, services, admin, status=201, addresses=addresses, made=feed)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@router.post("/feeds/{feed_id}/revoke")
def revoke(services: TheServices, admin: AnAdmin, feed_id: str) -> Response:
    """Ends a feed."""
    services.manage_feeds.revoke(admin.organisation, feed_id)
    answer = RedirectResponse("/feeds", 303)
    flash.set_notice(answer, flash.Notice("feeds-revoked"))
    return answer


def _page(request: Request, services: Services, admin: SignedIn, **more: Any) -> Response:
    new = {"name": "", "narrative": "", "view": ""}
    values = {"faults": {}, "asked": new, "addresses": (), "made": None, **more}
    listed = services.manage_feeds.find(admin.organisation, None, MOST_FEEDS)
    seen = services.save_flag_views.of(admin.organisation, admin.reviewer)
    shared = [(view.id, view.name) for view in seen if not view.private]
    return render(request, "feeds.html", feeds=listed, views=shared, **values)
