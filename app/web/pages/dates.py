"""Dates in words: as precise as they are known, and moments in UTC until the reader's browser knows better."""

from datetime import UTC, date, datetime

from app.domain.core.dates import Period, instant, parse_period
from app.domain.core.messages import Messages


def in_words(when: Period | datetime | date, phrases: Messages) -> str:
    """Date in words: "2021", "April 2021", "24 April 2021" or, of a moment, "24 April 2021, 10:00 UTC"."""
    if isinstance(when, datetime):
        when = instant(when)
    if isinstance(when, date):
        when = parse_period(when.isoformat())
    if when.precision != "instant":
        return phrases.format_message("desk-date", when=when)
    return phrases.format_message("desk-moment", when=when, time=f"{_begins(when):%H:%M}")


def iso(when: Period | datetime | date) -> str:
    """ISO 8601 value for the attribute `datetime` of `<time>`."""
    if isinstance(when, Period):
        return iso(_begins(when)) if when.precision == "instant" else when.text
    if isinstance(when, datetime):
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return when.isoformat()


def _begins(said: Period) -> datetime:
    return datetime.fromtimestamp(said.begins / 1_000_000, UTC)
