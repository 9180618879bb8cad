"""Errors. Every refusal of the service is a `ProblemError` with the problem (RFC 9457) that it answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One field at fault: `pointer` into the body, or `parameter` of the address or the headers."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Problem with a request, and in `detail` what to do about it. `instance` is the request's id, for the operator."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    errors: list[FieldProblem] = field(default_factory=list)
    violated_policies: list[str] = field(default_factory=list)
    flag: Mapping[str, Any] | None = None
    """With `changed-meanwhile`: how the flag stands now, and who decided what since the version that was sent."""

    @property
    def slug(self) -> str:
        """The name under which docs/problems.md explains it."""
        return self.type.rsplit("/", 1)[-1]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        return cls(
            type=str(said.get("type", "about:blank")),
            title=str(said.get("title", "")),
            status=int(said.get("status", 0)),
            detail=str(said.get("detail", "")),
            instance=said.get("instance"),
            errors=[
                FieldProblem(detail=one["detail"], pointer=one.get("pointer"), parameter=one.get("parameter"))
                for one in said.get("errors") or ()
            ],
            violated_policies=list(said.get("violated-policies") or ()),
            flag=said.get("flag"),
        )


class RefrainError(Exception):
    """Anything that this client raises."""


class ConnectionFailed(RefrainError):
    """No answer came, however often it was asked for before the deadline; the cause is what httpx says."""


class UnexpectedAnswer(RefrainError):
    """The answer is none that a service of Refrain gives: is it at this address?"""


class InvalidSignature(RefrainError):
    """A delivery to a webhook was not signed with its secret, or too long ago."""


class ProblemError(RefrainError):
    """The service refused, or could not answer."""

    def __init__(self, problem: Problem, retry_after_s: float | None = None):
        super().__init__(f"{problem.status} {problem.slug}: {problem.detail}")
        self.problem = problem
        self.retry_after_s = retry_after_s

    @property
    def transient(self) -> bool:
        """True if the same request may well be answered in a while."""
        return self.problem.status in (408, 429, 502, 503, 504) or self.problem.slug == "still-answering"


class InvalidRequest(ProblemError):
    """A field cannot be accepted (`problem.errors` says which), or the body is no JSON or too large."""


class AccessDenied(ProblemError):
    """The key is unknown, expired or revoked, or does not have the scope."""


class NotFound(ProblemError):
    """The resource does not exist, or is another organisation's."""


class Conflict(ProblemError):
    """The request contradicts what is stored."""


class OverLimit(ProblemError):
    """A quota has too little left, and will not have more before the deadline."""


class Unavailable(ProblemError):
    """The service was not ready or too busy until the deadline."""


class ServiceFault(ProblemError):
    """Something went wrong in the service; `problem.instance` shows whoever runs it where to look."""


FAMILIES: Mapping[int, type[ProblemError]] = {
    400: InvalidRequest, 401: AccessDenied, 403: AccessDenied, 404: NotFound, 405: InvalidRequest, 408: Unavailable,
    409: Conflict, 413: InvalidRequest, 422: InvalidRequest, 429: OverLimit, 431: InvalidRequest,
    500: ServiceFault, 502: Unavailable, 503: Unavailable, 504: Unavailable,
}  # fmt: skip
"""The exception of each status that a problem type has, or a proxy on the way."""


def error_of(answer: httpx.Response) -> RefrainError:
    """The exception for an answer that is no success; its body has been read."""
    family = FAMILIES.get(answer.status_code)
    if family is None:
        return UnexpectedAnswer(f"the service answered {answer.status_code}, which is none of its answers")
    try:
        problem = Problem.of(answer.json())
    except (AttributeError, KeyError, TypeError, ValueError):
        problem = Problem(type="about:blank", title=answer.reason_phrase, status=answer.status_code, detail="")
    return family(problem, _retry_after_s(answer.headers.get("retry-after")))


def _retry_after_s(raw: str | None) -> float | None:
    """Seconds until a moment that is given as seconds or as a date (RFC 9110, 10.2.3)."""
    if raw is None:
        return None
    if raw.strip().isdigit():
        return float(raw)
    try:
        return max(0.0, (parsedate_to_datetime(raw) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
