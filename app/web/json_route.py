"""Strict JSON routes: UTF-8 only, no NaN, and no string that a database cannot store."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fastapi import Request, Response

from app.domain.core.errors import FieldError
from app.domain.core.strict_json import NotJson, loads
from app.domain.core.text import unstorable
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
        if faults := list(faults_of(value)):
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


def faults_of(value: Any, pointer: str = "") -> Iterator[FieldError]:
    """Faults of a JSON value that cannot be stored."""
    if isinstance(value, str):
        if fault := unstorable(value):
            yield FieldError(pointer, fault)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if fault := unstorable(name):
                yield FieldError(pointer, f"has a field name that {fault}")
            else:
                yield from faults_of(inner, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from faults_of(inner, f"{pointer}/{number}")
