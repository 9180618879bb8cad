"""Faults of a value, in the words of whoever sent it: a JSON pointer to each field, and what to do about it.

Every door says the same sentence for the same fault: the API, bulk lines, imports, forms and the command line.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.domain.core.errors import FieldError, InvalidInput
from app.domain.core.text import unstorable

Schema = TypeVar("Schema", bound=BaseModel)


def validated(schema: type[Schema], value: Any) -> Schema:
    """The value as the schema reads it. Raises `InvalidInput`."""
    if next(unstorable_strings(value), None):
        raise InvalidInput(unstorable_strings(value))
    try:
        return schema.model_validate(value)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        raise InvalidInput(fault_of(fault) for fault in faults) from error


def unstorable_strings(value: Any, pointer: str = "") -> Iterator[FieldError]:
    """Strings anywhere in a JSON value that a database cannot hold."""
    if isinstance(value, str):
        if fault := unstorable(value):
            yield FieldError(pointer, fault)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if fault := unstorable(name):
                yield FieldError(pointer, f"has a field name that {fault}")
            else:
                yield from unstorable_strings(inner, f"{pointer}/{_escaped(name)}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from unstorable_strings(inner, f"{pointer}/{number}")


def fault_of(fault: Mapping[str, Any]) -> FieldError:
    """An error of pydantic in our words: what to do, never a repetition of what was sent."""
    detail = _SAID.get(fault["type"]) or str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] in _WITH_LIMIT:
        detail = _WITH_LIMIT[fault["type"]].format(**fault.get("ctx", {}))
    return FieldError(pointer_to(fault["loc"]), detail)


def pointer_to(path: Sequence[object]) -> str:
    """The JSON pointer (RFC 6901) of a path of names and numbers."""
    return "".join(f"/{_escaped(part)}" for part in path)


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


_SAID = {
    "extra_forbidden": "is not a field here: check its spelling, or leave it out",
    "missing": "is missing: it has to be there",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "list_type": "must be a list",
    "model_attributes_type": "must be a JSON object",
    "model_type": "must be a JSON object",
    "dict_type": "must be a JSON object",
}
_WITH_LIMIT = {
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "too_short": "needs at least {min_length} entries",
    "too_long": "may have at most {max_length} entries",
    "string_too_long": "may have at most {max_length} characters",
    "string_too_short": "needs at least {min_length} characters",
    "literal_error": "must be one of {expected}",
    "enum": "must be one of {expected}",
}
