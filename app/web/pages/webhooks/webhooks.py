"""The webhooks of an organisation, for its admins to see how deliveries go. Programs make and change them."""

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import Conflict
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAdmin, pages
from app.web.pages.rendering import render

router = pages()
_MOST = 100
_DELIVERIES = 50


@router.get("/webhooks")
def webhooks(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """All webhooks, and how they are."""
    listed = services.edit_webhooks.find(admin.organisation, None, _MOST)
    return render(request, "webhooks.html", webhooks=listed)


@router.get("/webhooks/{webhook_id}")
def webhook(request: Request, services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Shows a webhook with its last deliveries."""
    shown = services.edit_webhooks.get(admin.organisation, webhook_id)
    deliveries = services.edit_webhooks.deliveries(admin.organisation, webhook_id, None, None, _DELIVERIES)
    return render(request, "webhook.html", webhook=shown, deliveries=deliveries)


@router.post("/webhooks/{webhook_id}/test")
def test(services: TheServices, admin: AnAdmin, webhook_id: str) -> Response:
    """Sends an event that says it is a test."""
    try:
        services.edit_webhooks.test(admin.organisation, webhook_id)
    except Conflict:
        return _redirect(webhook_id, flash.Notice("webhooks-disabled-first", tone="bad"))
    return _redirect(webhook_id, flash.Notice("webhooks-tested"))


@router.post("/webhooks/{webhook_id}/deliveries/{delivery_id}/resend")
def resend(services: TheServices, admin: AnAdmin, webhook_id: str, delivery_id: str) -> Response:
    """Sends an event once more."""
    try:
        services.edit_webhooks.resend(admin.organisation, webhook_id, delivery_id)
    except Conflict:
        return _redirect(webhook_id, flash.Notice("webhooks-disabled-first", tone="bad"))
    return _redirect(webhook_id, flash.Notice("webhooks-resent"))


def _redirect(webhook_id: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(f"/webhooks/{webhook_id}", 303)
    flash.set_notice(answer, notice)
    return answer
