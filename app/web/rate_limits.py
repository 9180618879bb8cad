"""Rate limit headers, by draft-ietf-httpapi-ratelimit-headers-11 (structured fields, RFC 9651)."""

from collections.abc import Sequence

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from app.domain.access.keys import Key
from app.domain.access.rate_limits import WINDOW_S, RateLimitStatus
from app.domain.core.errors import RateLimitExceeded
from app.services import Services

POLICY, STANDING = "RateLimit-Policy", "RateLimit"


async def charge(request: Request, services: Services, key: Key, cost: int = 1) -> None:
    """Charges the quotas of a key, and adds their status to the response headers. Raises `RateLimitExceeded`."""
    if services.rate_limit.quotas(key):
        await run_in_threadpool(charge_in_thread, request, services, key, cost)


def charge_in_thread(request: Request, services: Services, key: Key, cost: int) -> None:
    """Charges the quotas from a synchronous route, which runs in a thread."""
    try:
        standings = services.rate_limit(key, cost)
    except RateLimitExceeded as refused:
        request.state.headers = headers_of(refused.standings)
        raise
    request.state.headers = headers_of(standings)


def headers_of(standings: Sequence[RateLimitStatus]) -> dict[str, str]:
    """The two header fields; none where there are no quotas."""
    if not standings:
        return {}
    policies = (f'"{status.quota.policy}";q={status.quota.per_hour};w={WINDOW_S}' for status in standings)
    limits = (f'"{status.quota.policy}";r={status.remaining};t={status.resets_in_s}' for status in standings)
    return {POLICY: ", ".join(policies), STANDING: ", ".join(limits)}
