"""Strict JSON parsing (RFC 8259): UTF-8, no NaN, no Infinity, no number that Python gives up on."""

import json
import math
import re
from typing import Any, NoReturn

DEEPEST = 64
"""Bound on nesting: beyond what a person writes, and far below Python's own limit."""
MOST_ITEMS = 50_000
"""Bound on the values of one document: beyond a batch of a hundred checks or reviews."""

_TOKENS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
"""A string, to its end or that of the bytes, or a sign of structure."""


class NotJson(ValueError):
    """The bytes are not such JSON; the message says where."""


def loads(raw: bytes, most_items: int | None = MOST_ITEMS) -> Any:
    """The value that the bytes hold. Raises `NotJson`, for too many values or levels before anything is parsed."""
    _require_bounds(raw, most_items)
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise NotJson(f"is not UTF-8 (byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise NotJson(f"is not JSON: {error.msg} (character {error.pos + 1})") from error
    except ValueError as error:
        raise NotJson(f"is not JSON: {error}") from error


def _require_bounds(raw: bytes, most_items: int | None) -> None:
    """Reads over the bytes and builds nothing. Raises `NotJson` past the bounds, as soon as they are passed."""
    openings = raw.count(b"[") + raw.count(b"{")
    if openings <= DEEPEST and (most_items is None or openings + raw.count(b",") <= most_items):
        return
    depth = items = 0
    for number, token in enumerate(_TOKENS.finditer(raw)):
        sign = token[0]
        if sign in (b"[", b"{"):
            depth += 1
            items += 1
        elif sign in (b"]", b"}"):
            depth -= 1
        elif sign == b",":
            items += 1
        if depth > DEEPEST:
            raise NotJson(f"is not JSON that can be read: it is nested too deeply, over {DEEPEST} levels")
        if most_items is not None and items > most_items:
            raise NotJson(f"is too much to be read at once: it has over {most_items:,} values")
        if depth < 0 or number > 4 * (items + 1):
            return  # more ends than beginnings, or more strings than places for them: the parser says where


def _finite(raw: str) -> float:
    number = float(raw)
    if math.isinf(number):
        raise ValueError(f"{raw[:20]} is too large a number")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")
