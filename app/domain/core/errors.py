"""Everything that can be wrong in domain words. Only `app/web/problems.py` knows which HTTP status each one gets."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.rate_limits import RateLimitStatus


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: a JSON pointer to it (or a parameter's name), and what to do about it."""

    pointer: str | None
    detail: str
    parameter: str | None = None

    @property
    def sentence(self) -> str:
        """What is wrong, after the name of the field."""
        return f"{self.pointer or self.parameter or 'the body:'} {self.detail}"


class RefrainError(Exception):
    """Anything raised on purpose. The message is written for whoever made the request."""


class InvalidInput(RefrainError):
    """One or more fields cannot be accepted."""

    def __init__(self, errors: Sequence[FieldError]):
        super().__init__("; ".join(error.sentence for error in errors))
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


class StatementWithdrawn(Conflict):
    """The statement is in the archive, and was withdrawn from it."""

    def __init__(self, statement_id: str):
        super().__init__("this statement was withdrawn from the archive: restore it first")
        self.statement_id = statement_id


class EditedMeanwhile(Conflict):
    """Somebody else changed it since the one who changes it looked."""


class TooLarge(RefrainError):
    """More was sent than is taken at once."""


class IdempotencyMismatch(RefrainError):
    """An idempotency key came back with another body."""


class StillAnswering(RefrainError):
    """The same request is being answered right now; try again in a moment."""

    retry_after_s = 1


class OverLimit(RefrainError):
    """A quota has too little left. `standings` says how each of them stands."""

    def __init__(self, cost: int, standings: Sequence[RateLimitStatus]):
        short = [one for one in standings if one.remaining < cost]
        self.standings = tuple(standings)
        self.violated = tuple(one.quota.policy for one in short)
        self.retry_after_s = max(one.resets_in_s for one in short)
        least = min(short, key=lambda one: one.quota.per_hour).quota
        if cost > least.per_hour:
            advice = f"send at most {least.per_hour} at once"
        else:
            advice = f"try again in {self.retry_after_s} seconds"
        used = " and ".join(f"{one.quota.per_hour} an hour of your {one.quota.policy}" for one in short)
        super().__init__(f"this request counts as {cost}, and there are {used}: {advice}")


class NotReady(RefrainError):
    """The archive cannot be searched yet; try again in `retry_after_s` seconds."""

    def __init__(self, message: str, retry_after_s: int = 5):
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unauthenticated(RefrainError):
    """No key, or one that is unknown, expired or revoked."""


class MissingScope(RefrainError):
    """The key does not reach this."""
