"""Forms of the archive, validated by the same rules as the API."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Form, Path, Request

from app.domain.core.errors import InvalidInput
from app.web.pages.form_errors import messages_at_fields

AnId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Reason = Annotated[str, Form(max_length=1_000)]
_LONGEST: Final = 6_000
"""Characters of a field that are written back into a form that was refused."""


_OWN: Final = {"narratives": "archive-wrong-narrative", "parent": "archive-wrong-parent"}
"""Messages of the page's own: these fields are chosen from lists."""


def messages(request: Request, error: InvalidInput) -> dict[str, str]:
    """Messages on the faults of a form, by field."""
    return messages_at_fields(request, error, instead=_OWN)


async def sent_fields(request: Request) -> dict[str, list[str]]:
    """The fields of a form by name, each with all of its values, trimmed."""
    form = await request.form()
    fields: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and name != "csrf":
            fields.setdefault(name, []).append(value.replace("\r\n", "\n").strip())
    return fields


def single_value(fields: Mapping[str, list[str]], name: str) -> str:
    """The value of a field, empty where it was not sent."""
    return fields.get(name, [""])[0]


def form_values(fields: Mapping[str, list[str]]) -> dict[str, str]:
    """Values that refill a form after an error."""
    return {name: values[0][:_LONGEST] for name, values in fields.items()}


def statement_values(fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """The body that the API would be sent for what a form says of a statement; empty fields are null."""
    language = single_value(fields, "language")
    source = {name: single_value(fields, f"source_{name}") or None for name in ("name", "url", "archive_url")}
    values: dict[str, Any] = {
        **{name: single_value(fields, name) or None for name in ("title", "speaker", "said_at")},
        "text": single_value(fields, "text"),
        "source": source,
        "narratives": list(dict.fromkeys(name for name in fields.get("narratives", []) if name)),
    }
    return {**values, "language": language} if language else values
