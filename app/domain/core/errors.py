"""Domain errors. Only `app/web/problems.py` maps them to HTTP statuses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.domain.access.rate_limits import RateLimitStatus

MOST_LISTED = 20
"""Faults that one error lists; of more it says how many there are."""
_LONGEST_POINTER = 300
_LONGEST_DETAIL = 1_000


@dataclass(frozen=True, slots=True)
class FieldError:
    """Fault of one field: a JSON pointer to it (or a parameter's name), and how to correct it."""

    pointer: str | None
    detail: str
    parameter: str | None = None

    @property
    def sentence(self) -> str:
        """Description of the fault, after the name of the field."""
        return f"{self.pointer or self.parameter or 'the body:'} {self.detail}"


def listed(errors: Iterable[FieldError]) -> tuple[FieldError, ...]:
    """The first faults, each of bounded length, and one more that says how many are left out."""
    remaining = iter(errors)
    first = [
        replace(
            error,
            pointer=_shortened(error.pointer, _LONGEST_POINTER),
            parameter=_shortened(error.parameter, _LONGEST_POINTER),
            detail=error.detail[:_LONGEST_DETAIL],
        )
        for error in islice(remaining, MOST_LISTED)
    ]
    more = sum(1 for _ in remaining)
    return (*first, FieldError("", f"has {more:,} more faults: mend these first")) if more else tuple(first)


def _shortened(name: str | None, longest: int) -> str | None:
    return name if name is None or len(name) <= longest else f"{name[: longest - 1]}…"


class RefrainError(Exception):
    """Error raised on purpose. The message is written for the author of the request."""


class InvalidInput(RefrainError):
    """Input with one or more fields that cannot be accepted. Lists the first of many faults, shortened."""

    def __init__(self, errors: Iterable[FieldError]):
        self.errors = listed(errors)
        super().__init__("; ".join(error.sentence for error in self.errors))

    @classmethod
    def at(cls, pointer: str, detail: str) -> "InvalidInput":
        return cls([FieldError(pointer, detail)])

    @classmethod
    def in_parameter(cls, name: str, detail: str) -> "InvalidInput":
        return cls([FieldError(None, detail, name)])


class NotFound(RefrainError):
    """Unknown id, or a thing that this organisation may not see."""


class Conflict(RefrainError):
    """The request contradicts what is stored."""


class StatementWithdrawn(Conflict):
    """The statement is in the archive, and was withdrawn from it."""

    def __init__(self, statement_id: str):
        super().__init__("this statement was withdrawn from the archive: restore it first")
        self.statement_id = statement_id


class EditConflict(Conflict):
    """Edit conflict: it was changed by somebody else since it was read."""


class TooLarge(RefrainError):
    """Request over a size limit."""


class IdempotencyMismatch(RefrainError):
    """Idempotency key that was used before with another body."""


class RequestInProgress(RefrainError):
    """An identical request with this idempotency key is still being answered; try again in a moment."""

    retry_after_s = 1


class RateLimitExceeded(RefrainError):
    """Exceeded quota. `standings` has the status of each."""

    def __init__(self, cost: int, standings: Sequence[RateLimitStatus]):
        short = [status for status in standings if status.remaining < cost]
        self.standings = tuple(standings)
        self.violated = tuple(status.quota.policy for status in short)
        self.retry_after_s = max(status.resets_in_s for status in short)
        least = min(short, key=lambda status: status.quota.per_hour).quota
        if cost > least.per_hour:
            advice = f"send at most {least.per_hour} at once"
        else:
            advice = f"try again in {self.retry_after_s} seconds"
        used = " and ".join(f"{status.quota.per_hour} an hour of your {status.quota.policy}" for status in short)
        super().__init__(f"this request counts as {cost}, and there are {used}: {advice}")


class NotReady(RefrainError):
    """The archive is not searchable yet; try again in `retry_after_s` seconds."""

    def __init__(self, message: str, retry_after_s: int = 5):
        super().__init__(message)
        self.retry_after_s = retry_after_s


class StoreUnavailable(RefrainError):
    """The database does not answer, or takes no changes, at the moment; try again in `retry_after_s` seconds."""

    def __init__(self, reason: str, retry_after_s: int = 2, *, gone: bool = False):
        """`reason`: what is wrong, such as "the disk is full". `gone`: it cannot be read either."""
        super().__init__(f"{reason}: try again in {retry_after_s} seconds")
        self.reason = reason
        self.retry_after_s = retry_after_s
        self.gone = gone


class IndexUnavailable(NotReady):
    """The engine of the vector index does not answer; the message says which and why."""

    def __init__(self, reason: str):
        super().__init__(f"{reason}: try again in 5 seconds")
        self.reason = reason


class EncoderUnavailable(NotReady):
    """The model of the encoder failed, or does not answer."""


class Unauthenticated(RefrainError):
    """Missing key, or one that is unknown, expired or revoked."""


class MissingScope(RefrainError):
    """Missing scope of the key."""
