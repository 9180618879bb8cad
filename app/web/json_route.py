"""Strict JSON routes: UTF-8 only, no NaN, and no string that a database cannot store."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response

from app.domain.core.strict_json import NotJson, loads
from app.schemas.faults import unstorable_strings
from app.web.idempotency import IdempotentRoute
from app.web.problems import MalformedBody, UnstorableBody

_JSON = (b"content-type", b"application/json")


class StrictRequest(Request):
    """Request whose `json` rejects what the default parser accepts."""

    async def json(self) -> Any:
        try:
            value = loads(await self.body())
        except NotJson as error:
            raise MalformedBody(f"the body {error}: send JSON in UTF-8") from error
        if faults := list(unstorable_strings(value)):
            raise UnstorableBody(faults)
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
