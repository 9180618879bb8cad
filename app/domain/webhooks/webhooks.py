"""Webhooks: subscriptions to events, and the schedule on which failed deliveries are retried."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.domain.access.keys import Organisation
from app.domain.statements.statements import NarrativeRef

SECRET_PREFIX = "whsec_"  # noqa: S105 - what every such secret begins with
BOTH_SECRETS_FOR = timedelta(hours=24)
"""Period after a rotation in which deliveries are signed with the old secret as well."""

_FIRST_WAIT_S = 5.0
_WAIT_GROWS_BY = 4.0
_LONGEST_WAIT_S = 86_400.0
MOST_ATTEMPTS = 11
"""The first and ten more: 5 s, 20 s, 80 s … 5.7 h, 22.8 h, 24 h, 24 h; together some three days."""


class EventType(StrEnum):
    """Type of event that a webhook can subscribe to."""

    FLAG_CREATED = "flag.created"
    REVIEW_CREATED = "review.created"
    REVIEW_UNDONE = "review.undone"
    NARRATIVE_CREATED = "narrative.created"
    NARRATIVE_UPDATED = "narrative.updated"
    NARRATIVE_WARNING = "narrative.warning"
    NARRATIVE_APPEARED = "narrative.appeared"
    JOB_FINISHED = "job.finished"


ABOUT_NARRATIVES = frozenset(
    {
        EventType.NARRATIVE_CREATED,
        EventType.NARRATIVE_UPDATED,
        EventType.NARRATIVE_WARNING,
        EventType.NARRATIVE_APPEARED,
    }
)
"""Events whose subject is a narrative, by its id."""


class WebhookFormat(StrEnum):
    """Format of the request bodies that a webhook receives."""

    CLOUDEVENTS = "cloudevents"
    SLACK = "slack"
    TEAMS = "teams"
    MATTERMOST = "mattermost"


TEST_EVENT = "webhook.test"
"""Sent on demand, to one webhook, whatever it subscribed to."""

VIEW_ALERT = "view.alert"
"""A new flag of a saved view, to the webhook that was chosen for the view."""

VIEW_DIGEST = "view.digest"
"""The new flags of a saved view since its last digest, to the webhook that was chosen for the view."""


class DeliveryState(StrEnum):
    """State of the delivery of one event to one webhook."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Failed for good after the last retry; `resend` tries again."""
    STOPPED = "stopped"
    """The webhook was disabled before it could be delivered."""


@dataclass(frozen=True, slots=True)
class Event:
    """Event. Its `id` is the same in every attempt to deliver it."""

    id: str
    type: str
    subject: str
    time: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Attempt of a delivery: the HTTP status of the response, or the error that prevented one."""

    at: datetime
    status: int | None = None
    error: str | None = None
    ms: int = 0
    retry_after_s: float | None = None
    """Least time to the next attempt, as the response asks for it. Not stored."""

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivery of one event to one webhook."""

    key: int
    id: str
    event: Event
    state: DeliveryState
    attempts: Sequence[Attempt]
    tries: int
    """Attempts since the delivery was made or resent."""
    due_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SigningSecrets:
    """Signing secrets of a webhook. Stored in plain text, as signing needs them; never shown or logged again."""

    current: str
    previous: str | None = None
    previous_until: datetime | None = None

    def valid_at(self, now: datetime) -> tuple[str, ...]:
        """SigningSecrets for signing, the current one first."""
        both = self.previous is not None and self.previous_until is not None and now < self.previous_until
        return (self.current, self.previous) if both and self.previous else (self.current,)

    def rotated(self, new: str, now: datetime) -> "SigningSecrets":
        return SigningSecrets(new, self.current, now + BOTH_SECRETS_FOR)

    def __repr__(self) -> str:
        return "SigningSecrets(…)"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Webhook subscription. `disabled_reason` is None for an active one."""

    key: int
    id: str
    organisation: Organisation
    url: str
    events: tuple[EventType, ...]
    description: str | None
    created_at: datetime
    updated_at: datetime
    disabled_reason: str | None = None
    failures: int = 0
    """Consecutive failed attempts."""
    format: WebhookFormat = WebhookFormat.CLOUDEVENTS
    language: str | None = None
    """Language of chat messages; None: the default one."""
    narratives: tuple[NarrativeRef, ...] = ()
    """Of the events about narratives only those of these, and of narratives below them, are sent; none: of all."""


def new_webhook_secret() -> str:
    """New secret: 256 random bits in the format of Standard Webhooks."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def retry_delay_s(tries: int, jitter: float) -> float | None:
    """Seconds to the next attempt after `tries` failures, None when there is none; `jitter` in [0, 1] spreads them."""
    if tries >= MOST_ATTEMPTS:
        return None
    grown = min(_FIRST_WAIT_S * _WAIT_GROWS_BY ** (tries - 1), _LONGEST_WAIT_S)
    return grown * (0.8 + 0.4 * jitter)


def cloud_event(event: Event, source: str) -> dict[str, Any]:
    """The event in the structured JSON form of CloudEvents 1.0."""
    return {
        "specversion": "1.0",
        "id": event.id,
        "source": source,
        "type": event.type,
        "subject": event.subject,
        "time": event.time.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": dict(event.data),
    }
