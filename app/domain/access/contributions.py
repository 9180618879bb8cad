"""Contributions of an organisation to the shared archive: how many there are, and their withdrawal as a whole."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.access.keys import Organisation


@dataclass(frozen=True, slots=True)
class Contributions:
    """Numbers of what an organisation contributed to the shared archive, without what is withdrawn."""

    statements: int = 0
    findings: int = 0
    counter_examples: int = 0
    last_day: int = 0
    """Of all these, those of the last 24 hours."""


@dataclass(frozen=True, slots=True)
class WithdrawnCounts:
    """Numbers of what was withdrawn or restored. `links`: of statements to narratives that the organisation brought."""

    statements: int = 0
    findings: int = 0
    counter_examples: int = 0
    links: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Withdrawal of what an organisation contributed since a moment (None: ever). `at` marks everything that it took
    along, and restoring it brings that back."""

    id: str
    organisation: Organisation
    at: datetime
    since: datetime | None
    reason: str | None
    by_name: str | None
    """Name of the key that withdrew; None: the command line."""
    restored_at: datetime | None = None
