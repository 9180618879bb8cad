"""The webhooks of an organisation, for its admins: made, paused and deleted, and how deliveries go."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Depends, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import Conflict, InvalidInput
from app.domain.webhooks.webhooks import EventType, Webhook, WebhookFormat
from app.schemas.faults import validated
from app.schemas.webhooks import WebhookIn
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAdmin, SignedIn, pages
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import render

router = pages()
_MOST = 100
_DELIVERIES = 50
_LONGEST: Final = 2_000
_LONGEST_LIST: Final = 30_000
_NEW: Final[dict[str, Any]] = {
    "url": "",
    "description": "",
    "format": WebhookFormat.CLOUDEVENTS.value,
    "language": "",
    "events": [EventType.FLAG_CREATED.value],
    "narratives": "",
}


def _typed(
    url: Annotated[str, Form()] = "",
    description: Annotated[str, Form()] = "",
    format: Annotated[str, Form()] = "",  # noqa: A002 - the name that the API has for it
    language: Annotated[str, Form()] = "",
    events: Annotated[list[str] | None, Form()] = None,
    narratives: Annotated[str, Form(max_length=_LONGEST_LIST)] = "",
) -> dict[str, Any]:
    """The fields of the form of a webhook as they were sent."""
    return {
        "url": url.strip()[: _LONGEST + 1],
        "description": description.strip()[:_LONGEST],
        "format": format,
        "language": language.strip()[:40],
        "events": events or [],
        "narratives": narratives,
    }


Typed = Annotated[dict[str, Any], Depends(_typed)]


@router.get("/webhooks")
def webhooks(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """All webhooks, how they are, and a form for a new one."""
    return _list(request, services, admin)


@router.post("/webhooks")
def make(request: Request, services: TheServices, admin: AnAdmin, typed: Typed) -> Response:
    """A new webhook, whose secret is shown once."""
    try:
        body = _validated(typed)
        made, secret = services.edit_webhooks.add(
            admin.organisation, body.url, body.events, body.description, body.format, body.language, body.narratives
        )
    except InvalidInput as error:
        return _list(request, services, admin, status=422, faults=_faults(request, error), asked=typed)
    except Conflict:
        answer = RedirectResponse("/webhooks", 303)
        flash.set_notice(answer, flash.Notice("webhooks-most", tone="bad"))
        return answer
    return _one(request, services, admin, made, status=201, secret=secret)


@router.get("/webhooks/{webhook_id}")
def webhook(request: Request, services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Shows a webhook with its last deliveries."""
    return _one(request, services, admin, services.edit_webhooks.get(admin.organisation, webhook_id))


@router.post("/webhooks/{webhook_id}")
def change(request: Request, services: TheServices, admin: AnAdmin, webhook_id: str, typed: Typed) -> Response:
    """Changes its address, its events, what they are limited to, its format or its language."""
    known = services.edit_webhooks.get(admin.organisation, webhook_id)
    try:
        body = _validated(typed, {ref.title: ref.id for ref in known.narratives})
        fields = ("url", "events", "description", "format", "language", "narratives")
        changes = {name: getattr(body, name) for name in fields}
        services.edit_webhooks.change(admin.organisation, webhook_id, changes)
    except InvalidInput as error:
        return _one(request, services, admin, known, status=422, faults=_faults(request, error), asked=typed)
    return _redirect(webhook_id, flash.Notice("webhooks-changed"))


