"""Fair shares of a process's sending threads: no organisation, and no receiver that fails, holds all of them."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.domain.webhooks.webhooks import Webhook

SENDERS = 8
"""Number of webhooks that one process delivers to at once."""

_OF_AN_ORGANISATION = 2
_OF_FAILING = 4
"""Webhooks whose last attempt failed: each may hold its thread for a whole timeout."""


@dataclass(slots=True)
class SenderShares:
    """Counts of the webhooks in hand, by organisation and among those that fail. Safe to use from several threads."""

    of_an_organisation: int = _OF_AN_ORGANISATION
    of_failing: int = _OF_FAILING
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _by_organisation: Counter[int] = field(default_factory=Counter)
    _failing: int = 0

    @contextmanager
    def place_for(self, webhook: Webhook) -> Iterator[bool]:
        """True where a webhook may be delivered to now; then it holds its place until the block ends."""
        organisation, failing = webhook.organisation.key, webhook.failures > 0
        with self._lock:
            admitted = self._by_organisation[organisation] < self.of_an_organisation and not (
                failing and self._failing >= self.of_failing
            )
            if admitted:
                self._by_organisation[organisation] += 1
                self._failing += failing
        try:
            yield admitted
        finally:
            if admitted:
                with self._lock:
                    self._by_organisation[organisation] -= 1
                    self._failing -= failing
