"""Strict JSON parsing (RFC 8259): UTF-8, no NaN, no Infinity, no number that Python gives up on."""

import json
import math
from typing import Any, NoReturn

_DEEPEST = 100
"""Bound on nesting: beyond what a person writes, and far below Python's own limit."""


class NotJson(ValueError):
    """The bytes are not such JSON; the message says where."""


def loads(raw: bytes) -> Any:
    """The value that the bytes hold. Raises `NotJson`."""
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise NotJson(f"is not UTF-8 (byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise NotJson(f"is not JSON: {error.msg} (character {error.pos + 1})") from error
    except RecursionError as error:
        raise NotJson("is not JSON that can be read: it is nested too deeply") from error
    except ValueError as error:
        raise NotJson(f"is not JSON: {error}") from error
    if _too_deep(value):
        raise NotJson("is not JSON that can be read: it is nested too deeply")
    return value


def _too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST + 1):
        level = [
            inner
            for value in level
            if isinstance(value, (list, dict))
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _finite(raw: str) -> float:
    number = float(raw)
    if math.isinf(number):
        raise ValueError(f"{raw[:20]} is too large a number")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")
