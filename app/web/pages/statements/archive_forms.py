"""Forms of the archive, validated by the same rules as the API."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Form, Path, Request

from app.domain.core.dates import InvalidDate, parse_period
from app.domain.core.errors import InvalidInput
from app.language.typed_dates import read_typed
from app.web.pages.dates import in_words
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import messages_of
from app.web.pages.typed_dates import is_future

AnId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Reason = Annotated[str, Form(max_length=1_000)]
_LONGEST: Final = 6_000
"""Characters of a field that are written back into a form that was refused."""


_FUTURE: Final = "future"
_NO_DATE: Final = "no date"
_OWN: Final = {"narratives": "archive-wrong-narrative", "parent": "archive-wrong-parent"}
"""Messages of the page's own: these fields are chosen from lists."""


def messages(request: Request, error: InvalidInput) -> dict[str, str]:
    """Messages on the faults of a form, by field; `said_at_future` beside `said_at` where it is asked whether the date
    really is in the future."""
    found = messages_at_fields(request, error, instead=_OWN)
    phrases = messages_of(request)
    for fault in error.errors:
        name, (kind, _, date) = (fault.pointer or "").removeprefix("/"), fault.detail.partition(":")
        if kind == _FUTURE:
            found[name] = phrases.format_message("date-future", date=in_words(parse_period(date), phrases))
            found[f"{name}_future"] = found[name]
        elif kind == _NO_DATE:
            found[name] = phrases.format_message("date-wrong")
    return found


def iso_date(fields: Mapping[str, list[str]], name: str) -> str | None:
    """The date of a field, as the schemas take it. Raises `InvalidInput` for none, and for one in the future that the
    form does not say really is there."""
    raw = single_value(fields, name)
    if not raw:
        return None
    try:
        period = read_typed(raw).period
    except InvalidDate as error:
        raise InvalidInput.at(f"/{name}", _NO_DATE) from error
    if is_future(period) and not single_value(fields, f"{name}_future"):
        raise InvalidInput.at(f"/{name}", f"{_FUTURE}:{period.text}")
    return period.text


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
        **{name: single_value(fields, name) or None for name in ("title", "speaker")},
        "said_at": iso_date(fields, "said_at"),
        "text": single_value(fields, "text"),
        "source": source,
        "narratives": list(dict.fromkeys(name for name in fields.get("narratives", []) if name)),
    }
    return {**values, "language": language} if language else values
