"""The OpenAPI document and its pages, with no asset from outside, and a page for each problem type."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from fastapi_offline import FastAPIOffline

from app.web.problems import ALL, Problem

_ABOUT = """Post a statement, get its **precedents**: the earlier statements that follow the same script, who said them,
when and where, and what was found about them.

Every call but `/livez`, `/readyz` and these pages needs `Authorization: Bearer <key>`; `refrain keys create` makes one.
Errors are `application/problem+json` (RFC 9457) and say what to do. Every answer carries `X-Request-Id`.
"""


def new_app(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """An application with its documentation, and no route of the API yet."""
    app: FastAPI = FastAPIOffline(
        title="Refrain",
        version=version("refrain"),
        description=_ABOUT,
        redoc_url=None,
        lifespan=lifespan,
    )
    described = app.openapi

    def openapi() -> dict[str, Any]:
        document = described()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for operation in (one for methods in document["paths"].values() for one in methods.values()):
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                del operation["responses"]["422"]  # FastAPI's own, on routes where nothing can be wrong with a field
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs", {}))
        schemas["Problem"] = problem
        return document

    app.openapi = openapi  # type: ignore[method-assign]

    @app.get("/problems/{slug}", include_in_schema=False)
    async def problem(slug: str) -> PlainTextResponse:
        known = {kind.slug: f"{kind.title} (HTTP {kind.status}).\n" for kind in ALL}
        return PlainTextResponse(known.get(slug, "There is no such problem type.\n"), 200 if slug in known else 404)

    return app
