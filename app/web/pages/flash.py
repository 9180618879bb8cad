"""Flash messages: a message's id and arguments in a cookie, shown once after a redirect."""

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Final, Literal

from fastapi import Request
from starlette.responses import Response

COOKIE: Final = "refrain_notice"
Tone = Literal["good", "bad", "plain"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Flash message: a message id, its arguments, and the address whose POST undoes the action."""

    message: str
    values: dict[str, str | int] = field(default_factory=dict)
    tone: Tone = "good"
    undo: str | None = None


def set_notice(answer: Response, notice: Notice) -> None:
    """Sets the flash message for the next page."""
    said = {"m": notice.message, "v": notice.values, "t": notice.tone, "u": notice.undo}
    value = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    answer.set_cookie(COOKIE, value, max_age=60, httponly=True, samesite="lax")


def take_notice(request: Request) -> Notice | None:
    """Reads the flash message of the previous page."""
    try:
        said = json.loads(base64.urlsafe_b64decode(request.cookies[COOKIE]))
        notice = Notice(str(said["m"]), dict(said["v"]), said["t"], said["u"])
    except (KeyError, ValueError, TypeError, binascii.Error):
        return None
    return notice if notice.undo is None or notice.undo.startswith("/") else None


def clear_notice(answer: Response) -> None:
    """Deletes the flash message once shown."""
    answer.delete_cookie(COOKIE)
