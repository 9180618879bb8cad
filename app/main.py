"""The service as an ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles

from app.services import Services
from app.services.keep_index import KeepIndex
from app.settings import Settings
from app.web import bodies, cross_origin, docs, health, middleware, problems
from app.web.api import (
    bulk_checks,
    checks,
    counter_examples,
    documents,
    findings,
    flags,
    imports,
    keys,
    me,
    narratives,
    organisations,
    statements,
    webhooks,
)
from app.web.pages import check as check_page
from app.web.pages import keys as keys_page
from app.web.pages.static_page import STATIC


def create_app(services: Services, settings: Settings | None = None) -> FastAPI:
    """The application over services that are built already; it keeps their index in step while it runs."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.keeper.start()
        if settings.work_in_background:
            services.background.start()
        yield
        await run_in_threadpool(services.background.stop)
        app.state.keeper.stop()

    app = docs.new_app(lifespan)
    app.state.services = services
    app.state.keeper = KeepIndex(services.archive)
    app.state.public_url = settings.public_url
    problems.install(app)
    for part in (
        checks, bulk_checks, documents, flags, statements, narratives, counter_examples, findings, imports, webhooks,
        keys, organisations, me,
    ):  # fmt: skip
        app.include_router(part.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(check_page.router)
    app.include_router(keys_page.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    # The last is the outermost: what is refused is numbered and logged, and a browser may read it.
    app.add_middleware(middleware.Admission, settings.request_timeout_s)
    uploads = bodies.BodyBounds(settings.upload_bytes, settings.upload_timeout_s)
    app.add_middleware(
        bodies.ReadBody,
        bodies.BodyBounds(bodies.MOST_BYTES, settings.body_timeout_s),
        {f"/v1{path}": uploads for path in (imports.router.prefix, bulk_checks.router.prefix)},
    )
    app.add_middleware(middleware.Faults)
    if settings.listed_cors_origins:
        app.add_middleware(cross_origin.NamedOrigins, settings.listed_cors_origins)
    app.add_middleware(middleware.RequestContext)
    return app
