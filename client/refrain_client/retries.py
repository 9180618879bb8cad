"""Retries of requests that failed."""

from dataclasses import dataclass

_GROWS_BY = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """Limits of a call's retries. `deadline_s` bounds all of it, waiting included; with 0 there is one attempt.

    `Retry-After` is honoured; without it waits grow twofold from `first_wait_s` to `longest_wait_s`, each shortened by
    chance ("full jitter"), so that callers who failed together do not come again together.
    """

    deadline_s: float = 60.0
    attempt_s: float = 30.0
    first_wait_s: float = 0.5
    longest_wait_s: float = 16.0

    def wait_s(self, attempts: int, retry_after_s: float | None, jitter: float) -> float:
        """Seconds to wait after so many `attempts` (1 or more); `jitter` in [0, 1]."""
        if retry_after_s is not None:
            return retry_after_s + jitter * self.first_wait_s
        return jitter * min(self.longest_wait_s, self.first_wait_s * _GROWS_BY ** (attempts - 1))
