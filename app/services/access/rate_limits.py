"""Rate limiting of keys and organisations, by the hour."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.keys import Key, Organisation
from app.domain.access.rate_limits import Quota, RateLimitStatus
from app.domain.core.errors import RateLimitExceeded
from app.services.access.ports import Limits
from app.services.ports import Clock


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Charges each request to the quotas of its key and its organisation. A quota of 0 means no limit."""

    limits: Limits
    clock: Clock
    key_per_hour: int
    organisation_per_hour: int

    def __call__(self, key: Key, cost: int = 1) -> tuple[RateLimitStatus, ...]:
        """Charges `cost` units, and returns the status of each quota afterwards; empty where there are none.

        Raises `RateLimitExceeded` where one has too little left; then nothing was taken from the other either.
        """
        quotas = self.quotas(key)
        if not quotas:
            return ()
        result = self.limits.take(quotas, cost, self.clock())
        if not result.granted:
            raise RateLimitExceeded(cost, result.standings)
        return result.standings

    def in_use(self, organisation: Organisation, keys: Sequence[Key]) -> tuple[RateLimitStatus, ...]:
        """Status of the quotas of an organisation and of some of its keys; those without a limit are left out.

        Raises `StoreUnavailable`.
        """
        of_all = ("organisation", organisation.id, organisation.limit_per_hour, self.organisation_per_hour)
        of_keys = [("key", key.id, key.limit_per_hour, self.key_per_hour) for key in keys]
        quotas = _quotas([of_all, *of_keys])
        return self.limits.standings(quotas, self.clock()) if quotas else ()

    def quotas(self, key: Key) -> tuple[Quota, ...]:
        """Quotas, the organisation's before the key's: a fixed order prevents deadlocks."""
        organisation = key.organisation
        given = (
            ("organisation", organisation.id, organisation.limit_per_hour, self.organisation_per_hour),
            ("key", key.id, key.limit_per_hour, self.key_per_hour),
        )
        return _quotas(given)


def _quotas(given: Sequence[tuple[str, str, int | None, int]]) -> tuple[Quota, ...]:
    """Quotas of subjects with their own limit and the default one; those without a limit are left out."""
    return tuple(
        Quota(policy, f"{policy}:{subject}", default if own is None else own)
        for policy, subject, own, default in given
        if (default if own is None else own) > 0
    )
