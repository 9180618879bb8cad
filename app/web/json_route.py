"""Strict JSON routes: UTF-8 only, no NaN, and no string that a database cannot store."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from app.domain.core.strict_json import NotJson, loads
from app.schemas.faults import unstorable_strings
from app.web.idempotency import IdempotentRoute
from app.web.problems import MalformedBody, UnstorableBody

_JSON = (b"content-type", b"application/json")
_QUICK_BYTES = 16 * 1024
"""Bodies up to this size are parsed in the event loop, within a millisecond."""


class StrictRequest(Request):
    """Request whose `json` rejects what the default parser accepts. Large bodies are parsed in a thread, once."""

    _value: Any

    async def json(self) -> Any:
        if not hasattr(self, "_value"):
            raw = await self.body()
            self._value = await run_in_threadpool(_parsed, raw) if len(raw) > _QUICK_BYTES else _parsed(raw)
        return self._value


def _parsed(raw: bytes) -> Any:
    try:
        value = loads(raw)
    except NotJson as error:
        raise MalformedBody(f"the body {error}: send JSON in UTF-8") from error
    if next(unstorable_strings(value), None):
        raise UnstorableBody(unstorable_strings(value))
    return value


class JsonRoute(IdempotentRoute):
    """Route that reads any body as JSON, whatever its content type: plugins are written in a hurry."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        if self.body_field is None:
            return handler

        async def strict(request: Request) -> Response:
            others = [header for header in request.scope["headers"] if header[0] != _JSON[0]]
            read = StrictRequest({**request.scope, "headers": [*others, _JSON]}, request.receive)
            if not await read.body():
                raise MalformedBody("the body is empty: send a JSON object")
            return await handler(read)

        return strict
