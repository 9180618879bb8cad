"""The OpenAPI document and its pages, with no asset from outside, and a page for each problem type."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi_offline import FastAPIOffline

from app.schemas.problems import Problem
from app.web import idempotency, rate_limits
from app.web.api.answers import answers
from app.web.problems import ALL
from app.web.webhook_document import described_events

_ABOUT = """Post a statement, get its **precedents**: the earlier statements that follow the same script, who said them,
when and where, and what was found about them.

Every call but `/livez`, `/readyz` and these pages needs `Authorization: Bearer <key>`; `refrain keys create` makes one.
Errors are `application/problem+json` (RFC 9457) and say what to do. Every answer carries `X-Request-Id`, and where a
quota holds, `RateLimit-Policy` and `RateLimit`. A POST with an `Idempotency-Key` may be sent again: it is done once.
"""

_ASSETS = "/static-offline-docs"

# FastAPI remembers the functions of routes for the life of the process: one made in `new_app` would keep its
# application, with the index and the database behind it.
_router = APIRouter(include_in_schema=False)

_IDEMPOTENCY_KEY = {
    "name": idempotency.HEADER,
    "in": "header",
    "required": False,
    "description": "Makes a retry within a day return the first answer. With another body: 422.",
    "schema": {"type": "string", "minLength": 1, "maxLength": idempotency.LONGEST, "pattern": "^[!-~]+$"},
}
_RATE_LIMIT = {
    rate_limits.POLICY: {
        "description": "The quotas that hold for the key, where there are any.",
        "schema": {"type": "string", "examples": ['"key";q=1000;w=3600']},
    },
    rate_limits.STANDING: {
        "description": "What is left of them, and the seconds until they are renewed.",
        "schema": {"type": "string", "examples": ['"key";r=999;t=3600']},
    },
}


def new_app(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """New application with its documentation, before routes are added."""
    app: FastAPI = FastAPIOffline(
        title="Refrain",
        version=version("refrain"),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        static_url=_ASSETS,
        lifespan=lifespan,
    )
    described = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        document = described()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for operation in (operation for methods in document["paths"].values() for operation in methods.values()):
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                del operation["responses"]["422"]  # FastAPI's own, on routes where nothing can be wrong with a field
        for path, methods in document["paths"].items():
            if path.startswith("/v1"):
                for method, operation in methods.items():
                    _add_common_responses(method, operation)
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs", {}))
        schemas["Problem"] = problem
        document["webhooks"], definitions = described_events()
        schemas.update(definitions)
        return document

    app.openapi = openapi  # type: ignore[method-assign]
    app.include_router(_router)
    return app


@_router.get("/docs")
async def _documentation(request: Request) -> HTMLResponse:
    root = request.scope.get("root_path", "")
    return get_swagger_ui_html(
        openapi_url=f"{root}/openapi.json",
        title="Refrain - Swagger UI",
        swagger_js_url=f"{root}{_ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{root}{_ASSETS}/swagger-ui.css",
        swagger_favicon_url=f"{root}{_ASSETS}/favicon.png",
    )


@_router.get("/problems/{slug}")
async def _problem(slug: str) -> PlainTextResponse:
    known = {kind.slug: f"{kind.title} (HTTP {kind.status}).\n" for kind in ALL}
    return PlainTextResponse(known.get(slug, "There is no such problem type.\n"), 200 if slug in known else 404)


def _any_of(security: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
    """Security requirement with one alternative for each scope: FastAPI merges those of a route as if a key needed all
    of them."""
    return [
        {name: [scope]} for requirement in security for name, scopes in requirement.items() for scope in scopes
    ] or security


def _add_common_responses(method: str, operation: dict[str, Any]) -> None:
    """Adds to an operation the headers and problems common to all routes: retries, quotas, slow bodies, too many
    requests at once."""
    statuses = [503]
    if "security" in operation:
        operation["security"] = _any_of(operation["security"])
    if any(scheme for security in operation.get("security", ()) for scheme in security.values()):
        statuses.append(429)
    if "requestBody" in operation:
        statuses.append(408)
    if method == "post":
        statuses += [409, 422]
        operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
    for status, answer in answers(*statuses).items():
        operation["responses"].setdefault(str(status), answer)
    if 429 in statuses:
        for answer in operation["responses"].values():
            answer["headers"] = {**_RATE_LIMIT, **answer.get("headers", {})}
