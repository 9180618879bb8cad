"""Webhook management: subscribing, changing, rotating the secret, and reading deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.statements.statements import NarrativeRef
from app.domain.webhooks.webhooks import (
    TEST_EVENT,
    Delivery,
    DeliveryState,
    Event,
    EventType,
    SigningSecrets,
    Webhook,
    WebhookFormat,
    new_webhook_secret,
)
from app.services.jobs.ports import TaskSignal
from app.services.ports import Clock, Store, Transaction
from app.services.webhooks.destinations import require_allowed
from app.services.webhooks.ports import CheckDestination

MOST_WEBHOOKS = 20
"""Bound on an organisation's webhooks: every event is written once for each."""


@dataclass(frozen=True, slots=True)
class EditWebhooks:
    """Creates, changes and deletes an organisation's webhooks. Those of others are `NotFound`."""

    store: Store
    clock: Clock
    check_destination: CheckDestination

    def add(
        self,
        organisation: Organisation,
        url: str,
        events: Sequence[EventType],
        description: str | None,
        format: WebhookFormat = WebhookFormat.CLOUDEVENTS,  # noqa: A002 - the name that the API has for it
        language: str | None = None,
        narratives: Sequence[str] = (),
    ) -> tuple[Webhook, str]:
        """Creates a webhook; returns it and its secret, which is not shown again. Raises `InvalidInput`, `Conflict`.

        `narratives`: by id, external id or title.
        """
        require_allowed(url, self.check_destination)
        now, secret = self.clock(), new_webhook_secret()
        webhook = Webhook(
            0,
            str(uuid4()),
            organisation,
            url,
            _distinct(events),
            description,
            now,
            now,
            format=format,
            language=language,
        )
        with self.store.writing() as tx:
            if tx.webhooks.count(organisation) >= MOST_WEBHOOKS:
                raise Conflict(f"your organisation has {MOST_WEBHOOKS} webhooks, and may have no more: delete one")
            webhook = replace(webhook, narratives=_named(tx, organisation, narratives))
            tx.audit.add("webhook.created", "webhook", webhook.id)
            return tx.webhooks.add(webhook, SigningSecrets(secret)), secret

    def get(self, organisation: Organisation, webhook_id: str) -> Webhook:
        with self.store.reading() as tx:
            return _existing(tx, organisation, webhook_id)

    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[Webhook]:
        """The newest first."""
        with self.store.reading() as tx:
            return tx.webhooks.find(organisation, before, limit)

    def change(self, organisation: Organisation, webhook_id: str, changes: Mapping[str, Any]) -> Webhook:
        """Sets `url`, `events`, `description`, `format`, `language`, `narratives` or `active`.

        Raises `InvalidInput`.
        """
        if "url" in changes:
            require_allowed(changes["url"], self.check_destination)
        with self.store.writing() as tx:
            known = _existing(tx, organisation, webhook_id)
            after = replace(
                known,
                url=changes.get("url", known.url),
                events=_distinct(changes.get("events", known.events)),
                description=changes.get("description", known.description),
                format=changes.get("format", known.format),
                language=changes.get("language", known.language),
                updated_at=self.clock(),
            )
            if "narratives" in changes:
                after = replace(after, narratives=_named(tx, organisation, changes["narratives"]))
            if changes.get("active") is True:
                after = replace(after, disabled_reason=None, failures=0)
            tx.webhooks.change(after)
            if changes.get("active") is False and known.disabled_reason is None:
                tx.webhooks.disable(known, "by its organisation", after.updated_at)
            tx.audit.add("webhook.changed", "webhook", webhook_id)
            return _existing(tx, organisation, webhook_id)

    def remove(self, organisation: Organisation, webhook_id: str) -> None:
        with self.store.writing() as tx:
            tx.webhooks.remove(_existing(tx, organisation, webhook_id))
            tx.audit.add("webhook.removed", "webhook", webhook_id)

    def rotate_secret(self, organisation: Organisation, webhook_id: str) -> SigningSecrets:
        """Rotates the secret. For a day deliveries are signed with the old one as well."""
        with self.store.writing() as tx:
            webhook = _existing(tx, organisation, webhook_id)
            turned = tx.webhooks.secrets(webhook).rotated(new_webhook_secret(), self.clock())
            tx.webhooks.put_secrets(webhook, turned)
            tx.audit.add("webhook.secret_rotated", "webhook", webhook_id)
        return turned

    def test(self, organisation: Organisation, webhook_id: str) -> Delivery:
        """Sends a test event. Raises `Conflict` where the webhook is disabled."""
        with self.store.writing() as tx:
            webhook = _enabled(_existing(tx, organisation, webhook_id))
            now = self.clock()
            event = Event(str(uuid4()), TEST_EVENT, webhook.id, now, {"webhook_id": webhook.id})
            delivery = tx.webhooks.add_delivery(webhook, event, now)
            tx.signal(TaskSignal("webhook", webhook.id))
        return delivery

    def deliveries(
        self, organisation: Organisation, webhook_id: str, state: DeliveryState | None, before: int | None, limit: int
    ) -> list[Delivery]:
        """The newest first."""
        with self.store.reading() as tx:
            return tx.webhooks.deliveries(_existing(tx, organisation, webhook_id), state, before, limit)

    def delivery(self, organisation: Organisation, webhook_id: str, delivery_id: str) -> Delivery:
        with self.store.reading() as tx:
            return _delivery(tx, _existing(tx, organisation, webhook_id), delivery_id)

    def resend(self, organisation: Organisation, webhook_id: str, delivery_id: str) -> Delivery:
        """Delivers an event again, whatever its state. Raises `Conflict` where the webhook is disabled."""
        with self.store.writing() as tx:
            webhook = _enabled(_existing(tx, organisation, webhook_id))
            known = _delivery(tx, webhook, delivery_id)
            tx.webhooks.attempted(known, known.attempts, DeliveryState.PENDING, 0, self.clock())
            tx.signal(TaskSignal("webhook", webhook.id))
            return _delivery(tx, webhook, delivery_id)


def _existing(tx: Transaction, organisation: Organisation, webhook_id: str) -> Webhook:
    webhook = tx.webhooks.by_id(organisation, webhook_id)
    if webhook is None:
        raise NotFound("your organisation has no webhook with this id")
    return webhook


def _named(tx: Transaction, organisation: Organisation, names: Sequence[str]) -> tuple[NarrativeRef, ...]:
    """Narratives by id, external id or title. Raises `InvalidInput` for what names none that the organisation sees."""
    found: list[NarrativeRef] = []
    for place, name in enumerate(names):
        ref = tx.narratives.resolve(name, organisation)
        if ref is None:
            raise InvalidInput.at(f"/narratives/{place}", "names no narrative: send its id, external id or title")
        found.append(ref)
    return tuple(dict.fromkeys(found))


def _enabled(webhook: Webhook) -> Webhook:
    if webhook.disabled_reason:
        raise Conflict("the webhook is disabled: set active to true first")
    return webhook


def _delivery(tx: Transaction, webhook: Webhook, delivery_id: str) -> Delivery:
    delivery = tx.webhooks.delivery(webhook, delivery_id)
    if delivery is None:
        raise NotFound("this webhook has no delivery with this id; they are kept for thirty days")
    return delivery


def _distinct(events: Sequence[EventType]) -> tuple[EventType, ...]:
    return tuple(dict.fromkeys(events))
