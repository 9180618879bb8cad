"""Settings and use cases to the work in the background: jobs, deliveries, watched sources, runs over the archive."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.checks.pair_scoring import Scoring
from app.domain.documents.documents import Page
from app.domain.jobs.background_runs import RunKind
from app.domain.jobs.jobs import JobKind
from app.formats.feed import read_feed
from app.formats.fetched_page import read_fetched_page
from app.services.audit.expire_checks import ExpireChecks
from app.services.checks.find_candidates import FindCandidates
from app.services.desk.view_messages import ViewMessages
from app.services.documents.check_document import CheckDocument
from app.services.explanations.explain_matches import ExplainMatches
from app.services.jobs.archive_runs import ArchiveRun, ArchiveRuns
from app.services.jobs.requeue_stalled import RequeueStalled
from app.services.jobs.run_jobs import PartProcessor, RunJobs
from app.services.map.make_map import MakeMap
from app.services.narratives.watch_narratives import WatchNarratives
from app.services.ports import Clock
from app.services.search.index_sync import IndexSync
from app.services.sources.ports import Fetched
from app.services.sources.read_source import ReadSource
from app.services.suggestions.common_script import CommonScript
from app.services.suggestions.score_neighbours import ScoreNeighbours
from app.services.suggestions.suggest_narratives import SuggestNarratives
from app.services.webhooks.chat_messages import ChatMessages
from app.services.webhooks.deliver_events import DeliverEvents
from app.settings import Settings
from app.store.transaction import SqlStore
from app.texts.fluent import FluentCatalogs
from app.worker.queue import Queue
from app.worker.web_fetch import WebFetch
from app.worker.webhook_sender import Sender
from app.worker.worker import Worker
from index.contract import TextEncoder
from index.layout import positions
from index.processor_slots import ProcessorSlots


@dataclass(frozen=True, slots=True)
class BackgroundWork:
    """Use cases that a worker runs, the worker of this process, and the adapters that reach other servers."""

    run_jobs: RunJobs
    deliver_events: DeliverEvents
    read_source: ReadSource
    archive_runs: ArchiveRuns
    watch_narratives: WatchNarratives
    worker: Worker
    sender: Sender
    fetch: WebFetch


def build_background(
    settings: Settings,
    store: SqlStore,
    queue: Queue,
    clock: Clock,
    texts: FluentCatalogs,
    view_messages: ViewMessages,
    check_document: CheckDocument,
    jobs: Mapping[JobKind, PartProcessor],
    runs: Mapping[RunKind, ArchiveRun],
) -> BackgroundWork:
    """Builds the work in the background over a queue; nothing is done until the worker is started."""
    run_jobs = RunJobs(store, clock, jobs)
    sender = Sender(settings.listed_webhook_hosts, ChatMessages(texts, settings.public_url))
    deliver_events = DeliverEvents(store, clock, sender)
    fetch = WebFetch(settings.listed_source_hosts, settings.public_url)
    read_source = ReadSource(store, clock, fetch, read_feed, _article_of, check_document)
    archive_runs = ArchiveRuns(store, clock, runs)
    watch_narratives = WatchNarratives(store, clock)
    expire_checks = ExpireChecks(store, clock, settings.check_retention_days)
    requeue = RequeueStalled(store, clock, expire_checks, watch_narratives, view_messages, archive_runs.due)
    worker = Worker(queue, run_jobs, deliver_events, read_source, archive_runs, requeue)
    return BackgroundWork(run_jobs, deliver_events, read_source, archive_runs, watch_narratives, worker, sender, fetch)


def build_runs(
    store: SqlStore,
    clock: Clock,
    encoder: TextEncoder,
    archive: IndexSync,
    find_candidates: FindCandidates,
    explain: ExplainMatches,
    policy: Scoring,
    slots: ProcessorSlots,
) -> dict[RunKind, ArchiveRun]:
    """Builds the runs over the archive: suggested narratives, and the map. `slots`: of requests, which come first."""
    score_neighbours = ScoreNeighbours(encoder, find_candidates, policy, clock)
    common_script = CommonScript(encoder, explain)
    return {
        RunKind.SUGGESTIONS: SuggestNarratives(store, archive, score_neighbours, common_script, clock, slots),
        RunKind.MAP: MakeMap(
            store, encoder.fingerprint, positions.method(), positions.lay_out, positions.near_neighbours
        ),
    }


def _article_of(fetched: Fetched) -> Page | None:
    return read_fetched_page(fetched.content, fetched.charset)
