"""Settings to services: the only file that picks concrete parts."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.domain.jobs import JobKind
from app.domain.matches import CheckRequest
from app.formats.html_page import read_page
from app.formats.jsonl import read_line
from app.formats.policy_file import FittedPolicy, policy_for
from app.services import Services
from app.services.accept_upload import AcceptUpload
from app.services.annotate_flag import AnnotateFlag
from app.services.answer_once import AnswerOnce
from app.services.browse_flags import BrowseFlags
from app.services.browse_narratives import BrowseNarratives
from app.services.check_document import CheckDocument
from app.services.check_statements import CheckStatements
from app.services.deliver_events import DeliverEvents
from app.services.edit_counter_examples import EditCounterExamples
from app.services.edit_narrative import EditFinding, EditNarrative
from app.services.edit_statement import EditStatement
from app.services.edit_webhooks import EditWebhooks
from app.services.explain_matches import ExplainMatches
from app.services.file_reviewed import FileReviewed
from app.services.find_candidates import FindCandidates
from app.services.import_statements import ImportStatements
from app.services.job_parts import BulkCheckPart, ImportPart
from app.services.limit_requests import LimitRequests
from app.services.manage_accounts import ManageAccounts
from app.services.manage_keys import ManageKeys
from app.services.manage_organisations import ManageOrganisations
from app.services.ports import Languages
from app.services.read_slots import ReadSlots
from app.services.recall_narratives import RecallNarratives
from app.services.record_statements import RecordStatements
from app.services.review_many import ReviewMany
from app.services.review_match import ReviewMatch
from app.services.run_jobs import PartOfJob, RunJobs
from app.services.save_flag_views import SaveFlagViews
from app.services.search_archive import SearchArchive
from app.services.search_statements import SearchStatements
from app.services.sign_in import SignIn
from app.services.sweep import Sweep
from app.services.take_stance import TakeStance
from app.services.tell_history import TellHistory
from app.services.tell_relations import TellRelations
from app.services.tell_timeline import TellTimeline
from app.settings import Settings
from app.store.database import migrate, open_database
from app.store.limits import open_limits
from app.store.passwords import Argon2Passwords
from app.store.transaction import SqlStore
from app.texts.fluent import FluentTexts
from app.worker.queue import Queue
from app.worker.sender import Sender
from index.alignment.weights import shipped_weights
from index.contract import Embedder, Reader
from index.factory import open_embedder, open_index, open_terms
from index.languages import OfflineLanguages
from index.lens import Lens
from index.reader import TextReader
from index.sentences import sentence_spans
from index.stance import shipped_judge

SAMPLE = Path(__file__).resolve().parents[1] / "sample"


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def open_store(settings: Settings) -> SqlStore:
    """The database with its schema up to date. Raises `DatabaseUnusable`."""
    engine = open_database(settings.resolved_database_url)
    migrate(engine)
    return SqlStore(engine)


def open_keys(settings: Settings) -> ManageKeys:
    """Only what managing keys needs: no model, no index."""
    return ManageKeys(open_store(settings), now)


def open_organisations(settings: Settings) -> ManageOrganisations:
    """The same for organisations."""
    return ManageOrganisations(open_store(settings), now)


def open_accounts(settings: Settings) -> ManageAccounts:
    """The same for accounts."""
    return ManageAccounts(open_store(settings), Argon2Passwords(), now)


def open_archive(settings: Settings, store: SqlStore, reader: Reader, lens: Lens) -> SearchArchive:
    """The indexes over a store's archive, empty until somebody calls `open` and `complete`."""
    return SearchArchive(
        store, reader, lens, lambda size: open_index(settings.index_url, size), open_terms, settings.snapshot_path
    )


