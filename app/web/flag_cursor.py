"""Places in a list of flags as addresses carry them."""

import base64
import binascii

from app.domain.core.errors import InvalidInput
from app.domain.desk.flags import FlagSort
from app.services.desk.ports import FlagCursor

_NOT_OURS = "is none of ours: send the next_cursor of the page before, with the same sort"


def cursor_of(place: FlagCursor, sort: FlagSort) -> str:
    """The cursor that leads on from a place."""
    return base64.urlsafe_b64encode(f"{sort} {place.value!r} {place.key}".encode()).decode().rstrip("=")


def cursor_from(cursor: str, sort: FlagSort) -> FlagCursor:
    """The place that a cursor of this order says. Raises `InvalidInput`."""
    try:
        sorted_by, value, number = (
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(" ")
        )
        place = FlagCursor(float(value) if sort == "score" else int(value), int(number))
    except (binascii.Error, ValueError) as error:
        raise InvalidInput.in_parameter("cursor", _NOT_OURS) from error
    if sorted_by != sort or not 0 < place.key < 2**63 or not 0 <= place.value < 2**31:
        raise InvalidInput.in_parameter("cursor", _NOT_OURS)
    return place
