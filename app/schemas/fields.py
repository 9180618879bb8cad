"""Types of fields that several schemas share: how they are checked, and how OpenAPI describes them."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.domain.core.dates import HOW_TO_WRITE, InvalidDate, Period, parse_period
from app.domain.core.line_breaks import unwrapped
from app.domain.core.text import clean, unstorable, web_address
from app.domain.statements.statements import LONGEST_FIELD, LONGEST_NAME, LONGEST_TEXT
from index.text.language_detection import canonical_tag


class Strict(BaseModel):
    """A body: fields that are not ours are refused, for they are fields of ours misspelt."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def example(**fields: Any) -> ConfigDict:
    """Example of a body in OpenAPI, which can be sent as it is."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


class _NeverNull:
    """Removes null from the OpenAPI schema of a field."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler(core)
        [schema] = [variant for variant in described.pop("anyOf") if variant != {"type": "null"}]
        return {**schema, **described}


never_null = _NeverNull()
"""Annotation of a field that may be left out of a body but not be null: None says that it was not sent."""


class Patch(Strict):
    """Changes to a resource. A field that is not sent stays as it is, so that none is described with a default."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core)
        for described in handler.resolve_ref_schema(schema)["properties"].values():
            described.pop("default", None)
        return schema


class Shown(BaseModel):
    """An answer, read off a domain object."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def _text(longest: int) -> Callable[[str], str]:
    return lambda raw: clean(raw, longest)


def _statement_text(raw: str) -> str:
    return unwrapped(clean(raw, LONGEST_TEXT))


def _date(raw: Any) -> Period:
    if isinstance(raw, Period):
        return raw
    if not isinstance(raw, str):
        raise ValueError(f"must be text: {HOW_TO_WRITE}")  # noqa: TRY004 - pydantic takes no other
    try:
        return parse_period(raw)
    except InvalidDate as error:
        raise ValueError(str(error)) from error


def _language(raw: str) -> str:
    if len(raw) > _LONGEST_TAG or (code := canonical_tag(raw)) is None:
        raise ValueError("names no language: write its code, such as en or ru, or leave it out")
    return code


def _plain(raw: str) -> str:
    if fault := unstorable(raw):
        raise ValueError(fault)
    return raw


def _said(value: Any) -> Any:
    return value.text if isinstance(value, Period) else value


def _string(longest: int, example: str, description: str = "") -> WithJsonSchema:
    described = {"description": description} if description else {}
    return WithJsonSchema({"type": "string", "minLength": 1, "maxLength": longest, "examples": [example], **described})


_LONGEST_TAG = 35
_HOW_LONG = "1 to 5,000 characters after trimming. Lines that were broken at a fixed width are joined."

StatementText = Annotated[
    str,
    AfterValidator(_statement_text),
    _string(
        LONGEST_TEXT, "Militants are about to stage a chemical attack in Idlib to blame the government.", _HOW_LONG
    ),
]
Name = Annotated[str, AfterValidator(_text(LONGEST_NAME)), _string(LONGEST_NAME, "Alexander Karpov")]
Title = Annotated[str, AfterValidator(_text(LONGEST_FIELD)), _string(LONGEST_FIELD, "Warning of a staged attack")]
Prose = Annotated[str, AfterValidator(_text(LONGEST_TEXT)), _string(LONGEST_TEXT, "No attack is on record.")]
Identifier = Annotated[str, AfterValidator(_text(500)), _string(500, "desk-2021-0042")]
Address = Annotated[
    str,
    AfterValidator(lambda raw: web_address(raw, LONGEST_FIELD)),
    WithJsonSchema(
        {"type": "string", "format": "uri", "maxLength": LONGEST_FIELD, "examples": ["https://example.org/1"]}
    ),
]
LanguageTag = Annotated[
    str,
    AfterValidator(_language),
    WithJsonSchema({"type": "string", "maxLength": _LONGEST_TAG, "examples": ["en"]}),
]
"""A language by its tag, read as the code of the language alone: `RU` and `ru-RU` as `ru`."""
_DATE = WithJsonSchema(
    {
        "type": "string",
        "description": f"When: {HOW_TO_WRITE}.",
        "examples": ["2021-05-23"],
    }
)
whole = BeforeValidator(lambda raw: int(raw) if isinstance(raw, float) and raw.is_integer() else raw)
"""Accepts 5.0 as an integer, as JSON Schema does. Stands after the bounds, so that OpenAPI shows them."""
DateIn = Annotated[Period, PlainValidator(_date), _DATE]
QueryDate = Annotated[str, AfterValidator(lambda raw: _date(raw).text), _DATE]
DateOut = Annotated[str, BeforeValidator(_said)]
QueryText = Annotated[str, AfterValidator(_plain)]