def build(
    settings: Settings,
    embedder: Embedder | None = None,
    reader: Reader | None = None,
    fitted: FittedPolicy | None = None,
    clock: Callable[[], datetime] = now,
) -> Services:
    """Every use case over the parts that the settings name.

    Raises `DatabaseUnusable`, `ModelUnusable` and `UnknownEngine`. The archive's index is empty until somebody calls
    `archive.open()` and `archive.complete()`.
    """
    store = open_store(settings)
    store.clock = clock
    reader = reader or TextReader(embedder or open_embedder(settings.embedder, settings.model_dir))
    policy, lens = fitted or policy_for(reader.name, settings.policy)
    archive = open_archive(settings, store, reader, lens or Lens.clear(reader.dimension))
    languages = OfflineLanguages()
    texts = FluentTexts()
    record = RecordStatements(store, reader, archive, languages, clock)
    narratives = EditNarrative(store)
    take_stance = TakeStance(shipped_judge(reader.name))
    find_candidates = FindCandidates(archive, policy)
    weights = shipped_weights(reader.name)
    recall = RecallNarratives(store)
    tell_timeline = TellTimeline(store, ReadSlots(store, reader, weights), recall, clock)
    explain = ExplainMatches(store, reader, weights)
    check = CheckStatements(
        store, reader, archive, find_candidates, take_stance, languages, policy, clock, texts, tell_timeline, explain,
    )  # fmt: skip
    work: dict[JobKind, PartOfJob] = {
        JobKind.IMPORT: ImportPart(record, lambda number, raw: read_line(number, raw, languages.canonical)),
        JobKind.BULK_CHECK: BulkCheckPart(check, lambda raw: _read_check(raw, languages)),
    }
    run_jobs = RunJobs(store, clock, work)
    passwords = Argon2Passwords()
    sender = Sender(settings.listed_webhook_hosts)
    deliver_events = DeliverEvents(store, clock, sender)
    queue = Queue(store.queue_place, run_jobs, deliver_events, Sweep(store, clock))
    browse_flags = BrowseFlags(store)
    review_match = ReviewMatch(store, reader, archive, FileReviewed(reader, record, clock), clock)
    limits = open_limits(store.engine)

    def close_with_store() -> None:
        queue.close()
        limits.close()

    store.wake, store.at_close = queue.wake, close_with_store
    return Services(
        store=store,
        reader=reader,
        languages=languages,
        texts=texts,
        policy=policy,
        archive=archive,
        check_statements=check,
        check_document=CheckDocument(store, check, languages, read_page, sentence_spans, clock),
        record_statements=record,
        import_statements=ImportStatements(record, narratives, archive),
        search_statements=SearchStatements(store, reader, archive, languages),
        tell_relations=TellRelations(store, reader, archive, find_candidates, explain, policy, clock),
        browse_narratives=BrowseNarratives(store, recall, tell_timeline, clock),
        edit_statement=EditStatement(store, reader, archive, clock),
        edit_narrative=narratives,
        tell_timeline=tell_timeline,
        tell_history=TellHistory(store),
        edit_finding=EditFinding(store, clock),
        edit_counter_examples=EditCounterExamples(store, reader, archive, languages, clock),
        browse_flags=browse_flags,
        review_match=review_match,
        review_many=ReviewMany(store, browse_flags, review_match),
        annotate_flag=AnnotateFlag(store, clock),
        save_flag_views=SaveFlagViews(store, clock),
        manage_keys=ManageKeys(store, clock),
        manage_organisations=ManageOrganisations(store, clock),
        manage_accounts=ManageAccounts(store, passwords, clock),
        sign_in=SignIn(store, passwords, clock),
        limit_requests=LimitRequests(limits, clock, settings.key_limit_per_hour, settings.organisation_limit_per_hour),
        answer_once=AnswerOnce(store, clock),
        accept_upload=AcceptUpload(store, clock, settings.upload_lines),
        run_jobs=run_jobs,
        edit_webhooks=EditWebhooks(store, clock, sender.check),
        deliver_events=deliver_events,
        background=queue,
    )


def _read_check(raw: bytes, languages: Languages) -> CheckRequest:
    from app.web.api.bulk_lines import read_check  # it brings all of the web with it

    return read_check(raw, languages)
