"""Reporting of a process that serves together with others: when it may take requests, and each second how it is."""

import asyncio
from typing import Final

from fastapi import FastAPI

from app.services.health.process_reports import REPORT_EVERY_S, ProcessReports
from app.web import health

_LOOK_EVERY_S: Final = 0.1


async def wait_for_turn(app: FastAPI, reports: ProcessReports) -> None:
    """Returns when the process may take requests: at once where no other does, else when it can answer them."""
    while reports.others() and health.reasons(app) and not health.is_stopping(app):  # noqa: ASYNC110 - states of threads
        await asyncio.sleep(_LOOK_EVERY_S)


async def report(app: FastAPI, reports: ProcessReports) -> None:
    """Writes the report of this process each second, on the event loop: when that hangs, the report grows old."""
    try:
        while True:
            services = app.state.services
            reports.write(health.reasons(app), services.archive.size, services.archive.checkpoint)
            await asyncio.sleep(REPORT_EVERY_S)
    finally:
        reports.remove(reports.number)
