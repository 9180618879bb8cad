"""Rate limits: quotas of a key and of its organisation, in units an hour."""

from dataclasses import dataclass

WINDOW_S = 3_600
"""A window opens with the first request in it and is over an hour later."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Quota of one subject, in units an hour. `policy` names it to clients: `key` or `organisation`."""

    policy: str
    subject: str
    per_hour: int


@dataclass(frozen=True, slots=True)
class RateLimitStatus:
    """Remainder of a quota, and the seconds until its window ends."""

    quota: Quota
    remaining: int
    resets_in_s: int


@dataclass(frozen=True, slots=True)
class RateLimitResult:
    """Result of charging units: taken from all quotas or from none, with the status of each afterwards."""

    granted: bool
    standings: tuple[RateLimitStatus, ...]
