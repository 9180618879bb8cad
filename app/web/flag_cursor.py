"""Cursors of lists of flags, as strings."""

import base64
import binascii

from app.domain.core.errors import InvalidInput
from app.domain.desk.flags import FlagSort
from app.services.desk.ports import FlagCursor

_NOT_OURS = "is none of ours: send the next_cursor of the page before, with the same sort"


def encode_cursor(position: FlagCursor, sort: FlagSort) -> str:
    """Encodes a cursor."""
    return base64.urlsafe_b64encode(f"{sort} {position.value!r} {position.key}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str, sort: FlagSort) -> FlagCursor:
    """Decodes a cursor of this order. Raises `InvalidInput`."""
    try:
        sorted_by, value, number = (
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(" ")
        )
        position = FlagCursor(float(value) if sort == "score" else int(value), int(number))
    except (binascii.Error, ValueError) as error:
        raise InvalidInput.in_parameter("cursor", _NOT_OURS) from error
    if sorted_by != sort or not 0 < position.key < 2**63 or not 0 <= position.value < 2**31:
        raise InvalidInput.in_parameter("cursor", _NOT_OURS)
    return position