@router.post("/webhooks/{webhook_id}/pause")
def pause(services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Stops deliveries."""
    services.edit_webhooks.change(admin.organisation, webhook_id, {"active": False})
    return _redirect(webhook_id, flash.Notice("webhooks-paused", undo=f"/webhooks/{webhook_id}/resume"))


@router.post("/webhooks/{webhook_id}/resume")
def resume(services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Begins deliveries anew."""
    services.edit_webhooks.change(admin.organisation, webhook_id, {"active": True})
    return _redirect(webhook_id, flash.Notice("webhooks-resumed"))


@router.post("/webhooks/{webhook_id}/rotate")
def rotate(request: Request, services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Gives it a new secret, which is shown once; for a day the old one signs as well."""
    turned = services.edit_webhooks.rotate_secret(admin.organisation, webhook_id)
    known = services.edit_webhooks.get(admin.organisation, webhook_id)
    return _one(request, services, admin, known, secret=turned.current)


@router.get("/webhooks/{webhook_id}/remove")
def ask(request: Request, services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Asks whether to delete a webhook."""
    known = services.edit_webhooks.get(admin.organisation, webhook_id)
    return render(request, "webhooks/remove.html", webhook=known)


@router.post("/webhooks/{webhook_id}/remove")
def remove(services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Deletes a webhook with its deliveries."""
    services.edit_webhooks.remove(admin.organisation, webhook_id)
    answer = RedirectResponse("/webhooks", 303)
    flash.set_notice(answer, flash.Notice("webhooks-removed"))
    return answer


@router.post("/webhooks/{webhook_id}/test")
def test(services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Sends an event that says it is a test."""
    try:
        services.edit_webhooks.test(admin.organisation, webhook_id)
    except Conflict:
        return _redirect(webhook_id, flash.Notice("webhooks-paused-first", tone="bad"))
    return _redirect(webhook_id, flash.Notice("webhooks-tested"))


@router.post("/webhooks/{webhook_id}/deliveries/{delivery_id}/resend")
def resend(services: TheServices, admin: AnAdmin, webhook_id: str, delivery_id: str) -> Response:
    """Sends an event once more."""
    try:
        services.edit_webhooks.resend(admin.organisation, webhook_id, delivery_id)
    except Conflict:
        return _redirect(webhook_id, flash.Notice("webhooks-paused-first", tone="bad"))
    return _redirect(webhook_id, flash.Notice("webhooks-resent"))


def _validated(typed: dict[str, Any], known: Mapping[str, str] | None = None) -> WebhookIn:
    """What was typed; `known`: ids of narratives by the titles that the form showed for them."""
    lines = [line.strip() for line in typed["narratives"].splitlines()]
    narratives = [(known or {}).get(line, line) for line in lines if line]
    given = {**typed, "description": typed["description"] or None, "language": typed["language"] or None}
    return validated(WebhookIn, {**given, "narratives": narratives})


def _faults(request: Request, error: InvalidInput) -> dict[str, str]:
    return messages_at_fields(
        request, error, instead={"events": "webhooks-events-fault", "narratives": "webhooks-narratives-fault"}
    )


def _list(request: Request, services: Services, admin: SignedIn, *, status: int = 200, **more: Any) -> Response:
    listed = services.edit_webhooks.find(admin.organisation, None, _MOST)
    values = {"faults": {}, "asked": _NEW, "formats": list(WebhookFormat), "all_events": list(EventType), **more}
    return render(request, "webhooks.html", status=status, webhooks=listed, languages=_languages(services), **values)


def _one(
    request: Request, services: Services, admin: SignedIn, shown: Webhook, *, status: int = 200, **more: Any
) -> Response:
    deliveries = services.edit_webhooks.deliveries(admin.organisation, shown.id, None, None, _DELIVERIES)
    asked = {
        "url": shown.url,
        "description": shown.description or "",
        "format": shown.format.value,
        "language": shown.language or "",
        "events": [event.value for event in shown.events],
        "narratives": "\n".join(ref.title for ref in shown.narratives),
    }
    values = {"faults": {}, "asked": asked, "secret": None, **more}
    return render(
        request,
        "webhook.html",
        status=status,
        webhook=shown,
        deliveries=deliveries,
        formats=list(WebhookFormat),
        all_events=list(EventType),
        languages=_languages(services),
        **values,
    )


def _languages(services: Services) -> list[str]:
    return list(services.texts.languages)


def _redirect(webhook_id: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(f"/webhooks/{webhook_id}", 303)
    flash.set_notice(answer, notice)
    return answer
