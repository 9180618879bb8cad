"""Bulk checks: one request a line, as `POST /v1/checks` takes it."""

from app.domain.checks.checks import CheckRequest
from app.domain.core.strict_json import loads
from app.schemas.checks import CheckIn
from app.schemas.faults import validated


def read_check(raw: bytes) -> CheckRequest:
    """The request on a line. Raises `NotJson`, `InvalidInput`."""
    return validated(CheckIn, loads(raw)).request()
