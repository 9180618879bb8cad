"""`/v1/flag-views`: lists of flags with a name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AfterValidator, Field

from app.domain.checks.reviews import Actor
from app.domain.core.text import unstorable
from app.web.api.answers import answers, known
from app.web.api.checks.check_schemas import ReviewerOut
from app.web.api.fields import Name, Shown, Strict, example
from app.web.deps import MayReview, MaySeeFlags, TheServices
from app.web.json_route import JsonRoute

router = APIRouter(prefix="/flag-views", tags=["flags"], route_class=JsonRoute)

LONGEST_QUERY = 4_000


def _query(raw: str) -> str:
    if fault := unstorable(raw):
        raise ValueError(fault)
    return raw.removeprefix("?")


class ViewIn(Strict):
    """A list of flags to keep under a name."""

    model_config = example(name="Near verbatim, German", query="tier=near_verbatim&language=de&sort=score")

    name: Name
    query: Annotated[str, AfterValidator(_query)] = Field(
        max_length=LONGEST_QUERY, description="The filters and the order, as in the address of the list."
    )
    private: bool = Field(False, description="Private to the caller.")


class ViewOut(Shown):
    """A list of flags with a name."""

    id: str
    name: str
    query: str
    private: bool
    by: ReviewerOut
    at: datetime


class ViewList(Shown):
    """All views that the caller sees, by name."""

    items: Sequence[ViewOut]


_KNOWN = known(ViewOut, "There was a view of this name; it has the new query.")


@router.get("", operation_id="listFlagViews", responses=answers(401, 403))
def list_views(services: TheServices, key: MaySeeFlags) -> ViewList:
    """The organisation's views, and the caller's own."""
    views = services.save_flag_views.of(key.organisation, Actor(key.id, key.name))
    return ViewList(items=[ViewOut.model_validate(view) for view in views])


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
