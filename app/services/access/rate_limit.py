"""Limiting how much a key and its organisation may ask in an hour."""

from dataclasses import dataclass

from app.domain.access.keys import Key
from app.domain.access.rate_limits import Quota, RateLimitStatus
from app.domain.core.errors import OverLimit
from app.services.access.ports import Limits
from app.services.ports import Clock


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Takes each request from the quotas of its key and its organisation. A quota of 0 is none."""

    limits: Limits
    clock: Clock
    key_per_hour: int
    organisation_per_hour: int

    def __call__(self, key: Key, cost: int = 1) -> tuple[RateLimitStatus, ...]:
        """How the quotas stand after taking `cost`; empty where there are none.

        Raises `OverLimit` where one has too little left; then nothing was taken from the other either.
        """
        quotas = self.quotas(key)
        if not quotas:
            return ()
        taken = self.limits.take(quotas, cost, self.clock())
        if not taken.granted:
            raise OverLimit(cost, taken.standings)
        return taken.standings

    def quotas(self, key: Key) -> tuple[Quota, ...]:
        """The organisation's before the key's: always in this order, so that no two requests lock each other out."""
        organisation = key.organisation
        given = (
            ("organisation", organisation.id, organisation.limit_per_hour, self.organisation_per_hour),
            ("key", key.id, key.limit_per_hour, self.key_per_hour),
        )
        return tuple(
            Quota(policy, f"{policy}:{subject}", default if own is None else own)
            for policy, subject, own, default in given
            if (default if own is None else own) > 0
        )
