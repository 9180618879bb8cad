"""OpenTelemetry traces: a span for each request, and one for each stage of a check within it.

The packages are imported only where an endpoint is set. Attributes hold methods, route templates, statuses and slugs.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from app.domain.checks.checks import Check
from app.domain.jobs.jobs import JobKind
from app.services.observability.observers import (
    ObservedRequest,
    Stage,
    WebhookOutcome,
    add_observer,
    remove_observer,
)

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_SERVER_ERROR: Final = 500
_EXPORT_WITHIN_S: Final = 5.0


class TracingUnavailable(Exception):
    """Traces were asked for and cannot be sent; the message says what to do."""


class Traces:
    """`app.services.observability.observers.Observer` that sends spans to a collector, in batches and in a thread."""

    def __init__(self, provider: "TracerProvider"):
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._trace = trace
        self._provider = provider
        self._tracer = provider.get_tracer("refrain", version("refrain"))
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def request(self, request: ObservedRequest) -> Iterator[None]:
        caller = self._propagator.extract(request.headers)
        with self._tracer.start_as_current_span(
            request.method,
            context=caller,
            kind=self._trace.SpanKind.SERVER,
            record_exception=False,  # its message may quote a text
            set_status_on_exception=False,
        ) as span:
            try:
                yield
            finally:
                span.update_name(f"{request.method} {request.route}")
                span.set_attribute("http.request.method", request.method)
                span.set_attribute("http.route", request.route)
                span.set_attribute("http.response.status_code", request.status)
                if request.problem:
                    span.set_attribute("error.type", request.problem)
                if request.status >= _SERVER_ERROR:
                    span.set_status(self._trace.StatusCode.ERROR)

    def stage(self, name: Stage) -> AbstractContextManager[None]:
        return self._within(f"check {name}")

    def encoding(self, texts: int) -> AbstractContextManager[None]:
        return self._within("encoder", texts=texts)

    def checked(self, checks: Sequence[Check]) -> None:
        """Does nothing: checks are counted, not traced."""

    def job_part_done(self, kind: JobKind, lines: int) -> None:
        """Does nothing."""

    def job_part_failed(self, kind: JobKind) -> None:
        """Does nothing."""

    def webhook_attempted(self, outcome: WebhookOutcome) -> None:
        """Does nothing."""

    def database_failed(self, kind: str) -> None:
        """Adds the error to the span that it belongs to."""
        self._trace.get_current_span().add_event("database error", {"error.type": kind})

    def stop(self) -> None:
        """Sends what is left, for a few seconds at most, and ends the thread."""
        self._provider.shutdown()

    @contextmanager
    def _within(self, name: str, **attributes: int) -> Iterator[None]:
        with self._tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        ):
            yield


def start_tracing(endpoint: str) -> Traces | None:
    """Sends traces of this process to a collector from now on; nothing where no endpoint is set.

    Raises `TracingUnavailable` where the packages are not installed.
    """
    if not endpoint:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ModuleNotFoundError as error:
        raise TracingUnavailable(
            "REFRAIN_OTLP_ENDPOINT is set, and the packages that send traces are not installed: "
            "pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http, or leave it empty"
        ) from error
    about = Resource.create({"service.name": "refrain", "service.version": version("refrain")})
    provider = TracerProvider(resource=about, shutdown_on_exit=False)
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=_EXPORT_WITHIN_S)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    traces = Traces(provider)
    add_observer(traces)
    return traces


def stop_tracing(traces: Traces | None) -> None:
    """Ends what `start_tracing` began."""
    if traces:
        remove_observer(traces)
        traces.stop()
