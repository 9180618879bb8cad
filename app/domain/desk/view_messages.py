"""Messages of saved views: an alert for each new flag that a view shows, or a digest of them at an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput

MOST_MESSAGES: Final = 20
"""Messages that the views of an organisation may have."""


class MessageKind(StrEnum):
    """Schedule of a view's messages: at once, or at an hour."""

    ALERT = "alert"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hour of a digest, 0 to 23, in a time zone; of a weekly one also the day, 0 for Monday."""

    kind: MessageKind
    hour: int = 8
    weekday: int = 0
    time_zone: str = "UTC"

    def check(self) -> None:
        """Raises `InvalidInput` for an hour, a day or a zone that there is not."""
        if not 0 <= self.hour <= 23:
            raise InvalidInput.at("/hour", "must be from 0 to 23")
        if not 0 <= self.weekday <= 6:
            raise InvalidInput.at("/weekday", "must be from 0, Monday, to 6")
        if self.time_zone not in available_timezones():
            raise InvalidInput.at("/time_zone", "is no time zone: write one such as Europe/Kyiv")

    def next_after(self, moment: datetime) -> datetime | None:
        """The moment of the next digest after this one; None for alerts, which have none."""
        if self.kind is MessageKind.ALERT:
            return None
        here = moment.astimezone(ZoneInfo(self.time_zone))
        due = here.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        if self.kind is MessageKind.WEEKLY:
            due += timedelta(days=(self.weekday - due.weekday()) % 7)
        step = timedelta(days=1 if self.kind is MessageKind.DAILY else 7)
        return due if due > here else due + step


@dataclass(frozen=True, slots=True)
class ViewMessage:
    """Message of a saved view through a webhook. `done_until`: flags of before are done with."""

    key: int
    id: str
    organisation: Organisation
    view_id: str
    view_name: str
    query: str
    webhook_id: str
    webhook_name: str
    """What the webhook is for, or the host that it is sent to."""
    schedule: Schedule
    send_empty: bool
    by: Actor
    created_at: datetime
    done_until: datetime
    next_at: datetime | None
