"""Flags as the API answers them."""

from app.domain.desk.flags import Flag
from app.schemas.checks import CheckOut
from app.schemas.flags import FlagOut


def flag_answer(flag: Flag, base_url: str) -> FlagOut:
    """A flag as `GET /v1/flags/{id}` answers it."""
    address = f"{base_url}/checks/{flag.check.id}"
    return FlagOut.of(CheckOut.model_validate(flag.check).model_copy(update={"html_url": address}), flag)
