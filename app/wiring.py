"""Settings to services: the only file that picks concrete parts."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.domain.policy import Policy
from app.formats.policy_file import shipped_policy
from app.services import Services
from app.services.check_statements import CheckStatements
from app.services.edit_narrative import EditFinding, EditNarrative
from app.services.edit_statement import EditStatement
from app.services.import_statements import ImportStatements
from app.services.manage_keys import ManageKeys
from app.services.record_statements import RecordStatements
from app.services.search_archive import SearchArchive
from app.settings import Settings
from app.store.database import migrate, open_database
from app.store.transaction import SqlStore
from index.contract import Embedder
from index.factory import open_embedder, open_index
from index.languages import OfflineLanguages

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


def build(
    settings: Settings,
    embedder: Embedder | None = None,
    policy: Policy | None = None,
    clock: Callable[[], datetime] = now,
) -> Services:
    """Every use case over the parts that the settings name.

    Raises `DatabaseUnusable`, `ModelUnusable` and `UnknownEngine`. The archive's index is empty until somebody calls
    `archive.open()` and `archive.complete()`.
    """
    store = open_store(settings)
    embedder = embedder or open_embedder(settings.embedder, settings.model_dir)
    dimension = embedder.dimension
    archive = SearchArchive(store, embedder, lambda: open_index(settings.index_url, dimension), settings.snapshot_path)
    languages = OfflineLanguages()
    policy = policy or shipped_policy(embedder.name)
    record = RecordStatements(store, embedder, archive, languages, clock)
    narratives = EditNarrative(store)
    return Services(
        store=store,
        embedder=embedder,
        languages=languages,
        policy=policy,
        archive=archive,
        check_statements=CheckStatements(store, embedder, archive, languages, policy, clock),
        record_statements=record,
        import_statements=ImportStatements(record, narratives, archive),
        edit_statement=EditStatement(store, embedder, archive, clock),
        edit_narrative=narratives,
        edit_finding=EditFinding(store, clock),
        manage_keys=ManageKeys(store, clock),
    )
