"""The service as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from app.observability.prometheus import metrics as process_metrics
from app.running import RunningServices
from app.services import Services
from app.services.health.process_reports import ProcessReports
from app.services.observability.observers import add_observer
from app.settings import Settings
from app.web import (
    authentication,
    body_limit,
    compression,
    concurrency,
    cors,
    docs,
    health,
    metrics,
    middleware,
    problems,
    process_reporting,
    request_lock_timeout,
)
from app.web import feeds as feed_readers
from app.web.api.access import keys, me, organisations, withdrawals
from app.web.api.audit import audit, erasures
from app.web.api.checks import checks
from app.web.api.desk import bulk_reviews, counter_examples, flag_notes, flag_views, flags, view_messages
from app.web.api.documents import documents
from app.web.api.exports import exports
from app.web.api.feeds import feeds
from app.web.api.jobs import bulk_checks, imports
from app.web.api.narratives import narratives
from app.web.api.overview import overview
from app.web.api.search import search
from app.web.api.sources import watched_sources
from app.web.api.statements import findings, proposals, statements
from app.web.api.webhooks import webhooks
from app.web.connections import BoundedProtocol, bounded_protocol, connections_for
from app.web.observed_requests import ObservedRequests
from app.web.origin import RequestOrigin
from app.web.pages import typed_dates as typed_dates_page
from app.web.pages.access import account as account_page
from app.web.pages.access import keys as keys_page
from app.web.pages.access import language as language_page
from app.web.pages.access import people as people_page
from app.web.pages.access import sign_in as sign_in_page
from app.web.pages.access import sign_in_again as sign_in_again_page
from app.web.pages.access import single_sign_on as sso_page
from app.web.pages.administration import administration as administration_page
from app.web.pages.audit import audit as audit_page
from app.web.pages.checks import check as check_page
from app.web.pages.desk import bulk as bulk_page
from app.web.pages.desk import flags as flags_page
from app.web.pages.desk import queue as queue_page
from app.web.pages.desk import view_messages as view_messages_page
from app.web.pages.documents import article as article_page
from app.web.pages.documents import claim_reviews
from app.web.pages.exports import exports as export_pages
from app.web.pages.feeds import feeds as feeds_page
from app.web.pages.glosses import glosses as gloss_pages
from app.web.pages.help import help as help_pages
from app.web.pages.jobs import import_progress as import_progress_page
from app.web.pages.jobs import imports as imports_page
from app.web.pages.map import map as map_page
from app.web.pages.narratives import narrative as narrative_page
from app.web.pages.narratives import narratives as narrative_pages
from app.web.pages.narratives import reorganise as narrative_changes_page
from app.web.pages.narratives import warnings as warnings_page
from app.web.pages.overview import overview as overview_page
from app.web.pages.predictions import predictions as predictions_page
from app.web.pages.problem_pages import as_page
from app.web.pages.sources import watched_sources as watched_sources_page
from app.web.pages.speakers import speakers as speakers_page
from app.web.pages.statements import archive as archive_page
from app.web.pages.statements import findings as finding_pages
from app.web.pages.statements import statements as statement_pages
from app.web.pages.static_files import static_files
from app.web.pages.suggestions import suggestions as suggestion_pages
from app.web.pages.webhooks import webhooks as webhooks_page
from index.processor_slots import processors

_LONG_REQUESTS: Final = ("/v1/checks/batch", "/v1/documents", "/check/article")
_LONGER_BUDGET: Final = 3


def http_protocol(settings: Settings) -> type[BoundedProtocol]:
    """HTTP protocol of the server: bounds connections, heads, and the time that a head may take to arrive."""
    return bounded_protocol(connections_for(settings.connections))


def create_app(
    services: Services,
    settings: Settings | None = None,
    rebuild: Callable[[], Services] | None = None,
    reports: ProcessReports | None = None,
) -> FastAPI:
    """The application over services that are built already; it keeps their index in step while it runs.

    `rebuild`: builds services when another index is put in force; None: these are kept. `reports`: of the processes
    that serve together; None: this one serves alone.
    """
    settings = settings or Settings()
    reports = reports or ProcessReports()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        running.start()
        await process_reporting.wait_for_turn(app, reports)
        reporting = asyncio.create_task(process_reporting.report(app, reports))
        yield
        reporting.cancel()
        await run_in_threadpool(running.stop)

    app = docs.new_app(lifespan)

    def use(of: RunningServices) -> None:
        app.state.services, app.state.index_worker, app.state.monitor = of.services, of.index_worker, of.monitor

    running = RunningServices(services, settings, rebuild, use)
    use(running)
    app.state.reports = reports
    app.state.public_url = settings.public_url
    app.state.upload_bytes = settings.upload_bytes
    app.state.metrics = process_metrics
    app.state.metrics_token = settings.metrics_token
    add_observer(process_metrics)
    app.state.require_second_factor = settings.require_second_factor
    problems.install(app, as_page)
    for part in (
        checks, bulk_checks, documents, flags, flag_notes, flag_views, view_messages, bulk_reviews, search, statements,
        narratives, counter_examples, findings, proposals, imports, exports, feeds, webhooks, keys, organisations,
        withdrawals, me, audit, erasures, watched_sources, overview,
    ):  # fmt: skip
        app.include_router(part.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(metrics.router)
    app.include_router(feed_readers.router)
    for page in (
        queue_page, flags_page, check_page, article_page, archive_page, statement_pages, finding_pages,
        narrative_pages, keys_page, webhooks_page, sign_in_page, account_page, people_page, audit_page, sso_page,
        language_page, export_pages, feeds_page, watched_sources_page, imports_page, import_progress_page,
        narrative_page, narrative_changes_page, bulk_page, warnings_page, overview_page, predictions_page, help_pages,
        view_messages_page, administration_page, suggestion_pages, claim_reviews, gloss_pages, sign_in_again_page,
        speakers_page, typed_dates_page, map_page,
    ):  # fmt: skip
        app.include_router(page.router)
    app.mount("/static", static_files(), name="static")
    # The last is the outermost: what is refused is numbered and logged, and a browser may read it.
    app.add_middleware(compression.Compression)
    longer = _LONGER_BUDGET * settings.processor_budget_s
    app.add_middleware(
        concurrency.ConcurrencyLimit,
        settings.request_timeout_s,
        concurrency.checks_at_once(settings.processors or processors()),
        of_one=settings.organisation_at_once,
        budget_s=settings.processor_budget_s,
        budgets_s=dict.fromkeys(_LONG_REQUESTS, longer),
    )
    uploads = body_limit.BodyBounds(settings.upload_bytes, settings.upload_timeout_s)
    app.add_middleware(
        body_limit.BodyLimit,
        body_limit.BodyBounds(body_limit.MOST_BYTES, settings.body_timeout_s),
        {
            **{f"/v1{path}": uploads for path in (imports.router.prefix, bulk_checks.router.prefix)},
            **dict.fromkeys(imports_page.UPLOADS, uploads),
        },
        settings.bodies_bytes,
    )
    app.add_middleware(authentication.Authentication)
    app.add_middleware(middleware.ServerErrors)
    if settings.listed_cors_origins:
        app.add_middleware(cors.AllowedOrigins, settings.listed_cors_origins)
    app.add_middleware(RequestOrigin)
    app.add_middleware(request_lock_timeout.RequestLockTimeout)
    app.add_middleware(ObservedRequests)
    app.add_middleware(middleware.RequestContext)
    return app
