"""`/v1/flag-views`: lists of flags with a name."""

from fastapi import APIRouter, Response

from app.domain.checks.reviews import Actor
from app.schemas.desk import ViewIn, ViewList, ViewOut
from app.web.api.answers import answers, known
from app.web.deps import MayReview, MaySeeFlags, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/flag-views", tags=["flags"], route_class=JsonRoute)

_KNOWN = known(ViewOut, "There was a view of this name; it has the new query.")


@router.get("", operation_id="listFlagViews", responses=answers(401, 403, 422))
def list_views(services: TheServices, key: MaySeeFlags, page: ThePage) -> ViewList:
    """The organisation's views, and the caller's own."""
    views, cursor = page.part_of(services.save_flag_views.of(key.organisation, Actor(key.id, key.name)))
    return ViewList(items=[ViewOut.model_validate(view) for view in views], next_cursor=cursor)


@router.post("", status_code=201, operation_id="saveFlagView", responses={**_KNOWN, **answers(400, 401, 403, 413, 422)})
def save_view(body: ViewIn, services: TheServices, key: MayReview, response: Response) -> ViewOut:
    """Saves a view, replacing one of the same name. An organisation has a hundred at most."""
    by = Actor(key.id, key.name)
    view, new = services.save_flag_views.save(key.organisation, by, body.name, body.query, private=body.private)
    if not new:
        response.status_code = 200
    return ViewOut.model_validate(view)


@router.delete("/{view_id}", status_code=204, operation_id="removeFlagView", responses=answers(401, 403, 404))
def remove_view(view_id: str, services: TheServices, key: MayReview) -> None:
    """Removes a view."""
    services.save_flag_views.remove(key.organisation, Actor(key.id, key.name), view_id)
