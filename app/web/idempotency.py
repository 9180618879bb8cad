"""`Idempotency-Key`: a repeated POST gets the first answer, on every route of the API.

`begin` is asked once the key is known to reach the route, so that nobody gets an answer that it could not have asked
for; the route then keeps what was answered, or gives the claim back where the request failed.
"""

import asyncio
import json
import re
from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from app.domain.access.keys import Organisation
from app.domain.core.errors import Conflict, InvalidInput, RequestInProgress
from app.services import Services
from app.services.access.idempotency import Claim, current_claim
from app.services.access.ports import StoredResponse
from app.web.accept_language import CONTENT_LANGUAGE

HEADER = "Idempotency-Key"
LONGEST = 200
REPLAYED = "Idempotency-Replayed"

_KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST}}}")
_WAIT_S = 5.0
_LOOK_EVERY_S = 0.05
_MOST_KEPT_BYTES = 16 * 1024 * 1024


class RecordedResponse(Exception):
    """Replay of the stored answer."""

    def __init__(self, answer: StoredResponse):
        super().__init__()
        self.answer = answer


class IdempotentRoute(APIRoute):
    """Stores the answer to a claimed request, but for one marked `no-store`, which holds a secret, and one with texts
    that are not to be recorded."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        if "POST" not in (self.methods or ()):
            return handler

        async def once(request: Request) -> Response:
            services: Services = request.app.state.services
            response = None
            try:
                response = await handler(request)
            except RecordedResponse as before:
                return _replayed(before.answer)
            finally:
                claim: Claim | None = getattr(request.state, "claim", None)
                if claim:
                    answer = _storable(response, holds_drafts=getattr(request.state, "holds_drafts", False))
                    await run_in_threadpool(services.idempotency.settle, claim, answer)
            return response

        return once


def is_key(raw: str) -> bool:
    """True if this can be an idempotency key."""
    return _KEY.fullmatch(raw) is not None


async def begin(request: Request, services: Services, organisation: Organisation) -> None:
    """Claims a POST that came with an idempotency key; one that records nothing needs no claim, and leaves no trace.

    Raises `RecordedResponse`, `IdempotencyMismatch`, `RequestInProgress` after some seconds of waiting, and
    `InvalidInput` for a key that cannot be one.
    """
    raw = request.headers.get(HEADER)
    if raw is None or request.method != "POST":
        return
    if not is_key(raw):
        raise InvalidInput.in_parameter(HEADER, f"must be 1 to {LONGEST} visible ASCII characters without blanks")
    said = await _json_of(request)
    if _records_nothing(said):
        return
    request.state.holds_drafts = _holds_drafts(said)
    request_hash = await _hash_of(request, said)
    for _ in range(round(_WAIT_S / _LOOK_EVERY_S)):
        found = await run_in_threadpool(services.idempotency.begin, organisation, raw, request_hash)
        if isinstance(found, StoredResponse):
            raise RecordedResponse(found)
        if found:
            request.state.claim = found
            current_claim.set(found)
            return
        await asyncio.sleep(_LOOK_EVERY_S)
    raise RequestInProgress("the same request is being answered right now: send it again in a second")


async def _json_of(request: Request) -> Any:
    """Body of a JSON request, None for any other."""
    has_body = getattr(request.state, "body_hash", "")
    return await request.json() if has_body and request.headers.get("content-type") == "application/json" else None


async def _hash_of(request: Request, said: Any) -> str:
    """Hash of a request, equal for equal content: in JSON the order of fields and white space do not count."""
    body = getattr(request.state, "body_hash", "")
    if said is not None:
        body = await run_in_threadpool(json.dumps, said, sort_keys=True)
    return sha256(f"{request.method} {request.url.path}?{request.url.query}\n{body}".encode()).hexdigest()


def _drafts(said: Any) -> list[bool]:
    """For each check in the body, True if it is not to be recorded."""
    if not isinstance(said, dict):
        return []
    checks = said.get("checks")
    parts = checks if isinstance(checks, list) else [said]
    return [not isinstance(part, dict) or part.get("record", True) is False for part in parts]


def _records_nothing(said: Any) -> bool:
    """True if nothing in the body is to be recorded: then there is nothing that a repetition could do twice."""
    drafts = _drafts(said)
    return bool(drafts) and all(drafts)


def _holds_drafts(said: Any) -> bool:
    return any(_drafts(said))


def _storable(response: Response | None, *, holds_drafts: bool) -> StoredResponse | None:
    """Part of a response that is stored for replays; None for a failure, which may be retried.

    What holds a secret, or texts that are not to be recorded, is stored without its body.
    """
    body = getattr(response, "body", None)
    if response is None or response.status_code >= 300 or body is None or len(body) > _MOST_KEPT_BYTES:
        return None
    secret = holds_drafts or "no-store" in response.headers.get("cache-control", "")
    stored_body = None if secret else bytes(body)
    return StoredResponse(
        response.status_code, response.media_type, stored_body, response.headers.get(CONTENT_LANGUAGE)
    )


def _replayed(answer: StoredResponse) -> Response:
    if answer.body is None:
        raise Conflict(
            "this was done when it was first sent, and its answer is not kept: it held a secret, which is shown once, "
            "or texts that are not to be recorded. Look at what there is now; rotate or revoke a key that you lost"
        )
    headers = {REPLAYED: "true"} | ({CONTENT_LANGUAGE: answer.language} if answer.language else {})
    return Response(answer.body, answer.status, headers, answer.media_type)
