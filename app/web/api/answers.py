"""OpenAPI descriptions of the problems that a route may answer with."""

from typing import Any

from pydantic import BaseModel

from app.web.problems import MEDIA_TYPE

_SAID = {
    400: "The body is not JSON in UTF-8.",
    401: "No key, or one that is unknown, expired or revoked.",
    403: "The key lacks the scope.",
    404: "There is no such thing, or it is another organisation's.",
    409: "It contradicts what is stored.",
    408: "The body did not arrive in time.",
    413: "The body is over the limit.",
    422: "A field is wrong or too long; `errors` says which.",
    429: "A quota has too little left: try again after `Retry-After` seconds.",
    503: "Not ready, or too busy: try again after `Retry-After` seconds.",
}


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these problems."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": _SAID[status], "content": content} for status in statuses}


def known(model: type[BaseModel], description: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` entry of a POST whose thing was there already."""
    return {200: {"model": model, "description": description}}
