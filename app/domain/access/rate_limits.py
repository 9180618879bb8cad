"""How much a key and its organisation may use in an hour."""

from dataclasses import dataclass

WINDOW_S = 3_600
"""A window opens with the first request in it and is over an hour later."""


@dataclass(frozen=True, slots=True)
class Quota:
    """So many units an hour for one subject. `policy` names it to clients: `key` or `organisation`."""

    policy: str
    subject: str
    per_hour: int


@dataclass(frozen=True, slots=True)
class RateLimitStatus:
    """What is left of a quota, and in how many seconds its window is over."""

    quota: Quota
    remaining: int
    resets_in_s: int


@dataclass(frozen=True, slots=True)
class RateLimitResult:
    """Whether units were taken, from all quotas or from none, and how these stand now."""

    granted: bool
    standings: tuple[RateLimitStatus, ...]
