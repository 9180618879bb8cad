"""Values of JSON documents that others wrote, by the type that is expected of them."""

from collections.abc import Mapping
from typing import Any


def mapping(value: Any) -> Mapping[str, Any]:
    """The object; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def items(value: Any) -> list[Any]:
    """The elements of a list; none for anything else."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str | None:
    """The text, without white space around it; None for anything else and for a blank one."""
    return value.strip() or None if isinstance(value, str) else None


def texts(value: Any) -> list[str]:
    """The texts of a list."""
    return [found for one in items(value) if (found := text(one))]
