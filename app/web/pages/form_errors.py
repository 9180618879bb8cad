"""Errors of forms: the sentences of the schemas in the language of the reader, at the fields that they are about."""

from collections.abc import Callable, Mapping
from typing import Final

from fastapi import Request

from app.domain.core.errors import FieldError, InvalidInput
from app.web.pages.rendering import messages_of

WHOLE: Final = "form"
"""In place of a field: the fault is the form's as a whole."""


def messages_at_fields(
    request: Request,
    error: InvalidInput,
    renamed: Mapping[str, str] | None = None,
    instead: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Messages by the names of a form's fields.

    A field is named by its path in the body: `source_url` for `/source/url`, and a list for what is in it. `renamed`:
    fields that the form calls otherwise; `instead`: ids of messages of the page's own, by field.
    """
    phrases = messages_of(request)
    say = phrases.format_message
    found: dict[str, str] = {}
    for fault in error.errors:
        name = _field(fault)
        name = (renamed or {}).get(name, name)
        own = (instead or {}).get(name)
        found.setdefault(name, say(own) if own else _sentence(say, name, phrases.reason(fault.detail)))
    return found


def _sentence(say: Callable[..., str], name: str, detail: str) -> str:
    return say("form-fault-whole" if name == WHOLE else "form-fault", detail=detail)


def _field(fault: FieldError) -> str:
    parts = (part for part in (fault.pointer or "").split("/")[1:] if not part.isdigit())
    return "_".join(parts) or WHOLE
