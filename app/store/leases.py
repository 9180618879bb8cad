"""Leases: who holds a job or a webhook until when, by a clock that may be set back."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, or_

LONGEST: Final = timedelta(minutes=10)
"""Longer than any lease or rest is; one that seems longer was given before the clock was set back, and has ended."""


def ended(held_until: Column[datetime], now: datetime) -> Any:
    """Condition that nobody holds a row."""
    return or_(held_until.is_(None), held_until <= now, held_until > now + LONGEST)
