"""Prometheus metrics: an observer that counts, and the text of it all.

What is counted belongs to the process, or to all that serve together, which count in files; gauges of a service are
read for each scrape. Labels are bounded: route templates, languages of two letters, names of this program's own; never
an organisation, a key or a text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import Final, get_args

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from app.domain.checks.checks import Check, NoticeCode
from app.domain.checks.scoring import Tier
from app.domain.desk.flags import closest_tier
from app.domain.jobs.jobs import JobKind, JobState
from app.domain.webhooks.webhooks import DeliveryState
from app.observability import metric_files
from app.services.observability.observers import (
    STAGES,
    WEBHOOK_OUTCOMES,
    ObservedRequest,
    Stage,
    WebhookOutcome,
)
from app.services.observability.ports import ServiceFigures
from index.text.languages import UNDETERMINED

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OTHER: Final = "other"
_REQUEST_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_STAGE_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_BATCH_BUCKETS: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_SCORE_BUCKETS: Final = tuple(tenth / 10 for tenth in range(11))


class PrometheusMetrics:
    """`app.services.observability.observers.Observer` that counts, and `…ports.Metrics`."""

    content_type = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each counter, which nobody asks for
        registry = self.registry = CollectorRegistry()
        self._requests = Counter(
            "refrain_requests", "Requests that were answered.", ["method", "route", "status"], registry=registry
        )
        self._request_seconds = Histogram(
            "refrain_request_seconds", "Seconds from a request's headers to the end of its answer.",
            ["method", "route"], buckets=_REQUEST_BUCKETS, registry=registry,
        )  # fmt: skip
        self._in_progress = Gauge(
            "refrain_requests_in_progress",
            "Requests that are being answered.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._problems = Counter(
            "refrain_problems", "Requests that were answered with a problem, by its slug.", ["problem", "status"],
            registry=registry,
        )  # fmt: skip
        self._stage_seconds = Histogram(
            "refrain_check_stage_seconds", "Seconds of a stage of a check.", ["stage"], buckets=_STAGE_BUCKETS,
            registry=registry,
        )  # fmt: skip
        self._encoder_seconds = Histogram(
            "refrain_encoder_seconds", "Seconds of a call of the encoder.", buckets=_STAGE_BUCKETS, registry=registry
        )
        self._encoder_texts = Histogram(
            "refrain_encoder_batch_texts", "Texts in a call of the encoder.", buckets=_BATCH_BUCKETS, registry=registry
        )
        self._encoder_waiting = Gauge(
            "refrain_encoder_texts_in_progress",
            "Texts that are being encoded, or wait for it.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._checks = Counter(
            "refrain_checks", "Checks by the language of their text.", ["language"], registry=registry
        )
        self._flags = Counter(
            "refrain_flags", "Checks that were flagged, by the tier of the closest match.", ["tier"], registry=registry
        )
        self._scores = Histogram(
            "refrain_check_score", "Score of the best match of a check; 0 without one.", buckets=_SCORE_BUCKETS,
            registry=registry,
        )  # fmt: skip
        self._notices = Counter(
            "refrain_check_notices", "Checks with a notice about their text.", ["notice"], registry=registry
        )
        self._job_lines = Counter("refrain_job_lines", "Lines of jobs that were done.", ["kind"], registry=registry)
        self._job_failures = Counter(
            "refrain_job_part_failures", "Parts of jobs that failed, each try.", ["kind"], registry=registry
        )
        self._webhooks = Counter(
            "refrain_webhook_attempts", "Attempts to deliver an event, by outcome.", ["outcome"], registry=registry
        )
        self._database_errors = Counter(
            "refrain_database_errors", "Errors that the database's driver raised, by class.", ["kind"],
            registry=registry,
        )  # fmt: skip
        self._start_at_zero()

    @contextmanager
    def request(self, request: ObservedRequest) -> Iterator[None]:
        began = perf_counter()
        self._in_progress.inc()
        try:
            yield
        finally:
            self._in_progress.dec()
            method = request.method if request.method in _METHODS else _OTHER
            self._requests.labels(method, request.route, str(request.status or "none")).inc()
            self._request_seconds.labels(method, request.route).observe(perf_counter() - began)
            if request.problem:
                self._problems.labels(request.problem, str(request.status)).inc()

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        with self._stage_seconds.labels(name).time():
            yield

    @contextmanager
    def encoding(self, texts: int) -> Iterator[None]:
        self._encoder_texts.observe(texts)
        self._encoder_waiting.inc(texts)
        try:
            with self._encoder_seconds.time():
                yield
        finally:
            self._encoder_waiting.dec(texts)

    def checked(self, checks: Sequence[Check]) -> None:
        for check in checks:
            self._checks.labels(_language(check.language.code)).inc()
            self._scores.observe(max((match.score for match in check.matches), default=0))
            if check.flagged:
                self._flags.labels(closest_tier(check) or _OTHER).inc()
            if check.notice:
                self._notices.labels(check.notice.code).inc()

    def job_part_done(self, kind: JobKind, lines: int) -> None:
        self._job_lines.labels(kind).inc(lines)

    def job_part_failed(self, kind: JobKind) -> None:
        self._job_failures.labels(kind).inc()

    def webhook_attempted(self, outcome: WebhookOutcome) -> None:
        self._webhooks.labels(outcome).inc()

    def database_failed(self, kind: str) -> None:
        self._database_errors.labels(kind).inc()

    def render(self, figures: ServiceFigures, *, ready: bool) -> bytes:
        counted = self.registry
        if folder := metric_files.folder():
            counted = CollectorRegistry()
            MultiProcessCollector(counted, str(folder))  # type: ignore[no-untyped-call]
        of_service = CollectorRegistry()
        of_service.register(_Gauges(figures, ready=ready))
        of_service.register(_Processes(figures.processes))
        PlatformCollector(registry=of_service)
        return generate_latest(counted) + generate_latest(of_service)

    def _start_at_zero(self) -> None:
        """Makes series whose labels are known, so that a rate is right from the first event on."""
        for stage in STAGES:
            self._stage_seconds.labels(stage)
        for tier in Tier:
            self._flags.labels(tier)
        for notice in get_args(NoticeCode):
            self._notices.labels(notice)
        for outcome in WEBHOOK_OUTCOMES:
            self._webhooks.labels(outcome)
        for kind in JobKind:
            self._job_lines.labels(kind)
            self._job_failures.labels(kind)


class _Gauges(Collector):
    """Gauges of a service at a moment."""

    def __init__(self, figures: ServiceFigures, *, ready: bool):
        self._figures = figures
        self._ready = ready

    def collect(self) -> Iterable[Metric]:
        figures, archive = self._figures, self._figures.archive
        build = GaugeMetricFamily("refrain_build_info", "Versions in use; always 1.", labels=list(figures.versions))
        build.add_metric(list(figures.versions.values()), 1)
        jobs = GaugeMetricFamily("refrain_jobs", "Jobs that are kept, by kind and state.", labels=["kind", "state"])
        for kind in JobKind:
            for state in JobState:
                jobs.add_metric([kind, state], archive.jobs.get((kind, state), 0))
        deliveries = GaugeMetricFamily(
            "refrain_webhook_deliveries", "Deliveries that have not arrived, by state.", labels=["state"]
        )
        for waiting in (DeliveryState.PENDING, DeliveryState.FAILED, DeliveryState.STOPPED):
            deliveries.add_metric([waiting], archive.deliveries.get(waiting, 0))
        yield from (build, jobs, deliveries)
        for name, about, value in (
            ("ready", "1 while /readyz answers 200.", self._ready),
            ("database_up", "1 if the database answered the last time it was asked.", figures.database_up),
            ("index_statements", "Statements that can be found.", figures.index_size),
            ("index_checkpoint", "Sequence of the archive that the index has taken in.", figures.index_checkpoint),
            ("archive_sequence", "Sequence of the archive in the database.", archive.sequence),
            ("index_lag_changes", "Changes that the index has not taken in.",
             max(0, archive.sequence - figures.index_checkpoint)),
            ("index_lag_seconds", "Seconds since the index was first seen behind; 0 in step.", figures.index_lag_s),
            ("archive_statements", "Statements in the archive, without withdrawn ones.", archive.statements),
            ("archive_narratives", "Narratives in the archive.", archive.narratives),
            ("flags_open", "Flags that nobody has decided on.", archive.open_flags),
            ("job_lines_left", "Lines of unfinished jobs that are not done yet.", archive.job_lines_left),
            ("jobs_oldest_unfinished_seconds", "Age of the oldest unfinished job; 0 without one.",
             _age_s(archive.oldest_job, figures.now)),
            ("webhook_oldest_pending_seconds", "Age of the oldest delivery that waits; 0 without one.",
             _age_s(archive.oldest_delivery, figures.now)),
            ("webhooks_disabled", "Webhooks that are disabled.", archive.webhooks_disabled),
            ("data_disk_free_bytes", "Free bytes on the disk of the data folder.", figures.disk_free),
            ("data_disk_size_bytes", "Bytes of that disk.", figures.disk_size),
        ):  # fmt: skip
            yield GaugeMetricFamily(f"refrain_{name}", about, float(value))


class _Processes(Collector):
    """Processor time, memory and open files of each process; with its number as a label where there are several."""

    def __init__(self, processes: Mapping[int, int]):
        self._processes = processes

    def collect(self) -> Iterable[Metric]:
        families: dict[str, Metric] = {}
        for number, process_id in self._processes.items():
            labels = {"process": str(number)} if number else {}
            for metric in ProcessCollector(pid=partial(int, process_id), registry=None).collect():
                family = families.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
                for sample in metric.samples:
                    family.add_sample(sample.name, labels, sample.value)
        return families.values()


def _age_s(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _language(code: str) -> str:
    return code if code == UNDETERMINED or len(code) == 2 else _OTHER


metrics: Final = PrometheusMetrics()
"""The metrics of this process."""
