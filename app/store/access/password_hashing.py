"""Password hashing with Argon2id, which takes memory and time to guess against."""

from functools import cached_property
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

NO_PASSWORD = "none"  # noqa: S105 - stored in place of a hash, it matches no password
"""Stored in place of a hash: of an account that signs in elsewhere, or that was erased."""

_AT_ONCE = BoundedSemaphore(2)
"""Bound on concurrent hashes: each takes 46 MiB and a core."""


class Argon2Passwords:
    """Argon2id, with the strongest memory setting that OWASP lists for it."""

    def __init__(self, memory_kib: int = 47_104, rounds: int = 1):
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)

    def hash(self, password: str) -> str:
        with _AT_ONCE:
            return self._hasher.hash(_bytes(password))

    def verify(self, password_hash: str | None, password: str) -> bool:
        known = password_hash if password_hash and password_hash != NO_PASSWORD else None
        with _AT_ONCE:
            try:
                return self._hasher.verify(known or self._dummy_hash, _bytes(password)) and bool(known)
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, password_hash: str) -> bool:
        return self._hasher.check_needs_rehash(password_hash)

    @cached_property
    def _dummy_hash(self) -> str:
        return self._hasher.hash("nobody has this password")


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
