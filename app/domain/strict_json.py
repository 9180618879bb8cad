"""JSON as RFC 8259 has it: UTF-8, no NaN, no Infinity, no number that Python gives up on."""

import json
from typing import Any, NoReturn


class NotJson(ValueError):
    """The bytes are not such JSON; the message says where."""


def loads(raw: bytes) -> Any:
    """The value that the bytes hold. Raises `NotJson`."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise NotJson(f"is not UTF-8 (byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise NotJson(f"is not JSON: {error.msg} (character {error.pos + 1})") from error
    except RecursionError as error:
        raise NotJson("is not JSON that can be read: it is nested too deeply") from error
    except ValueError as error:
        raise NotJson(f"is not JSON: {error}") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")
