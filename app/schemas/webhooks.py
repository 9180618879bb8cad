"""Webhooks and their deliveries, as they come in and go out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from app.domain.core.text import web_address
from app.domain.webhooks.webhooks import Delivery, DeliveryState, EventType, SigningSecrets, Webhook, WebhookFormat
from app.schemas.fields import LanguageTag, Patch, Shown, Strict, Title, example, never_null
from app.schemas.narratives import NarrativeRefOut

_LONGEST_ADDRESS = 2_000

Receiver = Annotated[
    str,
    AfterValidator(lambda raw: web_address(raw, _LONGEST_ADDRESS)),
    WithJsonSchema({"type": "string", "format": "uri", "maxLength": _LONGEST_ADDRESS,
                    "examples": ["https://hooks.example.org/refrain"],
                    "description": "An https address on the public internet; redirects are not followed."}),
]  # fmt: skip
_Event = Annotated[EventType, Field(strict=False)]
_Format = Annotated[
    WebhookFormat,
    Field(
        strict=False,
        description="`cloudevents`: signed events, for programs. Others: messages for people, as the incoming webhooks "
        "of that chat take them; `teams`: an Adaptive Card for a workflow.",
    ),
]
_Language = Annotated[LanguageTag | None, Field(description="Language of chat messages; null: English.")]
_Narratives = Annotated[
    list[Title],
    Field(
        max_length=50,
        description="Narratives, by id, external id or title: of the events `narrative.*` only those about these, and "
        "about narratives below them, are sent; empty: about all. Other events are sent all the same.",
    ),
]
_Events = Annotated[list[_Event], Field(min_length=1, max_length=20, examples=[["flag.created"]])]


class WebhookIn(Strict):
    """Webhook to create: its address and the events that it receives."""

    model_config = example(url="https://hooks.example.org/refrain", events=["flag.created", "job.finished"])

    url: Receiver
    events: _Events
    description: Title | None = None
    format: _Format = WebhookFormat.CLOUDEVENTS
    language: _Language = None
    narratives: _Narratives = Field(default_factory=list)


class WebhookPatch(Patch):
    """Changes to a webhook; a field that is not sent stays as it is."""

    model_config = example(active=True)

    url: Annotated[Receiver | None, never_null] = None
    events: Annotated[_Events | None, never_null] = None
    description: Title | None = None
    format: Annotated[_Format | None, never_null] = None
    language: _Language = None
    narratives: Annotated[_Narratives | None, never_null] = None
    active: Annotated[bool | None, Field(description="false stops deliveries; true begins them anew."), never_null] = (
        None
    )

    @model_validator(mode="after")
    def _not_emptied(self) -> Self:
        for name in ("url", "events", "format", "narratives", "active"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null: leave it out to keep it")
        return self


class WebhookOut(Shown):
    """A webhook. Nothing is sent to one that is not `active`; `disabled_reason` says why."""

    id: str
    url: str
    events: list[EventType]
    description: str | None
    format: WebhookFormat
    language: str | None = Field(examples=["en"])
    narratives: list[NarrativeRefOut] = Field(description="Those that events about narratives are limited to.")
    active: bool
    disabled_reason: str | None = Field(examples=["it answered 410 Gone"])
    failures: int = Field(description="Attempts that failed since the last that succeeded.")
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, webhook: Webhook) -> Self:
        return cls(
            id=webhook.id,
            url=webhook.url,
            events=list(webhook.events),
            description=webhook.description,
            format=webhook.format,
            language=webhook.language,
            narratives=[NarrativeRefOut.model_validate(ref) for ref in webhook.narratives],
            active=webhook.disabled_reason is None,
            disabled_reason=webhook.disabled_reason,
            failures=webhook.failures,
            created_at=webhook.created_at,
            updated_at=webhook.updated_at,
        )


class NewWebhookOut(WebhookOut):
    """A webhook with its secret, which is not shown again."""

    secret: str = Field(description="Signs each delivery, as Standard Webhooks has it.", examples=["whsec_…"])


class NewSecretOut(Shown):
    """The new secret, which is not shown again. Until then deliveries carry the old one's signature as well."""

    secret: str = Field(examples=["whsec_…"])
    previous_until: datetime | None

    @classmethod
    def of(cls, turned: SigningSecrets) -> Self:
        return cls(secret=turned.current, previous_until=turned.previous_until)


class AttemptOut(Shown):
    """Attempt to deliver an event: the HTTP status of the response, or the error without one."""

    at: datetime
    status: int | None
    error: str | None
    ms: int


class DeliveryOut(Shown):
    """Delivery of one event to a webhook. `event_id` is the `webhook-id` of every attempt."""

    id: str
    event_id: str
    event_type: str = Field(examples=["flag.created"])
    subject: str = Field(description="The id of what the event is about.")
    state: DeliveryState
    attempts: list[AttemptOut]
    next_attempt_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        return cls(
            id=delivery.id,
            event_id=delivery.event.id,
            event_type=delivery.event.type,
            subject=delivery.event.subject,
            state=delivery.state,
            attempts=[AttemptOut.model_validate(attempt) for attempt in delivery.attempts],
            next_attempt_at=delivery.due_at,
            created_at=delivery.created_at,
        )


class WebhookList(Shown):
    """A page of the organisation's webhooks, the newest first."""

    items: Sequence[WebhookOut]
    next_cursor: str | None


class DeliveryList(Shown):
    """A page of a webhook's deliveries, the newest first."""

    items: Sequence[DeliveryOut]
    next_cursor: str | None
