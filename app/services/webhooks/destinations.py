"""Addresses that a caller names for the service to connect to, judged before they are stored."""

from app.domain.core.errors import InvalidInput
from app.domain.webhooks.ssrf import DestinationRefused
from app.services.webhooks.ports import CheckDestination


def require_allowed(url: str, check_destination: CheckDestination) -> None:
    """Raises `InvalidInput` at `/url` for an address that nothing may be sent to."""
    try:
        check_destination(url)
    except DestinationRefused as error:
        raise InvalidInput.at("/url", str(error)) from error
