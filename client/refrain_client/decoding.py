"""JSON to the dataclasses of the answers. Fields that they do not have are passed over: newer services have more."""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from refrain_client.errors import Problem, UnexpectedAnswer

T = TypeVar("T")


def decode(kind: type[T], value: Any) -> T:
    """The value as a `kind`. Raises `UnexpectedAnswer` for one that is none."""
    try:
        decoded: T = _decode(kind, value)
    except (KeyError, TypeError, ValueError) as error:
        raise UnexpectedAnswer(f"the service answered with what is no {kind.__name__}: {error}") from error
    return decoded


def _decode(kind: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        [kind] = [one for one in arguments if one is not types.NoneType]
        return None if value is None else _decode(kind, value)
    if origin is list:
        return [_decode(arguments[0], one) for one in value]
    if origin is tuple:
        return tuple(_decode(argument, one) for argument, one in zip(arguments, value, strict=True))
    if origin is dict:
        return {name: _decode(arguments[1], one) for name, one in value.items()}
    if kind is Problem:
        return Problem.of(value)
    if is_dataclass(kind):
        return _as_dataclass(kind, value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    return value


def _as_dataclass(kind: Any, value: Mapping[str, Any]) -> Any:
    given = {}
    for name, annotation, required in _fields_of(kind):
        if name in value:
            given[name] = _decode(annotation, value[name])
        elif required:
            raise KeyError(f"{kind.__name__} without {name}")
    return kind(**given)


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    hints = typing.get_type_hints(kind)
    return tuple(
        (one.name, hints[one.name], one.default is MISSING and one.default_factory is MISSING) for one in fields(kind)
    )
