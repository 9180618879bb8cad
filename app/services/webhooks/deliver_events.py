"""Webhook delivery: events in order for each webhook, with retries until it answers with 2xx.

Deliveries are created with the event itself. An attempt is written down after it was made, so that a worker that
is killed in between makes it again, with the same id: every event arrives at least once.
"""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.webhooks.webhooks import Attempt, Delivery, DeliveryState, Webhook, retry_delay_s
from app.services.jobs.ports import TaskSignal
from app.services.observability.observers import observers
from app.services.ports import Clock, Store
from app.services.webhooks.ports import Send
from app.services.webhooks.sender_shares import SenderShares

TURN_HELD_FOR = timedelta(seconds=15)
"""Lease of a webhook, longer than an attempt may take. It is renewed before each attempt."""
_TURN_S = 5.0
_LONGEST_REST_S = 300.0
_LONGEST_RETRY_AFTER_S = 86_400.0
_LONGEST_ASKED_REST_S = 590.0
"""Below what a lease may last; then another delivery asks the receiver again."""
_AGAIN_AFTER_S = 0.5
_GONE = 410
_MOST_ATTEMPTS_SHOWN = 30

logger = logging.getLogger("refrain.webhooks")


@dataclass(frozen=True, slots=True)
class DeliverEvents:
    """Delivers what is due to one webhook. `jitter`: random numbers in [0, 1] for the waits of retries."""

    store: Store
    clock: Clock
    send: Send
    jitter: Callable[[], float] = random.random
    shares: SenderShares = field(default_factory=SenderShares)

    def __call__(self, webhook_id: str) -> TaskSignal | None:
        """Delivers events to one webhook until nothing is due, an attempt fails, or its share of time is used.

        Returns the signal to send later where its organisation has its share of the senders already.
        """
        with self.store.reading() as tx:
            source = f"urn:uuid:{tx.statements.archive_id()}"
            webhook = tx.webhooks.of_any_organisation(webhook_id)
        if webhook is None:
            return None
        with self.shares.place_for(webhook) as admitted:
            if not admitted:
                return TaskSignal("webhook", webhook_id, after_s=_AGAIN_AFTER_S)
            self._deliver(webhook_id, source)
        return None

    def _deliver(self, webhook_id: str, source: str) -> None:
        ends = time.monotonic() + _TURN_S
        held: Webhook | None = None
        while True:
            now = self.clock()
            with self.store.writing() as tx:
                if held is not None:
                    tx.webhooks.release(held, None)
                held = tx.webhooks.claim(webhook_id, now, now + TURN_HELD_FOR)
                if held is None:
                    return
                delivery = tx.webhooks.due(held, now)
                signing = tx.webhooks.secrets(held)
                if delivery is None or time.monotonic() > ends:
                    tx.webhooks.release(held, None)
                    if delivery is not None:
                        tx.signal(TaskSignal("webhook", webhook_id))
                    return
            attempt = self.send(held, signing, delivery.event, source, now)
            if not self._record_attempt(held, delivery, attempt):
                return

    def _record_attempt(self, webhook: Webhook, delivery: Delivery, attempt: Attempt) -> bool:
        """Records an attempt; False where the webhook has to rest."""
        now = self.clock()
        attempts = [*delivery.attempts, attempt][-_MOST_ATTEMPTS_SHOWN:]
        tries = delivery.tries + 1
        _note(webhook, delivery, attempt, tries)
        with self.store.writing() as tx:
            if attempt.succeeded:
                tx.webhooks.attempted(delivery, attempts, DeliveryState.DELIVERED, tries, None)
                if webhook.failures:
                    tx.webhooks.put_failures(webhook, 0)
                return True
            if attempt.status == _GONE:
                tx.webhooks.attempted(delivery, attempts, DeliveryState.STOPPED, tries, None)
                tx.webhooks.disable(webhook, "it answered 410 Gone", now)
                tx.webhooks.release(webhook, None)
                return False
            asked = min(attempt.retry_after_s or 0, _LONGEST_RETRY_AFTER_S)
            wait = retry_delay_s(tries, self.jitter())
            if wait is not None:
                wait = max(wait, asked)
            state = DeliveryState.FAILED if wait is None else DeliveryState.PENDING
            tx.webhooks.attempted(delivery, attempts, state, tries, _after(now, wait))
            if wait is not None:
                tx.signal(TaskSignal("webhook", webhook.id, after_s=wait))
            rest = min(retry_delay_s(min(webhook.failures + 1, 5), self.jitter()) or 0, _LONGEST_REST_S)
            rest = max(rest, min(asked, _LONGEST_ASKED_REST_S))
            tx.webhooks.put_failures(webhook, webhook.failures + 1)
            tx.webhooks.release(webhook, _after(now, rest))
            tx.signal(TaskSignal("webhook", webhook.id, after_s=rest))
        return False


def _note(webhook: Webhook, delivery: Delivery, attempt: Attempt, tries: int) -> None:
    if attempt.succeeded:
        observers.webhook_attempted("delivered")
        return
    observers.webhook_attempted("gone" if attempt.status == _GONE else "failed")
    about = {
        "webhook_id": webhook.id,
        "delivery_id": delivery.id,
        "organisation_id": webhook.organisation.id,
        "tries": tries,
        "status": attempt.status,
    }
    logger.warning("webhook delivery failed", extra=about)


def _after(now: datetime, seconds: float | None) -> datetime | None:
    return now + timedelta(seconds=seconds) if seconds is not None else None
