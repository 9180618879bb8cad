"""Messages of saved views, as they are set up and answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.domain.desk.view_messages import MessageKind, Schedule, ViewMessage
from app.schemas.checks import ReviewerOut
from app.schemas.fields import Shown, Strict, example, whole


class ViewMessageIn(Strict):
    """Messages to send from a view: an alert for each new flag, or a digest of them at an hour."""

    model_config = example(
        webhook="5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11", kind="weekly", hour=8, weekday=0, time_zone="Europe/Kyiv"
    )

    webhook: str = Field(min_length=1, max_length=100, description="Id of a webhook of your organisation.")
    kind: Annotated[MessageKind, Field(strict=False)]
    hour: Annotated[int, Field(ge=0, le=23), whole] = Field(8, description="Of a digest.")
    weekday: Annotated[int, Field(ge=0, le=6), whole] = Field(0, description="Of a weekly digest; 0 is Monday.")
    time_zone: str = Field("UTC", min_length=1, max_length=64, description="Of the hour, such as Europe/Kyiv.")
    send_empty: bool = Field(False, description="Whether a digest is sent when nothing is new, too.")

    def schedule(self) -> Schedule:
        return Schedule(self.kind, self.hour, self.weekday, self.time_zone)


class MessageWebhookOut(Shown):
    """The webhook that messages go through."""

    id: str
    name: str = Field(description="What it is for, or the host that it is sent to.")


class ViewMessageOut(Shown):
    """Messages that a view sends."""

    id: str
    webhook: MessageWebhookOut
    kind: MessageKind
    hour: int | None = Field(description="Of a digest; null for alerts.")
    weekday: int | None = Field(description="Of a weekly digest; 0 is Monday.")
    time_zone: str | None
    send_empty: bool
    by: ReviewerOut = Field(description="Who set them up; without that account or key they end.")
    created_at: datetime
    next_at: datetime | None = Field(description="Moment of the next digest; null for alerts.")

    @classmethod
    def of(cls, message: ViewMessage) -> "ViewMessageOut":
        schedule = message.schedule
        digest = schedule.kind is not MessageKind.ALERT
        return cls(
            id=message.id,
            webhook=MessageWebhookOut(id=message.webhook_id, name=message.webhook_name),
            kind=schedule.kind,
            hour=schedule.hour if digest else None,
            weekday=schedule.weekday if schedule.kind is MessageKind.WEEKLY else None,
            time_zone=schedule.time_zone if digest else None,
            send_empty=message.send_empty,
            by=ReviewerOut.model_validate(message.by),
            created_at=message.created_at,
            next_at=message.next_at,
        )


class ViewMessageList(Shown):
    """Messages that a view sends, the oldest first."""

    items: Sequence[ViewMessageOut]
    next_cursor: str | None = None
