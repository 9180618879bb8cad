"""Ports of webhooks: subscriptions, deliveries, the outbox of events, and sending."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from app.domain.access.keys import Organisation
from app.domain.webhooks.webhooks import Attempt, Delivery, DeliveryState, Event, SigningSecrets, Webhook
from app.services.jobs.ports import TaskSignal


class Webhooks(Protocol):
    """Subscriptions and their deliveries; an organisation sees its own only."""

    def add(self, webhook: Webhook, signing: SigningSecrets) -> Webhook: ...
    def by_id(self, organisation: Organisation, webhook_id: str) -> Webhook | None: ...
    def of_any_organisation(self, webhook_id: str) -> Webhook | None:
        """For the sender alone."""

    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[Webhook]: ...
    def count(self, organisation: Organisation) -> int: ...
    def change(self, webhook: Webhook) -> None: ...
    def remove(self, webhook: Webhook) -> None: ...
    def secrets(self, webhook: Webhook) -> SigningSecrets: ...
    def put_secrets(self, webhook: Webhook, signing: SigningSecrets) -> None: ...

    def claim(self, webhook_id: str, now: datetime, until: datetime) -> Webhook | None:
        """Holds a webhook until then, None where somebody else does or it is disabled."""

    def put_failures(self, webhook: Webhook, failures: int) -> None: ...
    def disable(self, webhook: Webhook, reason: str, now: datetime) -> None:
        """Sends nothing more to it; what was due is stopped."""

    def release(self, webhook: Webhook, rest_until: datetime | None) -> None: ...
    def stalled(self, now: datetime) -> list[TaskSignal]:
        """Webhooks with something due that nobody holds."""

    def add_delivery(self, webhook: Webhook, event: Event, now: datetime) -> Delivery: ...
    def due(self, webhook: Webhook, now: datetime) -> Delivery | None: ...
    def delivery(self, webhook: Webhook, delivery_id: str) -> Delivery | None: ...
    def deliveries(
        self, webhook: Webhook, state: DeliveryState | None, before: int | None, limit: int
    ) -> list[Delivery]: ...
    def attempted(
        self, delivery: Delivery, attempts: Sequence[Attempt], state: DeliveryState, tries: int, due_at: datetime | None
    ) -> None: ...
    def purge(self, before: datetime) -> int:
        """Deletes deliveries made before then that are not pending, and events without deliveries."""


class Events(Protocol):
    """Transactional outbox: an event is written in the transaction of its change, and delivered after the commit."""

    def add(self, organisation: Organisation | None, kind: str, subject: str, data: Mapping[str, Any]) -> None:
        """For the webhooks of an organisation that subscribed to it; None: of every organisation."""


class Send(Protocol):
    """Sends a request body once. What goes wrong is in the attempt, never raised."""

    def __call__(
        self, webhook: Webhook, signing: SigningSecrets, event: Event, source: str, at: datetime
    ) -> Attempt: ...


class CheckDestination(Protocol):
    """Raises `DestinationRefused` for an address that nothing may be sent to."""

    def __call__(self, url: str) -> None: ...
