"""Flash messages: a message's id and arguments in a cookie, shown once after a redirect."""

import base64
import json
import re
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from fastapi import Request
from starlette.responses import Response

from app.domain.core import strict_json
from app.domain.core.messages import Messages

COOKIE: Final = "refrain_notice"
Tone = Literal["good", "bad", "plain"]
_LOCAL: Final = re.compile(r"/(?![/\\])[\x21-\x7e]*")


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
    keep_notice(answer, base64.urlsafe_b64encode(json.dumps(said).encode()).decode())


def keep_notice(answer: Response, value: str) -> None:
    """Sets the cookie of a flash message to a value that `set_notice` made."""
    answer.set_cookie(COOKIE, value, max_age=60, httponly=True, samesite="lax")


def take_notice(request: Request, messages: Messages) -> Notice | None:
    """Reads the flash message of the previous page; None where the cookie holds nothing that we could have set."""
    try:
        said = strict_json.loads(base64.urlsafe_b64decode(request.cookies[COOKIE]))
        notice = Notice(str(said["m"]), dict(said["v"]), said["t"], said["u"])
        messages.format_message(notice.message, **notice.values)
    except (LookupError, ValueError, TypeError):
        return None
    return notice if notice.tone in get_args(Tone) and _is_local(notice.undo) else None


def _is_local(address: object) -> bool:
    return address is None or (isinstance(address, str) and bool(_LOCAL.fullmatch(address)))


def clear_notice(answer: Response) -> None:
    """Deletes the flash message once shown."""
    answer.delete_cookie(COOKIE)
