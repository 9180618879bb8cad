"""The service as an ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.services import Services
from app.services.keep_index import KeepIndex
from app.web import docs, health, middleware, problems
from app.web.api import checks, counter_examples, findings, flags, me, narratives, statements
from app.web.pages import check


def create_app(services: Services, public_url: str = "") -> FastAPI:
    """The application over services that are built already; it keeps their index in step while it runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.keeper.start()
        yield
        app.state.keeper.stop()

    app = docs.new_app(lifespan)
    app.state.services = services
    app.state.keeper = KeepIndex(services.archive)
    app.state.public_url = public_url
    problems.install(app)
    for part in (checks, flags, statements, narratives, counter_examples, findings, me):
        app.include_router(part.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(check.router)
    app.mount("/static", StaticFiles(directory=check.STATIC), name="static")
    app.add_middleware(middleware.BodyLimit)
    app.add_middleware(middleware.Admission)
    app.add_middleware(middleware.RequestContext)
    return app
