"""Settings to services: the only file that picks concrete parts."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.formats.policy_file import FittedPolicy, policy_for
from app.services import Services
from app.services.browse_flags import BrowseFlags
from app.services.check_statements import CheckStatements
from app.services.edit_counter_examples import EditCounterExamples
from app.services.edit_narrative import EditFinding, EditNarrative
from app.services.edit_statement import EditStatement
from app.services.file_reviewed import FileReviewed
from app.services.find_candidates import FindCandidates
from app.services.import_statements import ImportStatements
from app.services.manage_keys import ManageKeys
from app.services.record_statements import RecordStatements
from app.services.review_match import ReviewMatch
from app.services.search_archive import SearchArchive
from app.services.take_stance import TakeStance
from app.settings import Settings
from app.store.database import migrate, open_database
from app.store.transaction import SqlStore
from index.contract import Embedder, Reader
from index.factory import open_embedder, open_index, open_terms
from index.languages import OfflineLanguages
from index.lens import Lens
from index.reader import TextReader
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
    reader = reader or TextReader(embedder or open_embedder(settings.embedder, settings.model_dir))
    policy, lens = fitted or policy_for(reader.name, settings.policy)
    archive = open_archive(settings, store, reader, lens or Lens.clear(reader.dimension))
    languages = OfflineLanguages()
    record = RecordStatements(store, reader, archive, languages, clock)
    narratives = EditNarrative(store)
    return Services(
        store=store,
        reader=reader,
        languages=languages,
        policy=policy,
        archive=archive,
        check_statements=CheckStatements(
            store,
            reader,
            archive,
            FindCandidates(archive, policy),
            TakeStance(shipped_judge(reader.name)),
            languages,
            policy,
            clock,
        ),
        record_statements=record,
        import_statements=ImportStatements(record, narratives, archive),
        edit_statement=EditStatement(store, reader, archive, clock),
        edit_narrative=narratives,
        edit_finding=EditFinding(store, clock),
        edit_counter_examples=EditCounterExamples(store, reader, archive, languages, clock),
        browse_flags=BrowseFlags(store),
        review_match=ReviewMatch(store, reader, archive, FileReviewed(reader, record, clock), clock),
        manage_keys=ManageKeys(store, clock),
    )
