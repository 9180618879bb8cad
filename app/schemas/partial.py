"""Partial answers: which fields of an answer a caller wants, by their dotted paths (`matches.precedent.text`)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self, get_args

from pydantic import BaseModel

from app.domain.core.errors import InvalidInput

Include = dict[str, Any]

_SEPARATOR = ","


@dataclass(frozen=True, slots=True)
class FieldSelection:
    """Fields of a model's JSON, as pydantic's `include` takes them."""

    include: Include = field(default_factory=dict)

    @classmethod
    def of(cls, paths: str, model: type[BaseModel]) -> Self:
        """Selection of the fields with these dotted paths, between commas. A path through a list means each entry.

        Raises `InvalidInput` for a path that leads to no field of the model.
        """
        include: Include = {}
        for path in paths.split(_SEPARATOR):
            _add(include, path.strip().split("."), model, path.strip())
        return cls(include)

    def of_each(self, name: str, *others: str) -> "FieldSelection":
        """Selection of these fields of each entry of the list `name`, and of the fields beside that list."""
        return FieldSelection({name: {"__all__": self.include}, **dict.fromkeys(others, True)})

    def of_some(self, name: str, chosen: Sequence[bool]) -> "FieldSelection":
        """Selection of these fields of the chosen entries of the list `name`, and of all fields of the others."""
        return FieldSelection({name: {at: self.include if some else True for at, some in enumerate(chosen)}})

    def has(self, path: str) -> bool:
        """True where the field with this dotted path is selected, by itself or within another."""
        below: Any = self.include
        for name in path.split("."):
            below = below.get("__all__", below).get(name)
            if not isinstance(below, dict):
                return below is True
        return True


def _add(include: Include, names: list[str], model: type[BaseModel], path: str) -> None:
    first, *rest = names
    info = model.model_fields.get(first)
    if info is None:
        known = ", ".join(model.model_fields)
        raise InvalidInput.in_parameter("fields", f'has "{path[:100]}", and "{first[:100]}" is none of {known}')
    if not rest:
        include[first] = True
        return
    inner, many = _inner_model(info.annotation)
    if inner is None:
        raise InvalidInput.in_parameter("fields", f'has "{path[:100]}", but "{first}" has no fields of its own')
    if include.get(first) is True:
        return
    below = include.setdefault(first, {"__all__": {}} if many else {})
    _add(below["__all__"] if many else below, rest, inner, path)


def _inner_model(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model within an annotation, if any, and whether there may be many of it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    for argument in get_args(annotation):
        model, many = _inner_model(argument)
        if model is not None:
            return model, many or _is_list(annotation)
    return None, False


def _is_list(annotation: Any) -> bool:
    origin = getattr(annotation, "__origin__", None)
    return isinstance(origin, type) and not issubclass(origin, dict) and hasattr(origin, "__getitem__")
