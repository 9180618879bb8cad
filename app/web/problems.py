"""Error table: the one mapping from domain errors to HTTP, as RFC 9457 `application/problem+json`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import Response
from starlette.routing import Match, Mount
from starlette.types import Receive, Scope, Send

from app.domain.access.accounts import (
    CsrfMismatch,
    PasswordChangeRequired,
    RoleMissing,
    SignInRefused,
    SignInRequired,
    TooManyAttempts,
)
from app.domain.access.contributors import NotContributor
from app.domain.access.second_factor import CodeRefused, SecondFactorRequired
from app.domain.core.errors import (
    Conflict,
    EditConflict,
    EncoderUnavailable,
    FieldError,
    IdempotencyMismatch,
    IndexUnavailable,
    InvalidInput,
    MissingScope,
    NotFound,
    NotReady,
    RateLimitExceeded,
    RefrainError,
    RequestInProgress,
    StatementWithdrawn,
    StoreUnavailable,
    TooLarge,
    Unauthenticated,
    listed,
)
from app.domain.desk.flags import FlagConflict
from app.schemas.faults import fault_of
from app.schemas.problems import DecisionMeanwhile, FieldProblem, FlagMeanwhile, Problem
from index.processor_budget import ProcessorBudgetExceeded

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """Problem type: its slug ends its `type` URI and is a heading of docs/problems.md."""

    slug: str
    status: int
    title: str

    def problem(self, detail: str, errors: Sequence["FieldProblem"] | None = None) -> "Problem":
        """Problem of this type."""
        where = (FieldError(field.pointer, field.detail, field.parameter).sentence for field in errors or ())
        return Problem(
            type=f"/problems/{self.slug}",
            title=self.title,
            status=self.status,
            detail=detail or "; ".join(where),
            errors=list(errors) if errors else None,
        )


NOT_JSON = ProblemType("not-json", 400, "The body is not JSON")
UNAUTHENTICATED = ProblemType("unauthenticated", 401, "A valid key is needed")
MISSING_SCOPE = ProblemType("missing-scope", 403, "The key does not reach this")
NOT_ALLOWED = ProblemType("not-allowed", 403, "The account does not reach this")
NOT_CONTRIBUTOR = ProblemType("not-contributor", 403, "Another organisation brought this")
NOT_FOUND = ProblemType("not-found", 404, "There is no such thing")
METHOD_NOT_ALLOWED = ProblemType("method-not-allowed", 405, "This address does not take that method")
CONFLICT = ProblemType("conflict", 409, "It contradicts what is stored")
CHANGED_MEANWHILE = ProblemType("changed-meanwhile", 409, "Somebody else decided meanwhile")
TOO_LARGE = ProblemType("too-large", 413, "The body is too large")
INVALID = ProblemType("invalid", 422, "A field cannot be accepted")
IDEMPOTENCY_MISMATCH = ProblemType("idempotency-mismatch", 422, "The idempotency key was used before")
STILL_ANSWERING = ProblemType("still-answering", 409, "The same request is being answered")
SLOW_BODY = ProblemType("slow-body", 408, "The body did not arrive in time")
BAD_HOST = ProblemType("bad-host", 400, "The request names no host")
TOO_LARGE_HEAD = ProblemType("too-large-head", 431, "The head of the request is too large")
TOO_COSTLY = ProblemType("too-costly", 422, "It takes too much work")
OVER_LIMIT = ProblemType("over-limit", 429, "A quota has too little left")
DATABASE_UNAVAILABLE = ProblemType("database-unavailable", 503, "The database does not answer, or takes no changes")
TOO_MANY_AT_ONCE = ProblemType("too-many-at-once", 429, "Too many of your requests at once")
INTERNAL = ProblemType("internal", 500, "Something went wrong here")
NOT_READY = ProblemType("not-ready", 503, "The archive cannot be searched yet")
OVERLOADED = ProblemType("overloaded", 503, "Too many requests at once")
TOO_SLOW = ProblemType("too-slow", 503, "The answer takes too long")

ALL = (
    NOT_JSON, UNAUTHENTICATED, MISSING_SCOPE, NOT_ALLOWED, NOT_CONTRIBUTOR, NOT_FOUND, METHOD_NOT_ALLOWED, CONFLICT,
    CHANGED_MEANWHILE, TOO_LARGE, INVALID, IDEMPOTENCY_MISMATCH, STILL_ANSWERING, SLOW_BODY, OVER_LIMIT, INTERNAL,
    NOT_READY, OVERLOADED, TOO_SLOW, DATABASE_UNAVAILABLE, BAD_HOST, TOO_COSTLY, TOO_MANY_AT_ONCE, TOO_LARGE_HEAD,
)  # fmt: skip

_BY_ERROR: Mapping[type[RefrainError], ProblemType] = {
    FlagConflict: CHANGED_MEANWHILE,
    Conflict: CONFLICT,
    EditConflict: CONFLICT,
    CsrfMismatch: NOT_ALLOWED,
    EncoderUnavailable: NOT_READY,
    IdempotencyMismatch: IDEMPOTENCY_MISMATCH,
    IndexUnavailable: NOT_READY,
    InvalidInput: INVALID,
    MissingScope: MISSING_SCOPE,
    NotContributor: NOT_CONTRIBUTOR,
    NotFound: NOT_FOUND,
    NotReady: NOT_READY,
    RateLimitExceeded: OVER_LIMIT,
    PasswordChangeRequired: NOT_ALLOWED,
    SecondFactorRequired: NOT_ALLOWED,
    CodeRefused: UNAUTHENTICATED,
    RoleMissing: NOT_ALLOWED,
    SignInRequired: UNAUTHENTICATED,
    StoreUnavailable: DATABASE_UNAVAILABLE,
    SignInRefused: UNAUTHENTICATED,
    TooManyAttempts: OVER_LIMIT,
    RequestInProgress: STILL_ANSWERING,
    TooLarge: TOO_LARGE,
    Unauthenticated: UNAUTHENTICATED,
}
_BY_STATUS = {kind.status: kind for kind in reversed(ALL)}


class MalformedBody(HTTPException):
    """The body is not UTF-8 or not JSON."""

    def __init__(self, detail: str):
        super().__init__(NOT_JSON.status, detail)


class UnstorableBody(HTTPException):
    """The body has strings that cannot be stored."""

    def __init__(self, errors: Iterable[FieldError]):
        super().__init__(INVALID.status, "some strings cannot be stored")
        self.errors = listed(errors)


def problem_of(error: Exception) -> Problem:
    """Problem for an error, addressed to the author of the request."""
    match error:
        case InvalidInput() | UnstorableBody():
            return INVALID.problem("", [_field(fault) for fault in error.errors])
        case RequestValidationError():
            return INVALID.problem("", [_field(fault) for fault in listed(map(_located, error.errors()))])
        case ProcessorBudgetExceeded():
            advice = "cut it into shorter parts, or send fewer at once"
            return TOO_COSTLY.problem(f"this takes more than {error.seconds:g} seconds of processor time: {advice}")
        case FlagConflict():
            return CHANGED_MEANWHILE.problem(str(error)).model_copy(update={"flag": _flag_changes(error)})
        case StatementWithdrawn():
            restoring = f"PATCH /v1/statements/{error.statement_id} with " + '{"withdrawn": false}'
            return CONFLICT.problem(f"this statement was withdrawn from the archive: {restoring} restores it")
        case RateLimitExceeded():
            said = OVER_LIMIT.problem(str(error))
            return said.model_copy(update={"violated_policies": list(error.violated)})
        case RefrainError():
            kind = next((_BY_ERROR[one] for one in type(error).__mro__ if one in _BY_ERROR), None)
            return kind.problem(str(error)) if kind else problem_of(Exception())
        case StarletteHTTPException():
            kind = _BY_STATUS.get(error.status_code, INTERNAL)
            return kind.problem(_EXPLAINED.get(kind.slug) or str(error.detail))
        case _:
            return INTERNAL.problem("the error has been logged; quote X-Request-Id to whoever runs this service")


def respond(problem: Problem, request_id: str | None, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """HTTP response for a problem."""
    numbered = problem.model_copy(update={"instance": request_id})
    content = numbered.model_dump(mode="json", exclude_none=True, by_alias=True)
    return JSONResponse(content, problem.status, dict(headers or {}), MEDIA_TYPE)


AsPage = Callable[[Request, Problem, Exception | None], Response | None]
"""Renders a problem as a page where a person asked."""


def install(app: FastAPI, as_page: AsPage) -> None:
    """Registers the error handlers of `app`."""
    app.state.as_page = as_page

    async def handle(request: Request, error: Exception) -> Response:
        problem, headers = problem_of(error), error_headers(request, error)
        if page := as_page(request, problem, error):
            page.headers.update(headers)
            return page
        return respond(problem, getattr(request.state, "request_id", None), headers)

    for kind in (RefrainError, StarletteHTTPException, RequestValidationError, ProcessorBudgetExceeded):
        app.add_exception_handler(kind, handle)


async def answer(
    problem: Problem,
    scope: Scope,
    receive: Receive,
    send: Send,
    headers: Mapping[str, str] | None = None,
    error: Exception | None = None,
) -> None:
    """Answers with a problem from a middleware: as a page where a person asked."""
    page = scope["app"].state.as_page(Request(scope), problem, error) if scope["type"] == "http" else None
    if page:
        page.headers.update(headers or {})
    await (page or respond(problem, scope.get("state", {}).get("request_id"), headers))(scope, receive, send)


def error_headers(request: Request, error: Exception) -> dict[str, str]:
    """Headers that the answer to an error has: when to try again, what would have been allowed."""
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, NotReady | RateLimitExceeded | RequestInProgress | StoreUnavailable):
        return {"Retry-After": str(error.retry_after_s)}
    if isinstance(error, StarletteHTTPException) and error.status_code == METHOD_NOT_ALLOWED.status:
        return {"Allow": ", ".join(_methods_of(request) or ["GET"])}
    if isinstance(error, StarletteHTTPException) and error.headers:
        return dict(error.headers)
    return {}


def _methods_of(request: Request) -> list[str]:
    """Methods of an address: each method is a route of its own, and Starlette names those of the first."""
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    return [
        method
        for method in ("DELETE", "GET", "PATCH", "POST", "PUT")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]


_EXPLAINED = {
    "not-found": "there is nothing at this address: /docs lists what there is",
    "method-not-allowed": "this address takes other methods: /docs lists them",
}


def _flag_changes(error: FlagConflict) -> FlagMeanwhile:
    decisions = [
        DecisionMeanwhile(
            review=review.id,
            match_id=review.match_id,
            decision="undone" if review.undone_by else review.verdict,
            reason=review.reason,
            by=(review.undone_by or review.by).name,
            at=review.undone_at or review.at,
        )
        for review in error.changes_since
    ]
    return FlagMeanwhile(version=error.flag.version, state=error.flag.state, decisions=decisions)


def _field(error: FieldError) -> FieldProblem:
    return FieldProblem(pointer=error.pointer, parameter=error.parameter, detail=error.detail)


def _located(fault: Mapping[str, Any]) -> FieldError:
    """Field error for a pydantic error of a request, whose `loc` begins with body, path, query or header."""
    where, *path = fault["loc"] or ("body",)
    if where == "body":
        return fault_of({**fault, "loc": tuple(path)})
    return FieldError(None, fault_of(fault).detail, str(path[0]) if path else str(where))
