"""Everything that can be wrong in domain words. Only `app/web/problems.py` knows which HTTP status each one gets."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: a JSON pointer to it (or a parameter's name), and what to do about it."""

    pointer: str | None
    detail: str
    parameter: str | None = None


class RefrainError(Exception):
    """Anything raised on purpose. The message is written for whoever made the request."""


class InvalidInput(RefrainError):
    """One or more fields cannot be accepted."""

    def __init__(self, errors: Sequence[FieldError]):
        super().__init__("; ".join(f"{one.pointer or one.parameter or 'the whole'}: {one.detail}" for one in errors))
        self.errors = tuple(errors)

    @classmethod
    def at(cls, pointer: str, detail: str) -> "InvalidInput":
        return cls([FieldError(pointer, detail)])

    @classmethod
    def in_parameter(cls, name: str, detail: str) -> "InvalidInput":
        return cls([FieldError(None, detail, name)])


class NotFound(RefrainError):
    """There is no such thing, or this organisation may not see it."""


class Conflict(RefrainError):
    """The request contradicts what is stored."""


class IdempotencyMismatch(RefrainError):
    """An idempotency key came back with another body."""


class NotReady(RefrainError):
    """The archive cannot be searched yet; try again in `retry_after_s` seconds."""

    def __init__(self, message: str, retry_after_s: int = 5):
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unauthenticated(RefrainError):
    """No key, or one that is unknown, expired or revoked."""


class MissingScope(RefrainError):
    """The key does not reach this."""
