"""Messages of a saved view: alerts and digests that are sent through webhooks."""

from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import InvalidInput
from app.domain.desk.view_messages import MessageKind, Schedule
from app.services import Services
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, SignedIn, pages
from app.web.pages.flash import Notice, set_notice
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import render

router = pages()
_LONGEST_NUMBER = 2


@router.get("/flag-views/{view_id}/messages")
def messages(request: Request, services: TheServices, analyst: AnAnalyst, view_id: str) -> Response:
    """The messages that a view sends, and a form for more."""
    return _page(request, services, analyst, view_id)


@router.post("/flag-views/{view_id}/messages")
def start(
    request: Request,
    services: TheServices,
    analyst: AnAnalyst,
    view_id: str,
    webhook: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    hour: Annotated[str, Form()] = "8",
    weekday: Annotated[str, Form()] = "0",
    time_zone: Annotated[str, Form()] = "UTC",
    send_empty: Annotated[bool, Form()] = False,
) -> Response:
    """Has the view send messages from now on."""
    try:
        schedule = Schedule(_kind(kind), _number(hour, "/hour"), _number(weekday, "/weekday"), time_zone.strip())
        services.view_messages.add(
            analyst.organisation, analyst.reviewer, view_id, webhook, schedule, send_empty=send_empty
        )
    except InvalidInput as error:
        asked = {
            "webhook": webhook,
            "kind": kind,
            "hour": hour[:_LONGEST_NUMBER],
            "weekday": weekday[:_LONGEST_NUMBER],
            "time_zone": time_zone[:64],
            "send_empty": send_empty,
        }
        faults = messages_at_fields(request, error)
        return _page(request, services, analyst, view_id, status=422, faults=faults, asked=asked)
    return _redirect(view_id, Notice("view-messages-started"))


@router.post("/flag-views/{view_id}/messages/{message_id}/end")
def end(services: TheServices, analyst: AnAnalyst, view_id: str, message_id: str) -> Response:
    """Ends the messages."""
    services.view_messages.remove(analyst.organisation, analyst.reviewer, view_id, message_id)
    return _redirect(view_id, Notice("view-messages-ended", tone="plain"))


def _kind(raw: str) -> MessageKind:
    if raw not in set(MessageKind):
        raise InvalidInput.at("/kind", "is none of these: alert, daily, weekly")
    return MessageKind(raw)


def _number(raw: str, pointer: str) -> int:
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= _LONGEST_NUMBER):
        raise InvalidInput.at(pointer, "must be a whole number")
    return int(raw)


def _page(
    request: Request, services: Services, analyst: SignedIn, view_id: str, *, status: int = 200, **more: Any
) -> Response:
    view, sent, webhooks = services.view_messages.of_view(analyst.organisation, analyst.reviewer, view_id)
    new = {"webhook": "", "kind": "alert", "hour": "8", "weekday": "0", "time_zone": "UTC", "send_empty": False}
    values = {"faults": {}, "asked": new, **more}
    return render(request, "view_messages.html", status=status, view=view, sent=sent, webhooks=webhooks, **values)


def _redirect(view_id: str, notice: Notice) -> Response:
    answer = RedirectResponse(f"/flag-views/{view_id}/messages", 303)
    set_notice(answer, notice)
    return answer
