"""`/v1/webhooks`: subscriptions to events, and their deliveries."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.domain.webhooks.webhooks import DeliveryState
from app.schemas.webhooks import (
    DeliveryList,
    DeliveryOut,
    NewSecretOut,
    NewWebhookOut,
    WebhookIn,
    WebhookList,
    WebhookOut,
    WebhookPatch,
)
from app.web.api.answers import answers
from app.web.deps import MayAdminister, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/webhooks", tags=["webhooks"], route_class=JsonRoute)

_SECRET = {"Cache-Control": "no-store"}


@router.post("", status_code=201, operation_id="createWebhook", responses=answers(400, 401, 403, 409, 413, 422))
def create_webhook(body: WebhookIn, services: TheServices, key: MayAdminister, response: Response) -> NewWebhookOut:
    """Subscribes an address to events. The secret is in this answer and nowhere else."""
    webhook, secret = services.edit_webhooks.add(
        key.organisation, body.url, body.events, body.description, body.format, body.language, body.narratives
    )
    response.headers.update(_SECRET)
    return NewWebhookOut(**WebhookOut.of(webhook).model_dump(), secret=secret)


@router.get("", operation_id="listWebhooks", responses=answers(401, 403, 422))
def list_webhooks(services: TheServices, key: MayAdminister, page: ThePage) -> WebhookList:
    """The organisation's webhooks, the newest first."""
    found = services.edit_webhooks.find(key.organisation, page.before, page.limit + 1)
    entries, cursor = page.of(found, lambda webhook: webhook.key)
    return WebhookList(items=[WebhookOut.of(webhook) for webhook in entries], next_cursor=cursor)


@router.get("/{webhook_id}", operation_id="getWebhook", responses=answers(401, 403, 404))
def get_webhook(webhook_id: str, services: TheServices, key: MayAdminister) -> WebhookOut:
    """Returns a webhook."""
    return WebhookOut.of(services.edit_webhooks.get(key.organisation, webhook_id))


@router.patch("/{webhook_id}", operation_id="changeWebhook", responses=answers(400, 401, 403, 404, 413, 422))
def change_webhook(webhook_id: str, body: WebhookPatch, services: TheServices, key: MayAdminister) -> WebhookOut:
    """Changes the fields that are sent; `active` stops deliveries, or begins them anew."""
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    return WebhookOut.of(services.edit_webhooks.change(key.organisation, webhook_id, changes))


@router.delete("/{webhook_id}", status_code=204, operation_id="deleteWebhook", responses=answers(401, 403, 404))
def delete_webhook(webhook_id: str, services: TheServices, key: MayAdminister) -> None:
    """Ends a webhook, and forgets its deliveries."""
    services.edit_webhooks.remove(key.organisation, webhook_id)


@router.post("/{webhook_id}/rotate", operation_id="rotateWebhookSecret", responses=answers(401, 403, 404))
def rotate_webhook_secret(
    webhook_id: str, services: TheServices, key: MayAdminister, response: Response
) -> NewSecretOut:
    """Gives a webhook a new secret; for a day its deliveries carry the old one's signature as well."""
    turned = services.edit_webhooks.rotate_secret(key.organisation, webhook_id)
    response.headers.update(_SECRET)
    return NewSecretOut.of(turned)


@router.post("/{webhook_id}/test", status_code=202, operation_id="testWebhook", responses=answers(401, 403, 404, 409))
def test_webhook(webhook_id: str, services: TheServices, key: MayAdminister) -> DeliveryOut:
    """Sends an event `webhook.test`; the delivery has the result."""
    return DeliveryOut.of(services.edit_webhooks.test(key.organisation, webhook_id))


@router.get("/{webhook_id}/deliveries", operation_id="listDeliveries", responses=answers(401, 403, 404, 422))
def list_deliveries(
    webhook_id: str,
    services: TheServices,
    key: MayAdminister,
    page: ThePage,
    state: Annotated[DeliveryState | None, Query(description="Only those in this state.")] = None,
) -> DeliveryList:
    """Lists deliveries of the last thirty days, sent or pending: the newest first."""
    found = services.edit_webhooks.deliveries(key.organisation, webhook_id, state, page.before, page.limit + 1)
    entries, cursor = page.of(found, lambda delivery: delivery.key)
    return DeliveryList(items=[DeliveryOut.of(delivery) for delivery in entries], next_cursor=cursor)


@router.get("/{webhook_id}/deliveries/{delivery_id}", operation_id="getDelivery", responses=answers(401, 403, 404))
def get_delivery(webhook_id: str, delivery_id: str, services: TheServices, key: MayAdminister) -> DeliveryOut:
    """Returns a delivery with its attempts."""
    return DeliveryOut.of(services.edit_webhooks.delivery(key.organisation, webhook_id, delivery_id))


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/resend",
    status_code=202,
    operation_id="resendDelivery",
    responses=answers(401, 403, 404, 409),
)
def resend_delivery(webhook_id: str, delivery_id: str, services: TheServices, key: MayAdminister) -> DeliveryOut:
    """Delivers the same event again, with the same id, whatever became of it."""
    return DeliveryOut.of(services.edit_webhooks.resend(key.organisation, webhook_id, delivery_id))
