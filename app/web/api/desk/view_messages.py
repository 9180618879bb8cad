"""`/v1/flag-views/{id}/messages`: alerts and digests of a list of flags, sent through a webhook."""

from fastapi import APIRouter, Response

from app.domain.checks.reviews import Actor
from app.schemas.view_messages import ViewMessageIn, ViewMessageList, ViewMessageOut
from app.web.api.answers import answers, known
from app.web.deps import MayReview, MaySeeFlags, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/flag-views/{view_id}/messages", tags=["flags"], route_class=JsonRoute)

_KNOWN = known(ViewMessageOut, "The view sends this kind through this webhook already; it stays as it was.")


@router.get("", operation_id="listViewMessages", responses=answers(401, 403, 404, 422))
def list_view_messages(view_id: str, services: TheServices, key: MaySeeFlags, page: ThePage) -> ViewMessageList:
    """The messages that a view sends, the oldest first."""
    _, sent, _ = services.view_messages.of_view(key.organisation, Actor(key.id, key.name), view_id)
    shown, cursor = page.part_of(sent)
    return ViewMessageList(items=[ViewMessageOut.of(message) for message in shown], next_cursor=cursor)


@router.post(
    "", status_code=201, operation_id="startViewMessages", responses={**_KNOWN, **answers(400, 401, 403, 404, 413, 422)}
)
def start_view_messages(
    view_id: str, body: ViewMessageIn, services: TheServices, key: MayReview, response: Response
) -> ViewMessageOut:
    """Has a view send messages from now on. They end with the view, the webhook or the key."""
    by = Actor(key.id, key.name)
    message, new = services.view_messages.add(
        key.organisation, by, view_id, body.webhook, body.schedule(), send_empty=body.send_empty
    )
    if not new:
        response.status_code = 200
    return ViewMessageOut.of(message)


@router.delete("/{message_id}", status_code=204, operation_id="endViewMessages", responses=answers(401, 403, 404))
def end_view_messages(view_id: str, message_id: str, services: TheServices, key: MayReview) -> None:
    """Ends the messages."""
    services.view_messages.remove(key.organisation, Actor(key.id, key.name), view_id, message_id)
