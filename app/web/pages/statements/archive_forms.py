"""Forms of the archive, validated by the same rules as the API."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, TypeVar

from fastapi import Form, Path, Request
from pydantic import BaseModel, ValidationError

from app.domain.core.errors import InvalidInput
from app.services.ports import Languages

T = TypeVar("T", bound=BaseModel)

AnId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Reason = Annotated[str, Form(max_length=1_000)]
_LONGEST: Final = 6_000
"""Characters of a field that are written back into a form that was refused."""


_SAID: Final = {
    "text": "archive-wrong-text",
    "title": "archive-wrong-title",
    "verdict": "archive-wrong-verdict",
    "language": "archive-wrong-language",
    "narratives": "archive-wrong-narrative",
    "parent": "archive-wrong-parent",
    **dict.fromkeys(("said_at", "published_at"), "archive-wrong-date"),
    **dict.fromkeys(("url", "outcome_url", "source_url", "source_archive_url"), "archive-wrong-address"),
}


class Refused(Exception):
    """The form cannot be accepted; `errors`: message ids by the names of the fields at fault."""

    def __init__(self, names: Iterable[str]):
        super().__init__("a field cannot be accepted")
        self.errors = {name: _SAID.get(name, "archive-wrong-other") for name in names}


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


def validated(schema: type[T], values: Mapping[str, Any]) -> T:
    """Values as a schema of the API reads them. Raises `Refused`."""
    try:
        return schema.model_validate(dict(values))
    except ValidationError as error:
        raise Refused(_name(fault["loc"]) for fault in error.errors()) from error


def refused(error: InvalidInput) -> Refused:
    """Form errors from a domain error."""
    return Refused(_name((fault.pointer or "").split("/")[1:]) for fault in error.errors)


def statement_values(fields: Mapping[str, list[str]], languages: Languages) -> dict[str, Any]:
    """The body that the API would be sent for what a form says of a statement; empty fields are null.

    Raises `Refused` for a language that there is none of.
    """
    language = single_value(fields, "language")
    canonical = languages.canonical(language) if language else None
    if language and canonical is None:
        raise Refused(["language"])
    source = {name: single_value(fields, f"source_{name}") or None for name in ("name", "url", "archive_url")}
    values: dict[str, Any] = {
        **{name: single_value(fields, name) or None for name in ("title", "speaker", "said_at")},
        "text": single_value(fields, "text"),
        "source": source,
        "narratives": list(dict.fromkeys(name for name in fields.get("narratives", []) if name)),
    }
    return {**values, "language": canonical} if canonical else values


def _name(path: Iterable[int | str]) -> str:
    """The field of a form by its path in the body: `source`, `url` is `source_url`, and what is in a list its list."""
    return "_".join(str(part) for part in path if not str(part).isdigit()) or "form"
