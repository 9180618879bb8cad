"""Webhooks: notification of events."""

from collections.abc import Iterator, Sequence
from typing import Unpack

from refrain_client._sync.transport import Transport
from refrain_client.bodies import WebhookChanges
from refrain_client.decoding import decode
from refrain_client.service_answers import Delivery, DeliveryState, NewSecret, NewWebhook, Webhook, WebhookFormat


class Webhooks:
    """Your organisation's webhooks. `refrain_client.verify` reads what they receive."""

    def __init__(self, to: Transport):
        self._to = to

    def create(
        self,
        url: str,
        events: Sequence[str],
        *,
        description: str | None = None,
        format: WebhookFormat = "cloudevents",  # noqa: A002 - as the service calls it
        language: str | None = None,
        narratives: Sequence[str] = (),
    ) -> NewWebhook:
        """Subscribes an address. Keep the `secret`: it is not shown again, so that a lost answer is a `Conflict`.

        Other formats than `cloudevents` are messages for people in a chat, in `language`. `narratives`: those that
        events about narratives are limited to.
        """
        body = {
            "url": url, "events": list(events), "description": description, "format": format, "language": language,
            "narratives": list(narratives),
        }  # fmt: skip
        return decode(NewWebhook, self._to.ask("POST", ("webhooks",), body=body))

    def get(self, webhook_id: str) -> Webhook:
        """One webhook."""
        return decode(Webhook, self._to.ask("GET", ("webhooks", webhook_id)))

    def list(self) -> Iterator[Webhook]:
        """Webhooks, the newest first."""
        return self._to.pages(("webhooks",), Webhook)

    def change(self, webhook_id: str, **changes: Unpack[WebhookChanges]) -> Webhook:
        """Changes what is named; `active` stops deliveries, or begins them anew."""
        return decode(Webhook, self._to.ask("PATCH", ("webhooks", webhook_id), body=changes))

    def remove(self, webhook_id: str) -> None:
        """Ends a webhook, and forgets its deliveries."""
        self._to.ask("DELETE", ("webhooks", webhook_id))

    def rotate_secret(self, webhook_id: str) -> NewSecret:
        """A new secret; for a day deliveries carry the old one's signature as well."""
        return decode(NewSecret, self._to.ask("POST", ("webhooks", webhook_id, "rotate")))

    def test(self, webhook_id: str) -> Delivery:
        """Sends it an event `webhook.test`."""
        return decode(Delivery, self._to.ask("POST", ("webhooks", webhook_id, "test")))

    def deliveries(self, webhook_id: str, *, state: DeliveryState | None = None) -> Iterator[Delivery]:
        """Deliveries that were sent, or are to be, the newest first."""
        return self._to.pages(("webhooks", webhook_id, "deliveries"), Delivery, {"state": state})

    def delivery(self, webhook_id: str, delivery_id: str) -> Delivery:
        """One delivery with all its attempts."""
        return decode(Delivery, self._to.ask("GET", ("webhooks", webhook_id, "deliveries", delivery_id)))

    def resend(self, webhook_id: str, delivery_id: str) -> Delivery:
        """Delivers the same event again, with the same id."""
        return decode(Delivery, self._to.ask("POST", ("webhooks", webhook_id, "deliveries", delivery_id, "resend")))
