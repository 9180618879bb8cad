"""Query parameters that a route does not have are refused: a misspelt filter would otherwise filter nothing."""

from collections.abc import Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from app.domain.core.errors import FieldError, InvalidInput


def reject_unknown_parameters(request: Request) -> None:
    """Raises `InvalidInput` for each parameter of the address that its route does not have."""
    route = request.scope.get("route")
    if not request.query_params or not isinstance(route, APIRoute):
        return
    known = sorted(set(_parameters(route.dependant)))
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        advice = f"there are {', '.join(known)}" if known else "this address takes none"
        raise InvalidInput([FieldError(None, f"is no parameter here: {advice}", name) for name in unknown])


def _parameters(dependant: Dependant) -> Iterator[str]:
    yield from (parameter.alias for parameter in dependant.query_params)
    for dependency in dependant.dependencies:
        yield from _parameters(dependency)
