"""Cursors of lists of flags, as strings."""

import base64
import binascii

from app.domain.core.errors import InvalidInput
from app.domain.core.text import unstorable
from app.domain.desk.flags import FlagSort
from app.services.desk.ports import FlagCursor

_LONGEST = 65
_NOT_OURS = "is none of ours: send the next_cursor of the page before, with the same sort"


def encode_cursor(position: FlagCursor, sort: FlagSort) -> str:
    """Encodes a cursor."""
    value = position.value if isinstance(position.value, str) else repr(position.value)
    return base64.urlsafe_b64encode(f"{sort} {value} {position.key}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str, sort: FlagSort) -> FlagCursor:
    """Decodes a cursor of this order. Raises `InvalidInput`."""
    try:
        head, number = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().rsplit(" ", 1)
        sorted_by, value = head.split(" ", 1)
        position = FlagCursor(_value(value, sort), int(number))
    except (binascii.Error, ValueError) as error:
        raise InvalidInput.in_parameter("cursor", _NOT_OURS) from error
    if sorted_by != sort or not 0 < position.key < 2**63:
        raise InvalidInput.in_parameter("cursor", _NOT_OURS)
    return position


def _value(raw: str, sort: FlagSort) -> float | str:
    """Raises `ValueError`."""
    if sort in ("speaker", "speaker_down", "narrative", "narrative_down"):
        if unstorable(raw) or len(raw) > _LONGEST:
            raise ValueError
        return raw
    value = float(raw) if sort in ("score", "score_up") else int(raw)
    if not 0 <= value < 2**31:
        raise ValueError
    return value
