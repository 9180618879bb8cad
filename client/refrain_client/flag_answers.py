"""Answers of the service about the work on flags, beside the flags themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import parse_qsl

from refrain_client.bodies import FlagFilter, MessageKind
from refrain_client.check_answers import Reviewed, Reviewer
from refrain_client.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Note about a flag."""

    id: str
    text: str
    by: Reviewer
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Assignment of a flag to an account."""

    assigned_to: Reviewer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A list of flags with a name; `query` is as in the address of the list at the desk."""

    id: str
    name: str
    query: str
    private: bool
    by: Reviewer
    at: datetime

    @property
    def which(self) -> FlagFilter:
        """For `flags.list(**view.which)`. The desk shows open flags where nothing is said of their state."""
        said: dict[str, Any] = {"state": "open", **dict(parse_qsl(self.query))}
        if said["state"] == "any":
            del said["state"]
        return cast(FlagFilter, {name: said[name] for name in FlagFilter.__annotations__ if name in said})


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWebhook:
    """The webhook that the messages of a view go through."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewMessage:
    """Messages that a view sends; what an alert does not have is None."""

    id: str
    webhook: MessageWebhook
    kind: MessageKind
    hour: int | None
    weekday: int | None
    time_zone: str | None
    send_empty: bool
    by: Reviewer
    created_at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A flag that was left as it was, and why."""

    flag_id: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkReviewed:
    """Result of one decision about many flags; its `id` takes all of it back."""

    id: str
    done: list[Reviewed]
    refused: list[Refused]
