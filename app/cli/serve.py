"""`refrain serve` and `refrain work`: the processes that go on until they get a signal to stop."""

from __future__ import annotations

import logging
import math
import os
import signal
import threading
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

import typer

from app.cli import listening
from app.cli.console import out, progress
from app.cli.opening import embed_missing, import_path
from app.cli.run import UsageError

if TYPE_CHECKING:
    import socket

    from filelock import BaseFileLock

    from app.cli.serving_processes import ServingProcess
    from app.observability.tracing import Traces
    from app.services import Services
    from app.services.health.process_reports import ProcessReports
    from app.settings import Settings

IDLE_CONNECTION_S: Final = 30
"""Seconds after which a connection without a request is closed."""

LONGEST_STOP_S: Final = 61 + 15 + 30 + 15
"""Most seconds of a stop after its drain: requests in hand by the default of `REFRAIN_REQUEST_TIMEOUT_S`, the part of a
job in hand, the index thread, and saving the index."""

logger = logging.getLogger("refrain.service")

_held: Final[list[BaseFileLock]] = []
"""Locks that are held until the process ends."""


def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen at.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65_535, help="The port to listen at.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, max=64, help="Processes that answer at the port.")] = None,
) -> None:
    """Run the service."""
    from app.cli.serving_processes import ServingProcesses
    from app.observability import logs
    from app.settings import load_settings

    settings = load_settings()
    host, port = settings.host if host is None else host, settings.port if port is None else port
    # Before anything else: where the port is taken, nothing may have changed.
    listeners = listening.bind(host, port)
    try:
        process = None
        if (count := processes or settings.processes) > 1:
            logs.set_up_service(settings.log_format, settings.log_level)
            process = ServingProcesses(count, partial(listening.close, listeners)).run()
        _serve(settings, host, listeners, process)
    finally:
        listening.close(listeners)


def _serve(settings: Settings, host: str, listeners: list[socket.socket], process: ServingProcess | None) -> None:
    """Serves until a signal. `process`: of several, of which the first works in the background; None: it is alone."""
    from app.cli.load_program import load_program

    load_program()
    import uvicorn

    from app.cli.draining import DrainingServer
    from app.main import create_app, http_protocol
    from app.observability.tracing import stop_tracing
    from app.services.health.process_reports import ProcessReports
    from app.wiring import build

    port = listening.port_of(listeners)
    is_first = process is None or process.number == 1
    if not is_first:
        settings = settings.model_copy(update={"work_in_background": False})
    reports = process.reports if process else ProcessReports()
    if settings.demo and is_first:
        _claim_demo(settings)
    services, traces = _start_service(settings, "serve", reports)
    if settings.demo and is_first and not (process and process.replaces):
        _start_demo(services, host, port)
    app = create_app(services, settings, partial(build, settings, reports=reports), reports)

    def begin_drain() -> None:
        app.state.stopping = True

    config = uvicorn.Config(
        app,
        http=http_protocol(settings),
        access_log=False,
        log_config=None,
        log_level="warning",
        timeout_keep_alive=IDLE_CONNECTION_S,
        # A request is answered within its own limit, so that one in hand at a stop is answered too.
        timeout_graceful_shutdown=math.ceil(settings.request_timeout_s) + 1,
    )
    try:
        shared = (process.connections, process.number) if process else None
        DrainingServer(config, settings.drain_s, begin_drain, partial(stop_tracing, traces), shared).run(listeners)
    except OSError as error:  # two that were started together: the other listens
        raise listening.cannot_listen(host, port, error) from error


def work() -> None:
    """Work on jobs and webhooks only, as `refrain serve` does beside answering; any number may run."""
    from app.observability.tracing import stop_tracing
    from app.running import RunningServices
    from app.settings import load_settings
    from app.wiring import build

    settings = load_settings()
    services, traces = _start_service(settings, "work")
    services.archive.open()
    embed_missing(services)
    settings = settings.model_copy(update={"work_in_background": True})
    running = RunningServices(services, settings, partial(build, settings))
    ended = threading.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: ended.set())
    running.start()
    logger.info("working; the first signal to stop ends it after what is in hand")
    ended.wait()
    logger.info("stop requested")
    running.stop()
    stop_tracing(traces)
    logger.info("stopped")


def _start_service(
    settings: Settings, command: str, reports: ProcessReports | None = None
) -> tuple[Services, Traces | None]:
    """Builds the services of a process that stays, which logs and sends traces as the settings say."""
    from app.observability import logs
    from app.observability.tracing import start_tracing
    from app.wiring import build

    logs.set_up_service(settings.log_format, settings.log_level)
    traces = start_tracing(settings.otlp_endpoint)
    services = build(settings, reports=reports)
    about = {
        "command": command,
        **services.read_figures.versions,
        "database": services.store.shown_address(),
        "index": services.chosen_index.index_url,
        "data": str(settings.data_dir.resolve()),
        "process_id": os.getpid(),
    }
    if reports and reports.number:
        about["process_number"] = reports.number
    logger.info("started", extra=about)
    return services, traces


def _claim_demo(settings: Settings) -> None:
    """Holds the demo of a data folder until this process ends: a second would end the first's key and session."""
    from filelock import FileLock, Timeout

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        _held.append(FileLock(settings.data_dir / "demo.lock", timeout=0))
        _held[-1].acquire()
    except Timeout as error:
        raise UsageError(
            f"another process serves the demo of the data folder {settings.data_dir}, and is left as it is. Give this "
            f"one a folder of its own: REFRAIN_DATA_DIR={settings.data_dir}-2"
        ) from error


def _start_demo(services: Services, host: str, port: int) -> None:
    """Fills the archive with the sample and the queue with flags, and prints a new key and a new password."""
    from app.cli import output
    from app.cli.demo import check_incoming, incoming_statements, renew_account
    from app.domain.access.keys import Scope
    from app.formats.file_format import Format
    from app.wiring import SAMPLE

    services.archive.open()
    embed_missing(services)
    import_path(services, SAMPLE, Format.AUTO)
    for key in services.manage_keys.all():
        if key.organisation.name == "demo" and key.revoked_at is None:
            services.manage_keys.revoke(key.id)
    secret, key = services.manage_keys.create("demo", list(Scope), "demo")
    incoming = incoming_statements(key.organisation)
    with progress() as track:
        check_incoming(services, key.organisation, incoming, track("Checking what came in", len(incoming)))
    login, password = renew_account(services, key.organisation)
    output.demo(out, host, port, secret, login, password)
